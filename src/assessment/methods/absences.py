"""What is said of values that may be absent, without demanding them of the data."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Type


def first_absence(values: Sequence[n.Node], type_: Type) -> n.Node:
    """The absence of values of which one is absent, the first in the order of absences where there are several.

    Only whether they are absent is asked: what may be missing is not demanded of the data.
    """
    *earlier, last = Absence
    node: n.Node = b.absent(last, type_)
    for status in reversed(earlier):
        met = b.either(*(b.is_absent(value, frozenset({status})) for value in values))
        node = b.select(met, b.absent(status, type_), node)
    return node
