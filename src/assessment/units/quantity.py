"""Values with units from and to pint, for callers who hold pint quantities.

Nothing else in the package needs this module, so pint is imported only by those who ask for it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assessment.number import fraction_of_float
from assessment.units.model import DIMENSIONLESS, Unit, divide, multiply, power, words_of
from assessment.units.words import UnknownUnit, unit

if TYPE_CHECKING:
    import pint

__all__ = ["from_quantity", "to_quantity"]


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Any]:
    from assessment.units.generate import registry

    return registry()


def to_quantity(value: Fraction, unit: Unit) -> pint.Quantity[Any]:
    """A pint quantity with an exact magnitude, in a registry that holds the units of this package.

    >>> to_quantity(Fraction(1, 2), unit("万元/人")).to("元/人").magnitude
    Fraction(5000, 1)
    """
    from pint.util import UnitsContainer

    from assessment.units.generate import pint_name

    named = {pint_name(word): exponent for word, exponent in words_of(unit.text).items()}
    return _registry().Quantity(value, UnitsContainer(named))


def from_quantity(quantity: pint.Quantity[Any]) -> tuple[Fraction, Unit]:
    """Exact value and unit of a pint quantity, whatever its registry calls the units.

    A unit is found by its name or its symbol (`kilometer`, `km`). A float magnitude is taken by its shortest
    decimal.
    Errors: `UnknownUnit`; `TypeError` for a magnitude that is not one number; `NumberError` for nan.
    """
    result = DIMENSIONLESS
    for name, exponent in quantity.unit_items():
        exact = Fraction(str(exponent))
        if exact.denominator != 1:
            raise TypeError(f"the exponent of `{name}` is not whole")
        part = power(_named(quantity, str(name)), abs(int(exact)))
        result = multiply(result, part) if exact > 0 else divide(result, part)
    return _exact(quantity.magnitude), result


def _named(quantity: pint.Quantity[Any], name: str) -> Unit:
    from assessment.units.generate import word_of

    try:
        return unit(word_of(name))
    except UnknownUnit:
        return unit(str(quantity._REGISTRY.get_symbol(name)))  # noqa: SLF001 (pint has no public way)


def _exact(magnitude: object) -> Fraction:
    if isinstance(magnitude, bool):
        raise TypeError("the magnitude is yes or no, not a number")
    if isinstance(magnitude, int | Fraction | Decimal):
        return Fraction(magnitude)
    if isinstance(magnitude, float):
        return fraction_of_float(magnitude)
    raise TypeError(f"a magnitude of type `{type(magnitude).__name__}` is not one number")
