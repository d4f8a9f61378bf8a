from fractions import Fraction

import pytest

from assessment import units
from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core import types as t
from assessment.core.absence import Absence
from assessment.core.types import Clash, Entity, Kind, Type
from assessment.number import Mode


def measured(name: str, unit: str) -> n.Input:
    return n.Input(name=name, type=Type(kind=Kind.QUANTITY, unit=units.unit(unit)))


def ratio(name: str, kind: Kind) -> n.Input:
    return n.Input(name=name, type=Type(kind=kind))


ROWS = n.Input(name="r", type=Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="r"))
LEVEL = n.Input(name="l", type=Type(kind=Kind.LEVEL, levels=("good", "fair")))
YES = n.Input(name="q", type=t.YESNO)
PERCENT = b.const(Fraction(5, 100), Type(kind=Kind.PERCENT))


def code(build, *args, **kwargs) -> str:
    with pytest.raises(Clash) as caught:
        build(*args, **kwargs)
    return caught.value.code


def factor_of(node: n.Node) -> Fraction:
    assert isinstance(node, n.Mul)
    constant = node.args[0]
    assert isinstance(constant, n.Const)
    assert isinstance(constant.value, Fraction)
    return constant.value


def test_a_sum_is_in_the_unit_of_its_first_term():
    total = b.add(measured("a", "万元"), measured("b", "亿元"))
    assert total.type.unit == units.unit("万元")
    # 1 亿元 is 10000 万元.
    assert factor_of(total.args[1]) == 10_000


def test_a_constant_is_converted_in_place():
    limit = b.like(b.const(2, Type(kind=Kind.QUANTITY, unit=units.unit("亿元"))), measured("a", "万元"))
    assert isinstance(limit, n.Const)
    assert limit.value == 20_000


def test_an_equal_unit_needs_no_factor():
    left = measured("a", "亿元")
    assert b.like(left, measured("b", "亿元")) is left


def test_a_quotient_of_like_quantities_has_the_factor_between_their_units():
    share = b.divide(measured("rd", "万元"), measured("gdp", "亿元"))
    assert share.type == t.number(Entity.REGION)
    assert factor_of(share.right) == 10_000


def test_a_product_whose_units_cancel_has_the_factor_between_them():
    # 6 件/万人 times 2 人/件 is 12 人/万人, and that is 12/10000.
    product = b.multiply(measured("a", "件/万人"), measured("b", "人/件"))
    assert product.type == t.number(Entity.REGION)
    assert factor_of(product) == Fraction(1, 10_000)


def test_a_product_of_other_units_keeps_both():
    product = b.multiply(measured("a", "元/人"), measured("b", "万人"))
    assert product.type.unit is not None
    assert product.type.unit.dimension == (("元", 1),)


def test_a_difference_of_two_shares_is_in_percentage_points():
    assert b.subtract(ratio("a", Kind.SHARE), ratio("b", Kind.SHARE)).type.kind is Kind.PP


def test_a_percent_literal_beside_a_share_is_a_share():
    compared = b.compare(">=", ratio("a", Kind.SHARE), PERCENT)
    assert isinstance(compared, n.Compare)
    assert compared.right.type.kind is Kind.SHARE


def test_a_percent_literal_first_in_a_sum_takes_the_kind_of_what_follows():
    total = b.add(PERCENT, ratio("a", Kind.GROWTH))
    assert total.args[0].type.kind is Kind.GROWTH


def test_long_sums_stay_flat():
    total = measured("a", "亿元")
    for _ in range(3):
        total = b.plus(total, measured("b", "亿元"))
    assert isinstance(total, n.Add)
    assert len(total.args) == 4


def test_a_clash_names_the_operands_at_fault():
    with pytest.raises(Clash) as caught:
        b.add(measured("a", "亿元"), measured("b", "亿元"), measured("c", "万人"))
    assert caught.value.code == "unit-mismatch"
    assert caught.value.operands == (2, 0)


@pytest.mark.parametrize(
    ("build", "args"),
    [
        (b.negate, (LEVEL,)),
        (b.minimum, (YES, YES)),
        (b.compare, ("<", YES, YES)),
        (b.both, (LEVEL, YES)),
        (b.select, (LEVEL, LEVEL, LEVEL)),
        (b.root, (measured("a", "亿元"), 2)),
        (b.exp, (measured("a", "亿元"),)),
        (b.ln, (LEVEL,)),
        (b.round_to, (LEVEL, 0, Mode.HALF_UP)),
        (b.aggregate, ("mean", LEVEL, "all")),
        (b.aggregate, ("max", YES, "all")),
        (b.aggregate, ("mean", ROWS, "all")),
        (b.aggregate, ("mean", b.const(1), "rows")),
        (b.rank, ([(ROWS, True)], "all")),
    ],
)
def test_what_has_no_meaning_is_refused(build, args):
    assert code(build, *args) == "kind-mismatch"


def test_levels_and_ranks_have_a_highest_but_no_mean():
    assert b.aggregate("min", LEVEL, "all").type.kind is Kind.LEVEL


def test_a_statistic_of_rows_is_one_value_for_the_region():
    assert b.aggregate("mean", ROWS, "rows").type == t.number(Entity.REGION)


def test_conditions_may_be_counted():
    assert b.aggregate("count", YES, "all", where=YES).type == t.number(Entity.REGION)


def test_an_operation_over_rows_is_one_of_rows_of_that_input():
    raised = b.select(b.compare(">", ROWS, b.const(1)), b.const(1), b.const(0))
    assert (raised.type.entity, raised.type.rows_of) == (Entity.ROW, "r")


def test_rows_of_two_inputs_are_refused_before_there_are_data():
    other = n.Input(name="s", type=Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="s"))
    assert code(b.add, ROWS, other) == "kind-mismatch"


def test_an_input_in_its_own_period_is_not_shifted():
    amount = measured("a", "亿元")
    assert b.shift(amount, 0) is amount


def test_a_replacement_is_brought_into_the_unit_of_what_it_replaces():
    zero = b.const(1, Type(kind=Kind.QUANTITY, unit=units.unit("亿元")))
    found = b.recover(measured("a", "万元"), frozenset({Absence.NOT_REPORTED}), zero, "p")
    assert isinstance(found, n.Recover)
    assert isinstance(found.replacement, n.Const)
    assert found.replacement.value == 10_000


def test_a_number_declared_in_percent_is_a_share_of_the_same_value():
    share = b.declare(b.divide(measured("a", "亿元"), measured("b", "亿元")), Type(kind=Kind.SHARE))
    assert isinstance(share, n.Div)
    assert share.type.kind is Kind.SHARE


def test_a_quantity_declared_in_another_unit_is_converted():
    per_head = b.divide(measured("gdp", "亿元"), measured("people", "万人"))
    declared = b.declare(per_head, Type(kind=Kind.QUANTITY, unit=units.unit("万元/人")))
    # 亿元/万人 is 10^8 / 10^4 元/人, as is 万元/人.
    assert declared.type.unit is not None
    assert declared.type.unit.text == "万元/人"
    assert isinstance(declared, n.Div)
