"""Values with units from and to pint."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pint
import pytest

from assessment.units import UnknownUnit, unit
from assessment.units.quantity import from_quantity, to_quantity


@pytest.mark.parametrize("text", ["万元/人", "公里/平方公里", "1/万人", "元/人/年", "1"])
def test_a_quantity_comes_back_as_it_went(text: str) -> None:
    value, back = from_quantity(to_quantity(Fraction(7, 3), unit(text)))
    assert value == Fraction(7, 3)
    assert back == unit(text)


def test_pint_converts_as_we_do() -> None:
    assert to_quantity(Fraction(3, 2), unit("亿元/万人")).to("元/人").magnitude == 15000


def test_quantities_of_the_default_registry_are_understood() -> None:
    foreign: pint.UnitRegistry = pint.UnitRegistry()  # type: ignore[type-arg]
    assert from_quantity(foreign.Quantity(2.675, "kilometer")) == (Fraction(107, 40), unit("公里"))
    assert from_quantity(foreign.Quantity(Decimal("0.1"), "tonne / hectare")) == (
        Fraction(1, 10),
        unit("吨/公顷"),
    )
    assert from_quantity(foreign.Quantity(4, "km ** 2")) == (Fraction(4), unit("平方公里"))


def test_what_has_no_counterpart_is_refused() -> None:
    foreign: pint.UnitRegistry = pint.UnitRegistry()  # type: ignore[type-arg]
    with pytest.raises(UnknownUnit):
        from_quantity(foreign.Quantity(1, "furlong"))
    with pytest.raises(TypeError, match="magnitude"):
        from_quantity(foreign.Quantity(True, "km"))
    with pytest.raises(TypeError, match="whole"):
        from_quantity(foreign.Quantity(1, "km ** 0.5"))
