from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.core.types import Entity, Kind


def only_input(rules_of, scheme, declaration, score="attain(z, target: 5 yuan)"):
    return rules_of(
        scheme(inputs=f"input z in yuan {{ range >= 0 }}\ninput x {declaration}", score=score)
    ).inputs[1]


@pytest.mark.parametrize(
    ("declaration", "kind", "whole"),
    [
        ("in yuan", Kind.QUANTITY, False),
        ("in firms", Kind.COUNT, True),
        ("in 家", Kind.COUNT, True),
        ("in 万家", Kind.QUANTITY, False),  # counted in ten thousands, so fractions occur
        ("in 名", Kind.COUNT, True),
        ("in 人", Kind.QUANTITY, False),
        ("in 件/万人", Kind.QUANTITY, False),
        ("in %", Kind.SHARE, False),
        ("in ‰", Kind.SHARE, False),
        ("in pp", Kind.PP, False),
        ("in points", Kind.POINTS, False),
        ("in number", Kind.NUMBER, False),
        ("in % { kind growth }", Kind.GROWTH, False),
        ("in % { kind number }", Kind.NUMBER, False),
        ("in 人 { kind count }", Kind.COUNT, True),
        ("in 家 { kind number }", Kind.QUANTITY, False),
        ("yes/no", Kind.YESNO, False),
        ("level good, fair", Kind.LEVEL, False),
        ("ratings 0 to 100", Kind.NUMBER, False),
        ("events level national, provincial", Kind.LEVEL, False),
    ],
)
def test_the_kind_follows_from_the_form_and_the_unit(rules_of, scheme, declaration, kind, whole):
    found = only_input(rules_of, scheme, declaration)
    assert (found.type.kind, found.whole) == (kind, whole)


def test_ratings_and_events_have_rows(rules_of, scheme):
    ratings = only_input(rules_of, scheme, "ratings 0 to 10")
    assert (ratings.type.entity, ratings.type.rows_of) == (Entity.ROW, "x")
    assert (ratings.bounds.low, ratings.bounds.high) == (0, 10)
    assert only_input(rules_of, scheme, "events level a, b").levels == ("a", "b")


@pytest.mark.parametrize(
    ("declaration", "low", "high"),
    [
        ("in % { range 0 to 100 }", 0, 1),  # a bare figure is in the unit of the input
        ("in % { range 5 ‰ to 5 % }", Fraction(5, 1000), Fraction(5, 100)),
        ("in pp { range 0 to 2 }", 0, Fraction(2, 100)),
        ("in 万元 { range >= 30000 元 }", 3, None),
        ("in yuan { range < 5 }", None, 5),
    ],
)
def test_a_range_is_kept_in_the_scale_of_the_data(rules_of, scheme, declaration, low, high):
    bounds = only_input(rules_of, scheme, declaration).bounds
    assert (bounds.low, bounds.high) == (low, high)


def test_an_open_end_does_not_hold_its_value(rules_of, scheme):
    bounds = only_input(rules_of, scheme, "in yuan { range > 0 }").bounds
    assert not bounds.hold(Fraction(0))
    assert bounds.hold(Fraction(1, 10**9))


def test_the_node_of_an_input_knows_its_range(rules_of, scheme):
    formula = rules_of(scheme(inputs="input x in 万元 { range 1 to 9 }")).tree.children[0].formula
    node = formula.arguments[0].node
    assert (node.low, node.high, node.low_closed) == (1, 9, True)


def test_codes_say_which_absence_they_mean(rules_of, scheme):
    found = only_input(
        rules_of, scheme, 'in yuan { code "-9999" means not reported; code "-7777" means not applicable }'
    )
    assert found.codes == {"-9999": Absence.NOT_REPORTED, "-7777": Absence.NOT_APPLICABLE}


@pytest.mark.parametrize("value", ["150", "-1"])
def test_what_a_missing_value_counts_as_lies_within_the_range(found, scheme, value):
    # A judged value promises a rate from 0 to 1 because the range holds: 150 of 100 would earn 15 of 10 points.
    inputs = f"input x in number {{ range 0 to 100; missing counts as {value} }}"
    assert ("policy-mismatch", value) in found(scheme(inputs=inputs, score="judged(x)"))


def test_a_missing_value_may_count_as_an_end_of_the_range(rules_of, scheme):
    inputs = "input x in number { range 0 to 100; missing counts as 100 }"
    formula = rules_of(scheme(inputs=inputs, score="judged(x)")).tree.children[0].formula
    assert (formula.low, formula.high) == (0, 1)
