"""Units of measurement: a closed list of words, their dimensions and exact factors.

**In**: unit text from a rule file, a header or an argument, such as `万元/人`.
**Out**: `Unit` values, their products, quotients and conversion factors; the lexer terminal for units.
**Invariants**: factors are `Fraction`. Every measure word (家, 件, 项 …) is a dimension of its own. User text
meets a table, never pint's parser. pint computed that table (`generate`) and is otherwise imported only by
`assessment.units.quantity`.
**Reports**: nothing; `UnknownUnit` and `UnitMismatch` carry a `.reason` in both languages for whoever does.
"""

from assessment.units.model import (
    DIMENSIONLESS,
    Dimension,
    Unit,
    UnitMismatch,
    dimension_text,
    divide,
    factor,
    multiply,
    power,
    same_dimension,
)
from assessment.units.words import UnknownUnit, known_units, unit

__all__ = [
    "DIMENSIONLESS",
    "Dimension",
    "Unit",
    "UnitMismatch",
    "UnknownUnit",
    "dimension_text",
    "divide",
    "factor",
    "known_units",
    "multiply",
    "power",
    "same_dimension",
    "unit",
]
