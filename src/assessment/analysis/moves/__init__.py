"""Whose score and rank move between two runs, split into what the rules did and what the data did.

There are four runs: the old and the new rules, each on the old and the new data. The rule effect is measured on one set of data,
the data effect under one set of rules; which ones is the order. `rules first` changes the rules on the old data and then the
data, `data first` the other way round, and `mean` takes the mean of both. In each order the two effects add up to the whole
move, exactly, since each is a difference of the same runs.

A run that its rules refuse (a figure that is lacking, say) has no scores, and a region may have none in one run. Nothing is
put in their place: the effects of that region are not there, and the reason is told.
"""

from assessment.analysis.moves.between import moves
from assessment.analysis.moves.model import (
    ORDERS,
    Further,
    Item,
    Move,
    Moves,
    Order,
    Run,
    RunKey,
    Shift,
    Split,
    State,
    Under,
)
from assessment.analysis.moves.split import Side

__all__ = [
    "ORDERS",
    "Further",
    "Item",
    "Move",
    "Moves",
    "Order",
    "Run",
    "RunKey",
    "Shift",
    "Side",
    "Split",
    "State",
    "Under",
    "moves",
]
