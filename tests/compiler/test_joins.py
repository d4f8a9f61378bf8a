"""Joins, ends and depth of score trees; every expected figure is worked by hand beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.core.absence import Absence

INDEX = {
    "scale": "result index on 0 to 1, published half-up to 3 places, ranked on rounded",
    "rank": "",
    "round": "",
}
RESCALE = "missing: zero; not applicable: rescale in category; undefined: not computed; ties: min"


def three(join, *, weights=(1, 1, 1)):
    """An indicator of 10 points with three weighted parts."""
    parts = " ".join(
        f"part {name} weight {weight} = judged({name})" for name, weight in zip("abc", weights, strict=True)
    )
    return f'indicator 1 "One" 10 points join {join} {{ {parts} }}'


# ── harmonic means ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_harmonic_mean_of_rates_weighs_their_reciprocals(assess):
    one = assess(
        three("harmonic", weights=(2, 1, 1)), {"R": {"a": "50%", "b": "25%", "c": "100%"}}, policies=RESCALE
    )
    # 4 ÷ (2/0.5 + 1/0.25 + 1/1) = 4/9 of 10 points.
    assert one["R"].exact == Fraction(40, 9)


def test_harmonic_mean_of_what_is_left_weighs_only_that(assess):
    one = assess(
        three("harmonic", weights=(2, 1, 1)),
        {"R": {"a": "50%", "b": "不适用", "c": "100%"}},
        policies=RESCALE,
    )
    # (2 + 1) ÷ (2/0.5 + 1/1) = 3/5.
    assert one["R"].exact == 6


@pytest.mark.parametrize(
    ("policy", "expected"), [("zero", Fraction(0)), ("full", Fraction(10)), ("not computed", None)]
)
def test_harmonic_mean_with_a_zero_is_what_the_policy_says(assess, policy, expected):
    policies = f"missing: zero; not applicable: rescale in category; undefined: {policy}; ties: min"
    result = assess(three("harmonic"), {"R": {"a": "0%", "b": "50%", "c": "100%"}}, policies=policies)
    assert result["R"].exact == expected
    assert (result["R"].status is Absence.UNDEFINED) == (expected is None)


def test_harmonic_mean_of_an_index(assess):
    tree = 'category x "X" weight 1 = judged(a)\ncategory y "Y" weight 1 = judged(b)\njoin harmonic'
    one = assess(tree, {"R": {"a": "60%", "b": "30%"}}, policies=RESCALE, **INDEX)["R"]
    # 2 × 0.6 × 0.3 ÷ 0.9 = 0.4.
    assert one.exact == Fraction(2, 5)
    assert one.total == Decimal("0.400")


# ── geometric means of what is left ──────────────────────────────────────────────────────────────────────────────────


def test_geometric_mean_takes_the_root_of_the_weights_that_are_left(assess):
    tree = three("geometric", weights=(2, 1, 1))
    one = assess(tree, {"R": {"a": "不适用", "b": "64%", "c": "36%"}}, policies=RESCALE)["R"]
    # Without a, √(0.64 × 0.36) = 0.8 × 0.6 = 0.48.
    assert one.exact == Fraction(48, 10)
    one = assess(tree, {"R": {"a": "90%", "b": "不适用", "c": "72.9%"}}, policies=RESCALE)["R"]
    # Without b, the third root of 0.9² × 0.9³ = 0.59049, which is no third power: 0.8389…
    low, high = one.exact
    assert Fraction(low) ** 3 < 1000 * Fraction("0.59049") < Fraction(high) ** 3
    one = assess(tree, {"R": {"a": "不适用", "b": "不适用", "c": "36%"}}, policies=RESCALE)["R"]
    # One alone is itself.
    assert one.exact == Fraction(36, 10)


def test_geometric_mean_of_nothing_has_the_absence_of_its_members(assess):
    result = assess(
        three("geometric"),
        {"R": {"a": "不适用", "b": "不适用", "c": "不适用"}, "S": {"a": "1%", "b": "1%", "c": "1%"}},
        policies=RESCALE,
    )
    assert result["R"].status is Absence.NOT_APPLICABLE
    assert result["S"].exact == Fraction(1, 10)


def test_geometric_mean_is_zero_where_a_member_is(assess):
    one = assess(three("geometric"), {"R": {"a": "0%", "b": "不适用", "c": "100%"}}, policies=RESCALE)["R"]
    assert one.exact == 0


# ── caps and floors ──────────────────────────────────────────────────────────────────────────────────────────────────

READS_A = {"inputs": "input a in % { range 0% to 100% }"}
SCALE = {"policies": "missing: zero; undefined: not computed; ties: min", **READS_A}
OVER = "attain(a, target: 50%, cap: 150%)"


def test_cap_may_be_a_share_of_the_points(assess):
    tree = f'indicator 1 "One" 10 points up to 120% = {OVER}'.replace("150%", "120%")
    # 60 of 50 is 120 %.
    assert assess(tree, {"R": {"a": "60%"}}, **SCALE)["R"].exact == 12


@pytest.mark.parametrize(("a", "expected"), [("50%", 20), ("75%", 25), ("90%", 25)])
def test_cap_of_the_total_holds_what_its_indicators_make(assess, a, expected):
    tree = f'indicator 1 "One" 10 points up to 15 points = {OVER}\nindicator 2 "Two" 10 points = judged(b)'
    # At 50 % each has 10; at 75 % the first has 15 and the total 25, the cap of 20 × 125 %; at 90 % it is held at 15.
    one = assess(tree, {"R": {"a": a, "b": "100%"}}, scale="total 20 points up to 125%", **SCALE)["R"]
    assert one.exact == expected


def test_lower_cap_of_the_total_is_told_in_the_trace(assess):
    tree = f'indicator 1 "One" 10 points up to 15 points = {OVER}\nindicator 2 "Two" 10 points = judged(b)'
    one = assess(tree, {"R": {"a": "75%", "b": "100%"}}, scale="total 20 points up to 22 points", **SCALE)[
        "R"
    ]
    assert one.exact == 22
    held = [step for step in one.breakdown.root.steps if step.kind == "ceiling"]
    assert [step.title.en for step in held] == ["held to the ceiling"]
    assert "22 points" in one.explain("en")


def test_category_is_held_at_its_cap_which_goes_with_the_points_possible(assess):
    tree = f"""category x "X" 10 points up to 12 points {{
                  indicator 1 "One" 5 points up to 10 points = {OVER.replace("150%", "200%")}
                  indicator 2 "Two" 5 points = judged(b)
              }}
              category y "Y" 10 points = judged(c)"""
    policies = "missing: zero; not applicable: rescale in category; undefined: not computed; ties: min"
    kwargs = {"scale": "total 20 points up to none", "policies": policies, **READS_A}
    # 5 × 2 + 5 = 15, held at 12.
    assert assess(tree, {"R": {"a": "100%", "b": "100%", "c": "0%"}}, **kwargs)["R"].exact == 12
    # Without Y all 20 points are X's: 10 × 2 + 10 = 30, held at 12/10 × 20.
    assert assess(tree, {"R": {"a": "100%", "b": "100%", "c": "不适用"}}, **kwargs)["R"].exact == 24


LOSS = "(a - 50%) / 10 pp * 1 points"


@pytest.mark.parametrize(
    ("floor", "a", "expected"),
    [
        ("", "40%", None),
        ("floor -3 points", "30%", -2),
        ("floor -3 points", "20%", -3),
        ("floor -3 points", "10%", -3),
        ("floor -30%", "10%", -3),
        ("floor none", "0%", -5),
        ("floor 2 points", "60%", 2),
        ("floor 0 points", "30%", 0),
    ],
)
def test_floor_of_an_indicator(assess, floor, a, expected):
    # One point for every ten percentage points above 50 %: 30 % is two below, 10 % four.
    tree = f'indicator 1 "One" 10 points {{ {floor} score = {LOSS} }} floor none'
    if expected is None:
        from assessment.errors import RulesError

        with pytest.raises(RulesError, match="below zero"):
            assess(tree, {"R": {"a": a}}, **SCALE)
        return
    assert assess(tree, {"R": {"a": a}}, **SCALE)["R"].exact == expected


def test_floor_of_the_total_holds_what_its_indicators_make(assess):
    tree = f"""indicator 1 "One" 5 points {{ floor none score = {LOSS} }}
              indicator 2 "Two" 5 points = judged(b)
              floor 1 points"""
    one = assess(tree, {"R": {"a": "0%", "b": "100%"}}, **SCALE)["R"]
    # -5 + 5 = 0, held at 1.
    assert one.exact == 1
    assert "held to the floor" in one.explain("en")


def test_index_without_caps_goes_beyond_its_scale(assess):
    tree = f'category x "X" weight 1 up to none = {OVER}\ncategory y "Y" weight 1 = judged(b)'
    one = assess(tree, {"R": {"a": "75%", "b": "100%"}}, **READS_A, **INDEX)["R"]
    # The mean of 1.5 and 1.
    assert one.exact == Fraction(5, 4)


# ── depth ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_parts_may_have_parts_and_categories_categories(assess):
    tree = """category x "X" {
                  category y "Y" {
                      indicator 1 "One" 6 points {
                          part p 4 points join min { part q = judged(a) part r = judged(b) }
                          part s 2 points join mean { part t weight 1 = judged(b) part u weight 3 = judged(c) }
                      }
                  }
                  category z "Z" 4 points = judged(c)
              }"""
    one = assess(tree, {"R": {"a": "75%", "b": "50%", "c": "100%"}}, policies=RESCALE)["R"]
    found = {line.id: line.exact.value for line in one.breakdown.root.walk()}
    assert found == {
        "total": Fraction(775, 100),
        "category x": Fraction(775, 100),
        "category y": Fraction(375, 100),
        "indicator 1": Fraction(375, 100),
        "indicator 1.p": 2,  # the lower of 3 and 2
        "indicator 1.p.q": 3,
        "indicator 1.p.r": 2,
        "indicator 1.s": Fraction(175, 100),  # 2 × (0.5 + 3 × 1)/4
        "indicator 1.s.t": Fraction(25, 100),
        "indicator 1.s.u": Fraction(3, 2),
        "category z": 4,
    }
    assert sum(part.amount.value for part in one.breakdown.contributions) == one.total


@pytest.mark.parametrize("kind", ["category", "part"])
def test_deep_trees_are_scored(assess, kind):
    deep = 60
    if kind == "category":
        name = "x"
        head = "".join(f"category {name * place} {{ " for place in range(1, deep + 1))
        tree = head + 'indicator 1 "One" 10 points = judged(a)' + " }" * deep
    else:
        head = 'indicator 1 "One" 10 points { ' + "part x { " * (deep - 1)
        tree = head + "part x 10 points = judged(a)" + " }" * deep
    assert assess(tree, {"R": {"a": "50%"}}, policies=RESCALE)["R"].exact == 5
