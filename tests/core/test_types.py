"""The kind table: what every pair of kinds gives; the page holds the full table, here are the rules that make it."""

import pytest

from assessment import units
from assessment.core import types as t
from assessment.core.types import Clash, Entity, Kind, Type

MONEY = Type(kind=Kind.QUANTITY, unit=units.unit("亿元"))
PEOPLE = Type(kind=Kind.QUANTITY, unit=units.unit("万人"))
FIRMS = Type(kind=Kind.COUNT, unit=units.unit("家"))
SHARE, GROWTH, PP = (Type(kind=kind) for kind in (Kind.SHARE, Kind.GROWTH, Kind.PP))
RATE, POINTS, RANK = (Type(kind=kind) for kind in (Kind.RATE, Kind.POINTS, Kind.RANK))
YESNO, NUMBER, PERCENT = (Type(kind=kind) for kind in (Kind.YESNO, Kind.NUMBER, Kind.PERCENT))
LEVEL = Type(kind=Kind.LEVEL, levels=("good", "fair"))
ALL = (MONEY, FIRMS, SHARE, GROWTH, PP, RATE, POINTS, RANK, LEVEL, YESNO, NUMBER)
CALCULATED = (MONEY, FIRMS, SHARE, GROWTH, PP, RATE, POINTS, NUMBER)

SUMS = {(x.kind, x.kind): x.kind for x in CALCULATED} | {
    (Kind.SHARE, Kind.PP): Kind.SHARE,
    (Kind.PP, Kind.SHARE): Kind.SHARE,
    (Kind.GROWTH, Kind.PP): Kind.GROWTH,
    (Kind.PP, Kind.GROWTH): Kind.GROWTH,
}
DIFFERENCES = {(x.kind, x.kind): x.kind for x in CALCULATED} | {
    (Kind.SHARE, Kind.SHARE): Kind.PP,
    (Kind.GROWTH, Kind.GROWTH): Kind.PP,
    (Kind.SHARE, Kind.PP): Kind.SHARE,
    (Kind.GROWTH, Kind.PP): Kind.GROWTH,
    (Kind.RANK, Kind.RANK): Kind.NUMBER,
}
COMPARED = {(x.kind, x.kind): x.kind for x in ALL}
EVERY_PAIR = [(left, right) for left in ALL for right in ALL]


def kind_of(rule, left, right):
    try:
        return rule(left, right).kind
    except Clash:
        return None


@pytest.mark.parametrize(("left", "right"), EVERY_PAIR)
def test_sums_and_differences_of_every_pair_of_kinds(left, right):
    pair = (left.kind, right.kind)
    assert kind_of(t.sum_of, left, right) == SUMS.get(pair)
    assert kind_of(t.difference_of, left, right) == DIFFERENCES.get(pair)
    assert kind_of(t.unify, left, right) == COMPARED.get(pair)


@pytest.mark.parametrize("other", CALCULATED)
def test_a_plain_number_scales_anything_and_keeps_its_kind(other):
    assert t.product_of(NUMBER, other).kind is other.kind
    assert t.product_of(other, NUMBER).kind is other.kind
    assert t.quotient_of(other, NUMBER).kind is other.kind


@pytest.mark.parametrize("left", [RANK, LEVEL, YESNO])
@pytest.mark.parametrize("right", ALL)
def test_ranks_levels_and_conditions_are_not_multiplied(left, right):
    assert kind_of(t.product_of, left, right) is None
    assert kind_of(t.product_of, right, left) is None
    assert kind_of(t.quotient_of, left, right) is None


@pytest.mark.parametrize(
    ("rule", "left", "right", "wanted"),
    [
        (t.product_of, RATE, POINTS, Kind.POINTS),
        (t.product_of, POINTS, RATE, Kind.POINTS),
        (t.product_of, SHARE, POINTS, Kind.POINTS),
        (t.product_of, POINTS, POINTS, None),
        (t.product_of, POINTS, PP, None),
        (t.product_of, POINTS, MONEY, None),
        (t.product_of, MONEY, SHARE, Kind.QUANTITY),
        (t.product_of, MONEY, PEOPLE, Kind.QUANTITY),
        (t.product_of, SHARE, SHARE, Kind.SHARE),
        (t.product_of, PP, PP, Kind.NUMBER),
        (t.quotient_of, POINTS, POINTS, Kind.RATE),
        (t.quotient_of, MONEY, MONEY, Kind.NUMBER),
        (t.quotient_of, MONEY, PEOPLE, Kind.QUANTITY),
        (t.quotient_of, FIRMS, SHARE, Kind.COUNT),
        (t.quotient_of, PP, PP, Kind.NUMBER),
        (t.quotient_of, SHARE, PP, None),
        (t.quotient_of, SHARE, SHARE, Kind.NUMBER),
    ],
)
def test_products_and_quotients(rule, left, right, wanted):
    assert kind_of(rule, left, right) == wanted


@pytest.mark.parametrize("ratio", [SHARE, GROWTH, RATE])
def test_a_percent_literal_takes_the_kind_of_a_ratio_beside_it(ratio):
    assert t.unify(PERCENT, ratio).kind is ratio.kind
    assert t.unify(ratio, PERCENT).kind is ratio.kind
    assert t.sum_of(PERCENT, ratio).kind is ratio.kind


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        (PP, PERCENT, "percent-for-percentage-points"),
        (SHARE, PP, "percentage-points-for-percent"),
        (MONEY, PERCENT, "percent-without-kind"),
        (MONEY, PEOPLE, "unit-mismatch"),
        (MONEY, POINTS, "kind-mismatch"),
        (LEVEL, Type(kind=Kind.LEVEL, levels=("yes", "no")), "kind-mismatch"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_reason(left, right, code):
    with pytest.raises(Clash) as caught:
        t.unify(left, right)
    assert caught.value.code == code
    assert caught.value.text.en
    assert caught.value.text.zh


def test_quantities_and_counts_of_one_dimension_are_a_quantity():
    assert t.sum_of(FIRMS, Type(kind=Kind.QUANTITY, unit=units.unit("万家"))).kind is Kind.QUANTITY


def test_a_quotient_of_like_quantities_may_be_declared_a_share():
    found = t.quotient_of(MONEY.at(Entity.REGION), MONEY)
    assert t.declared(found, SHARE) == SHARE.at(Entity.REGION)


def test_a_difference_of_shares_cannot_be_declared_a_share():
    with pytest.raises(Clash):
        t.declared(PP, SHARE)


def test_rows_come_before_regions_and_regions_before_constants():
    assert t.wider(Entity.CONSTANT, Entity.ROW, Entity.REGION) is Entity.ROW
    assert t.wider(Entity.CONSTANT, Entity.REGION) is Entity.REGION
    assert t.wider() is Entity.CONSTANT


def test_rows_stay_rows_of_their_input():
    rows = Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of="ratings")
    assert t.product_of(NUMBER, rows).rows_of == "ratings"
    assert t.sum_of(t.number(), rows) == rows


def test_rows_of_two_inputs_do_not_pair_up():
    one, other = (Type(kind=Kind.NUMBER, entity=Entity.ROW, rows_of=name) for name in ("a", "b"))
    with pytest.raises(Clash):
        t.sum_of(one, other)
