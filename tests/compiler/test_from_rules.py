"""Points, joins, ranks and grades of small rule files; every expected figure is worked by hand beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest

import assessment
from assessment import number
from assessment.core.absence import Absence
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.errors import DataError
from assessment.evaluation.facts import UNDECIDED

# Two categories of 8 and 2 points.
TREE = """
    category x "X" {
        indicator 1 "One" 6 points = judged(a)
        indicator 2 "Two" 2 points = judged(b)
    }
    category y "Y" {
        indicator 3 "Three" 2 points = judged(c)
    }
"""
RESCALE = "missing: zero; not applicable: rescale in category; ties: min"


def points(one):
    """The exact score, or the absence, and the points possible of every line of a region."""
    return {
        line.id: (line.status if isinstance(line.status, Absence) else line.exact.value, line.possible.value)
        for line in one.breakdown.root.walk()
    }


def possible(one):
    return {line.id: line.possible.value for line in one.breakdown.root.walk()}


# ── points of what is left out ───────────────────────────────────────────────────────────────────────────────────────


def test_points_of_what_does_not_apply_go_to_the_siblings_in_the_category(assess):
    one = assess(TREE, {"R": {"a": "不适用", "b": "50%", "c": "100%"}})["R"]
    # X has 8 points; without indicator 1 (6) all 8 go with indicator 2, of which half is 4. Y keeps its 2.
    assert points(one) == {
        "total": (6, 10),
        "category x": (4, 8),
        "indicator 1": (Absence.NOT_APPLICABLE, 0),
        "indicator 2": (4, 8),
        "category y": (2, 2),
        "indicator 3": (2, 2),
    }


def test_points_of_a_whole_category_go_to_the_other_categories(assess):
    one = assess(TREE, {"R": {"a": "不适用", "b": "不适用", "c": "30%"}})["R"]
    # Nothing in X is kept, so its 8 points move one level up: Y has 10, of which 30 % is 3.
    assert points(one) == {
        "total": (3, 10),
        "category x": (Absence.NOT_APPLICABLE, 0),
        "indicator 1": (Absence.NOT_APPLICABLE, 0),
        "indicator 2": (Absence.NOT_APPLICABLE, 0),
        "category y": (3, 10),
        "indicator 3": (3, 10),
    }


def test_region_to_which_nothing_applies_has_no_total(assess):
    result = assess(TREE, {"R": dict.fromkeys("abc", "不适用"), "S": dict.fromkeys("abc", "50%")})
    assert (result["R"].total, result["S"].total) == (None, 5)
    assert result["R"].breakdown.root.status is Absence.NOT_APPLICABLE


def test_points_of_a_part_go_to_the_other_parts_of_its_indicator(assess):
    one = assess(
        """indicator 1 "One" 8 points { part p 6 points = judged(a) part q 2 points = judged(b) }
           indicator 2 "Two" 2 points = judged(c)""",
        {"R": {"a": "25%", "b": "不适用", "c": "0"}},
    )["R"]
    assert points(one)["indicator 1.p"] == (2, 8)
    assert points(one)["indicator 1"] == (2, 8)
    assert possible(one)["indicator 2"] == 2


def test_moved_points_of_an_indicator_are_shared_among_its_parts(assess):
    one = assess(
        """indicator 1 "One" 6 points { part p 4 points = judged(a) part q 2 points = judged(b) }
           indicator 2 "Two" 4 points = judged(c)""",
        {"R": {"a": "50%", "b": "100%", "c": "不适用"}},
    )["R"]
    # 10 points by 4 : 2 are 20/3 and 10/3; half of the one and all of the other are 20/3.
    assert points(one)["indicator 1.p"] == (Fraction(10, 3), Fraction(20, 3))
    assert points(one)["indicator 1.q"] == (Fraction(10, 3), Fraction(10, 3))
    assert points(one)["total"] == (Fraction(20, 3), 10)


GROUPS = "group g { R; S }\ngroup h { U; V }"


def test_indicator_does_not_apply_to_a_group(assess):
    tree = """indicator 1 "One" 6 points { score = judged(a) not applicable to h }
              indicator 2 "Two" 4 points = judged(b)"""
    result = assess(tree, {key: {"a": "50%", "b": "100%"} for key in "RSUV"}, inputs=GROUPS)
    assert [one.total for one in result] == [7, 7, 10, 10]


def test_indicator_does_not_apply_where_a_condition_holds(assess):
    tree = """indicator 1 "One" 6 points { score = judged(a) not applicable to h when people < 5 万人 }
              indicator 2 "Two" 4 points = judged(b)"""
    row = {"a": "50%", "b": "100%"}
    table = {"R": row, "S": row | {"people": "3"}, "U": row | {"people": "3"}, "V": row | {"people": "5"}}
    result = assess(tree, table, inputs=GROUPS + "\ninput people in 万人 { range > 0 }")
    # Only in h, and only below 5: U.
    assert [one.total for one in result] == [7, 7, 10, 7]


def test_category_does_not_apply_to_a_group(assess):
    tree = TREE.replace('category x "X" {', 'category x "X" { not applicable to h')
    result = assess(tree, {key: {"a": "50%", "b": "50%", "c": "100%"} for key in "RSUV"}, inputs=GROUPS)
    assert [one.total for one in result] == [6, 6, 10, 10]
    assert possible(result["U"])["category y"] == 10


@pytest.mark.parametrize(
    ("then", "total", "score", "most"),
    [
        ("full", 8, 6, 6),  # 6 of 6, and half of 4
        ("zero", 2, 0, 6),
        ("rescale in category", 5, Absence.NOT_APPLICABLE, 0),  # half of 10
        ("not computed", None, Absence.NOT_APPLICABLE, 6),
    ],
)
@pytest.mark.parametrize("file_says", ["full", "zero", "rescale in category", "not computed"])
def test_exemption_says_what_becomes_of_the_points_whatever_the_file_says(
    assess, then, total, score, most, file_says
):
    tree = f"""indicator 1 "One" 6 points {{ score = judged(a) not applicable to h -> {then} }}
               indicator 2 "Two" 4 points = judged(b)"""
    table = {key: {"a": "30%", "b": "50%"} for key in "RSUV"}
    policies = f"missing: error; not applicable: {file_says}"
    one = assess(tree, table, inputs=GROUPS, policies=policies)["U"]
    assert one.total == total
    assert points(one)["indicator 1"] == (score, most)


@pytest.mark.parametrize("file_says", ["full", "zero", "rescale in category", "not computed"])
@pytest.mark.parametrize("then", ["full", "zero", "rescale in category", "not computed"])
def test_data_that_do_not_apply_follow_the_file_beside_an_exemption_of_others(assess, then, file_says):
    tree = f"""indicator 1 "One" 6 points {{ score = judged(a) not applicable to h -> {then} }}
               indicator 2 "Two" 4 points = judged(b)"""
    table = {key: {"a": "30%", "b": "50%"} for key in "RUV"} | {"S": {"a": "不适用", "b": "50%"}}
    one = assess(tree, table, inputs=GROUPS, policies=f"missing: error; not applicable: {file_says}")["S"]
    # Full: 6 + 2. Zero: 0 + 2. Rescaled: half of 10.
    expected = {"full": 8, "zero": 2, "rescale in category": 5, "not computed": None}
    assert one.total == expected[file_says]


def test_exemption_of_the_category_outweighs_that_of_its_indicator(assess):
    tree = """category x "X" { not applicable to h -> full
                  indicator 1 "One" 6 points { score = judged(a) not applicable to h -> zero } }
              indicator 2 "Two" 4 points = judged(b)"""
    assert assess(tree, {key: {"a": "0", "b": "0"} for key in "RSUV"}, inputs=GROUPS)["U"].total == 6


def test_child_that_blocks_keeps_its_parent_from_being_left_out(assess):
    # The exemption passes its points on, but data that do not apply are not computed: the category has no score.
    tree = """category x "X" {
                  indicator 1 "One" 4 points { score = judged(a) not applicable to h -> rescale in category }
                  indicator 2 "Two" 2 points = judged(b)
              }
              indicator 3 "Three" 4 points = judged(c)"""
    table = {key: {"a": "50%", "b": "50%", "c": "50%"} for key in "RSV"}
    table |= {"U": {"a": "50%", "b": "不适用", "c": "50%"}}
    result = assess(tree, table, inputs=GROUPS, policies="missing: error; not applicable: not computed")
    assert (result["U"].total, result["V"].total) == (None, 5)
    assert possible(result["U"])["indicator 3"] == 4


def test_condition_that_is_not_reported_leaves_the_score_to_the_policy_for_missing_data(assess):
    tree = """indicator 1 "One" 6 points { score = judged(a) not applicable to all when people < 5 万人 }
              indicator 2 "Two" 4 points = judged(b)"""
    one = assess(tree, {"R": {"a": "100%", "b": "100%"}}, inputs="input people in 万人 { range > 0 }")["R"]
    assert points(one)["indicator 1"] == (0, 6)
    assert one.total == 4


def test_unreported_input_can_be_the_condition_itself(assess):
    tree = """indicator 1 "One" 6 points { score = judged(a) not applicable to all when unreported people }
              indicator 2 "Two" 4 points = judged(b)"""
    table = {"R": {"a": "50%", "b": "100%"}, "S": {"a": "50%", "b": "100%", "people": "3"}}
    result = assess(
        tree,
        table,
        inputs="input people in 万人 { range > 0 }",
        policies="missing: error; not applicable: rescale in category",
    )
    assert [one.total for one in result] == [10, 7]


@pytest.mark.parametrize(
    ("policy", "total"),
    [("zero", 4), ("full", 10), ("rescale in category", 10), ("not computed", None)],
)
def test_policy_for_missing_data(assess, policy, total):
    # Indicator 2 has all of its 4 points; indicator 1 is missing.
    tree = """indicator 1 "One" 6 points = judged(a)
              indicator 2 "Two" 4 points = judged(b)"""
    assert assess(tree, {"R": {"b": "100%"}}, policies=f"missing: {policy}")["R"].total == total


def test_each_kind_of_absence_follows_its_own_policy(assess):
    tree = "\n".join(
        f'indicator {i} "I" 2 points = judged({name})' for i, name in enumerate("abcde", start=1)
    )
    table = {"R": {"a": "100%", "b": None, "c": "保密", "d": "尚未公布", "e": "不适用"}}
    policies = "missing: zero; withheld: full; not yet available: rescale in category; not applicable: zero"
    one = assess(tree, table, policies=policies)["R"]
    # The 2 points of what is not yet available go to the other four: 2.5 each, full for a and c.
    assert points(one) == {
        "total": (5, 10),
        "indicator 1": (Fraction(5, 2), Fraction(5, 2)),
        "indicator 2": (0, Fraction(5, 2)),
        "indicator 3": (Fraction(5, 2), Fraction(5, 2)),
        "indicator 4": (Absence.NOT_YET_AVAILABLE, 0),
        "indicator 5": (0, Fraction(5, 2)),
    }


def test_undefined_value_follows_its_policy(assess):
    tree = """indicator 1 "One" 6 points = attain(x / y, target: 1)
              indicator 2 "Two" 4 points = judged(b)"""
    inputs = "input x in 家 { range >= 0 }\ninput y in 家 { range >= 0 }"
    table = {"R": {"x": "1", "y": "0", "b": "50%"}}
    for policy, total in (("zero", 2), ("full", 8), ("rescale in category", 5), ("not computed", None)):
        one = assess(tree, table, inputs=inputs, policies=f"missing: error; undefined: {policy}")["R"]
        assert one.total == total, policy


def test_zone_without_items_1_4_and_7_of_the_document_keeps_76_points_as_stated(liaocheng, liaocheng_rules):
    one = liaocheng["开发区"]
    lines = {line.id: line for line in one.breakdown.root.walk()}
    kept = [node for node in liaocheng_rules.indicators if node.number not in ("1", "4", "7")]
    assert sum(node.points for node in kept) == 76
    assert [lines[f"indicator {i}"].possible.value for i in (1, 4, 7)] == [0, 0, 0]
    # Within the category: 28 points by 10 : 8, and 44 points by 10 : 8 : 6 : 6.
    assert lines["indicator 2"].possible.value == Fraction(28 * 10, 18)
    assert lines["indicator 5"].possible.value == Fraction(44 * 10, 30)
    assert round(lines["indicator 2"].possible.value, 2) == Fraction("15.56")
    assert round(lines["indicator 5"].possible.value, 2) == Fraction("14.67")


def test_effective_points_of_every_region_of_the_example_add_up_to_the_total(liaocheng):
    for one in liaocheng:
        indicators = [line for line in one.breakdown.root.walk() if line.level == "indicator"]
        assert sum(line.possible.value for line in indicators) == 100, one.region


# ── absences that block ──────────────────────────────────────────────────────────────────────────────────────────────


def test_absence_that_blocks_leaves_the_region_unranked_and_the_others_ranked(assess):
    table = {"R": {"a": "50%", "b": "50%"}, "S": {"a": "50%"}, "U": {"a": "40%", "b": "50%"}}
    tree = 'indicator 1 "One" 6 points = judged(a)\nindicator 2 "Two" 4 points = judged(b)\ngrade good >= 1 points; poor otherwise'
    result = assess(
        tree, table, policies="missing: not computed; ties: min", rank="compare full rank within all"
    )
    assert [(one.total, one.rank, one.grade) for one in result] == [
        (5, 1, "good"),
        (None, None, None),
        (Decimal("4.4"), 2, "good"),
    ]
    assert [one.region for one in result.ranking()] == ["R", "U", "S"]
    assert points(result["S"])["indicator 1"] == (3, 6)
    assert result["S"].breakdown.root.status is Absence.NOT_REPORTED


# ── joins ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def joined(join, *, first="", second="", rest=""):
    return f"""indicator 1 "One" 10 points join {join} {{
        part p {first} = judged(a)
        part q {second} = judged(b)
    }} {rest}"""


def test_min_and_max_take_one_child_for_the_whole(assess):
    table = {"R": {"a": "64%", "b": "4%"}}
    assert assess(joined("max"), table)["R"].exact == Fraction(64, 10)
    assert assess(joined("min"), table)["R"].exact == Fraction(4, 10)
    assert possible(assess(joined("min"), table)["R"])["indicator 1.q"] == 10


def test_min_and_max_look_at_what_applies_only(assess):
    table = {"R": {"a": "64%", "b": "不适用"}, "S": {"a": "不适用", "b": "不适用"}}
    for join in ("min", "max"):
        result = assess(joined(join), table)
        assert result["R"].exact == Fraction(64, 10)
        assert result["S"].total is None
        assert possible(result["R"])["indicator 1.q"] == 0


def test_weights_of_a_mean_share_the_points_of_the_parent(assess):
    one = assess(joined("mean", first="weight 1", second="weight 3"), {"R": {"a": "64%", "b": "4%"}})["R"]
    # 2.5 points at 64 % and 7.5 at 4 %: 1.6 + 0.3.
    assert points(one) == {
        "total": (Fraction(19, 10), 10),
        "indicator 1": (Fraction(19, 10), 10),
        "indicator 1.p": (Fraction(16, 10), Fraction(5, 2)),
        "indicator 1.q": (Fraction(3, 10), Fraction(15, 2)),
    }


def test_weights_of_a_mean_are_those_of_what_applies(assess):
    tree = joined("mean", first="weight 1", second="weight 3")
    assert assess(tree, {"R": {"a": "64%", "b": "不适用"}})["R"].exact == Fraction(64, 10)


def test_geometric_mean_of_perfect_powers_is_rational(assess):
    tree = joined("geometric", first="weight 1", second="weight 3")
    policies = "missing: zero; not applicable: not computed"
    # (0.0016 × 1)^(1/4) = 0.2.
    one = assess(tree, {"R": {"a": "0.16%", "b": "100%"}}, policies=policies)["R"]
    assert one.exact == 2


def test_geometric_mean_that_is_no_rational_is_enclosed(assess):
    one = assess(
        joined("geometric", first="weight 1", second="weight 1"),
        {"R": {"a": "50%", "b": "100%"}},
        policies="missing: zero",
        round="round total half-up to 4 places",
    )["R"]
    # Ten times the root of 1/2, the root of 50, is 7.0710678…
    assert one.total == Decimal("7.0711")
    low, high = one.exact
    assert Fraction(low) ** 2 < 50 < Fraction(high) ** 2


INDEX = {
    "scale": "result index on 0 to 1, published half-up to 3 places, ranked on rounded",
    "rank": "",
    "round": "",
}


def test_index_joins_rates_by_weight_at_each_level(assess):
    tree = """category x "X" weight 1 = judged(a)
              category y "Y" weight 3 {
                  indicator p "P" weight 2 = judged(b)
                  indicator q "Q" weight 1 = judged(c)
              }"""
    one = assess(tree, {"R": {"a": "50%", "b": "100%", "c": "40%"}}, **INDEX)["R"]
    # Y: (2 + 0.4)/3 = 0.8; the whole: (0.5 + 3 × 0.8)/4 = 0.725.
    assert {line.id: line.exact.value for line in one.breakdown.root.walk()} == {
        "total": Fraction(29, 40),
        "category x": Fraction(1, 2),
        "category y": Fraction(4, 5),
        "indicator p": 1,
        "indicator q": Fraction(2, 5),
    }
    assert one.total == Decimal("0.725")


def test_index_leaves_out_what_does_not_apply_and_rescales_the_weights(assess):
    tree = """category x "X" weight 1 = judged(a)
              category y "Y" weight 3 {
                  indicator p "P" weight 2 = judged(b)
                  indicator q "Q" weight 1 = judged(c)
              }
              category z "Z" weight 2 = judged(d)"""
    table = {
        "R": {"a": "50%", "b": "不适用", "c": "40%", "d": "10%"},
        "S": {"a": "50%", "b": "不适用", "c": "不适用", "d": "10%"},
    }
    result = assess(tree, table, **INDEX)
    # (0.5 + 3 × 0.4 + 2 × 0.1)/6 and, without Y, (0.5 + 2 × 0.1)/3.
    assert (result["R"].exact, result["S"].exact) == (Fraction(19, 60), Fraction(7, 30))


@pytest.mark.parametrize(
    ("join", "expected"),
    [("min", "0.360"), ("max", "0.640"), ("geometric", "0.480"), ("mean", "0.500")],
)
def test_index_joins_as_the_file_says(assess, join, expected):
    # 0.64 and 0.36: the root of their product is 0.8 × 0.6.
    size = "weight 1" if join in ("mean", "geometric") else ""
    tree = f'category x "X" {size} = judged(a)\ncategory y "Y" {size} = judged(b)\njoin {join}'
    one = assess(tree, {"R": {"a": "64%", "b": "36%"}}, policies="missing: zero; ties: min", **INDEX)["R"]
    assert one.total == Decimal(expected)


@pytest.mark.parametrize(
    ("scale", "expected"), [("0 to 100", "72.5"), ("1 to 5", "3.9"), ("-1 to 1", "0.45")]
)
def test_result_of_an_index_is_stretched_to_its_scale(assess, scale, expected):
    tree = 'category x "X" weight 1 = judged(a)\ncategory y "Y" weight 3 = judged(b)'
    one = assess(
        tree,
        {"R": {"a": "50%", "b": "80%"}},
        scale=f"result index on {scale}, published half-up to 3 places, ranked on rounded",
        rank="",
        round="",
    )["R"]
    # The rate is 0.725; on -1 to 1 that is 0.45.
    assert one.exact == Fraction(expected)
    assert one.breakdown.root.rate.value == Fraction(29, 40)


# ── ceilings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

OVER = "attain(a, target: 50%, cap: 150%)"


def test_score_stops_at_its_points_unless_the_file_allows_more(assess):
    inputs = "input a in % { range 0% to 100% }"
    tree = f'indicator 1 "One" 10 points up to 14 points = {OVER.replace("150%", "140%")}'
    assert assess(tree, {"R": {"a": "65%"}, "S": {"a": "100%"}}, inputs=inputs)["R"].total == 13
    assert assess(tree, {"R": {"a": "100%"}}, inputs=inputs)["R"].total == 14


def test_ceiling_moves_with_the_points(assess):
    inputs = "input a in % { range 0% to 100% }"
    tree = f'indicator 1 "One" 4 points up to 6 points = {OVER}\nindicator 2 "Two" 6 points = judged(b)'
    one = assess(tree, {"R": {"a": "100%", "b": "不适用"}}, inputs=inputs)["R"]
    # All ten points are possible in indicator 1, and 6 of 4 become 15 of 10.
    assert points(one)["indicator 1"] == (15, 10)


def test_category_is_held_to_its_own_ceiling(assess):
    tree = f"""category x "X" 6 points up to 7 points {{
                   indicator 1 "One" 4 points up to 6 points = {OVER}
                   indicator 2 "Two" 2 points = judged(b)
               }}
               indicator 3 "Three" 4 points = judged(c)"""
    one = assess(
        tree, {"R": {"a": "75%", "b": "100%", "c": "50%"}}, inputs="input a in % { range 0% to 100% }"
    )["R"]
    # 6 + 2 are 8, held to 7; with 2 of indicator 3 that is 9.
    assert points(one)["category x"] == (7, 6)
    assert one.total == 9


def test_formula_that_promises_nothing_is_held_between_zero_and_its_points(assess):
    tree = 'indicator 1 "One" 10 points = 10 points * (x / mean(x, within: all)) - 5 points'
    table = {"R": {"x": "8"}, "S": {"x": "1"}, "U": {"x": "21"}}
    # The mean is 10: 8 - 5 = 3, 1 - 5 = -4, 21 - 5 = 16.
    result = assess(tree, table, inputs="input x in 家 { range >= 0 }")
    assert [one.exact for one in result] == [3, 0, 10]


# ── rounding ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HALVES = """category x "X" {
    indicator 1 "One" 5 points { part p 3 points = judged(a) part q 2 points = judged(b) }
}
category y "Y" { indicator 2 "Two" 5 points = judged(c) }"""


@pytest.mark.parametrize(
    ("round_", "expected"),
    [
        # Exact: p 1.515, q 0.51, indicator 1 2.025, indicator 2 1.665, total 3.69.
        ("part half-up to 2 places", ["1.52", "0.51", "2.025", "2.025", "1.665", "3.69"]),
        ("indicator half-up to 2 places", ["1.515", "0.51", "2.03", "2.025", "1.67", "3.69"]),
        ("category half-up to 2 places", ["1.515", "0.51", "2.025", "2.03", "1.665", "3.69"]),
        ("total half-up to 1 places", ["1.515", "0.51", "2.025", "2.025", "1.665", "3.7"]),
        ("indicator half-even to 2 places", ["1.515", "0.51", "2.02", "2.025", "1.66", "3.69"]),
        ("indicator up to 1 places", ["1.515", "0.51", "2.1", "2.025", "1.7", "3.69"]),
        ("indicator down to 1 places", ["1.515", "0.51", "2", "2.025", "1.6", "3.69"]),
        ("indicator truncate to 2 places", ["1.515", "0.51", "2.02", "2.025", "1.66", "3.69"]),
    ],
)
def test_each_level_is_rounded_as_written_and_full_values_are_added(assess, round_, expected):
    one = assess(HALVES, {"R": {"a": "50.5%", "b": "25.5%", "c": "33.3%"}}, round=f"round {round_}")["R"]
    lines = {line.id: line.score.value for line in one.breakdown.root.walk()}
    shown = [
        lines[path]
        for path in ("indicator 1.p", "indicator 1.q", "indicator 1", "category x", "indicator 2", "total")
    ]
    assert shown == [Fraction(value) for value in expected]


@pytest.mark.parametrize(("carry", "total"), [("full", "3.69"), ("rounded", "3.70")])
def test_carry_says_whether_rounded_or_full_scores_are_added(assess, carry, total):
    # Full: 2.025 + 1.665. Rounded: 2.03 + 1.67.
    one = assess(
        HALVES,
        {"R": {"a": "50.5%", "b": "25.5%", "c": "33.3%"}},
        round="round indicator half-up to 2 places; total half-up to 2 places",
        carry=f"carry {carry}",
    )["R"]
    assert one.total == Decimal(total)


@pytest.mark.parametrize("join", ["max", "min", "mean", "geometric"])
def test_rounded_scores_are_carried_under_every_join(assess, join):
    size = "weight 1" if join in ("mean", "geometric") else ""
    one = assess(
        joined(join, first=size, second=size),
        {"R": {"a": "81%", "b": "36%"}},
        round="round part half-up to 0 places",
        carry="carry rounded",
        policies="missing: zero",
    )["R"]
    # Each of 10 points: 8.1 and 3.6 become 8 and 4. Each of 5 points: 4.05 and 1.8 become 4 and 2, rates 0.8 and 0.4.
    if join == "geometric":
        low, high = one.exact
        # 10 × √(0.8 × 0.4) = √32
        assert Fraction(low) ** 2 < 32 < Fraction(high) ** 2
    else:
        assert one.exact == {"max": 8, "min": 4, "mean": 6}[join]


def test_index_carries_rounded_scores_where_the_file_says_so(assess):
    tree = 'category x "X" weight 1 = judged(a)\ncategory y "Y" weight 1 = judged(b)'
    statements = INDEX | {"round": "round category half-up to 1 places"}
    table = {"R": {"a": "55.5%", "b": "44.4%"}}
    # Full: (0.555 + 0.444)/2 = 0.4995. Rounded: (0.6 + 0.4)/2.
    assert assess(tree, table, **statements)["R"].exact == Fraction("0.4995")
    assert assess(tree, table, carry="carry rounded", **statements)["R"].exact == Fraction(1, 2)


def test_negative_result_is_rounded_by_the_mode_that_was_named(assess):
    tree = 'category x "X" weight 1 = judged(a)'
    for mode, expected in (
        ("half-up", "-0.2"),
        ("half-away", "-0.3"),
        ("half-even", "-0.2"),
        ("truncate", "-0.2"),
    ):
        # 37.5 % of the way from -1 to 1 is -0.25.
        one = assess(
            tree,
            {"R": {"a": "37.5%"}},
            scale=f"result index on -1 to 1, published {mode} to 1 places, ranked on rounded",
            rank="",
            round="",
        )["R"]
        assert one.total == Decimal(expected), mode


# ── key total ────────────────────────────────────────────────────────────────────────────────────────────────────────

KEYS = """indicator 1 ※ "One" 5 points = judged(a)
          indicator 2 "Two" 3 points = judged(b)
          indicator 3 ※ "Three" 2 points = judged(c)"""


def test_key_total_adds_the_marked_indicators_and_is_rounded_like_the_total(assess):
    round_ = "round indicator half-up to 1 places; total half-up to 1 places"
    one = assess(KEYS, {"R": {"a": "50.5%", "b": "100%", "c": "51%"}}, round=round_)["R"]
    # 2.525 + 1.02 = 3.545; the rounded ones would make 2.5 + 1.0 = 3.5.
    assert one.key_total == Decimal("3.5")
    assert assess(KEYS, {"R": {"a": "51%", "b": "0", "c": "51%"}}, round=round_)["R"].key_total == Decimal(
        "3.6"
    )


def test_key_total_counts_what_applies_with_its_moved_points(assess):
    one = assess(KEYS, {"R": {"a": "不适用", "b": "100%", "c": "50%"}})["R"]
    # 10 points by 3 : 2; half of 4.
    assert one.key_total == 2


def test_key_total_is_absent_where_no_marked_indicator_applies(assess):
    one = assess(KEYS, {"R": {"a": "不适用", "b": "50%", "c": "不适用"}})["R"]
    assert (one.total, one.key_total) == (5, None)


def test_key_total_is_absent_where_a_marked_indicator_cannot_be_computed(assess):
    one = assess(KEYS, {"R": {"b": "50%", "c": "50%"}}, policies="missing: not computed")["R"]
    assert one.key_total is None


def test_rules_without_marked_indicators_have_no_key_total(assess):
    assert assess(TREE, {"R": {"a": "50%"}})["R"].key_total is None


# ── ranks and grades ─────────────────────────────────────────────────────────────────────────────────────────────────

ONE = 'indicator 1 "One" 10 points = judged(a)'


def hundred(tree):
    """A tree of 100 points with grades."""
    return {
        "tree": f"{tree}\ngrade 优秀 >= 90 points; 良好 >= 80 points; 合格 otherwise",
        "scale": "total 100 points",
        "round": "round total half-up to 2 places",
    }


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        ("rounded", [("90.00", 1, "优秀"), ("90.00", 1, "优秀"), ("89.99", 3, "良好")]),
        ("full", [("90.00", 1, "优秀"), ("90.00", 2, "良好"), ("89.99", 3, "良好")]),
    ],
)
def test_what_is_compared_decides_rank_and_grade_at_an_edge(assess, compare, expected):
    statements = hundred('indicator 1 "One" 100 points = judged(a)')
    result = assess(
        statements.pop("tree"),
        {"R": {"a": "90%"}, "S": {"a": "89.996%"}, "U": {"a": "89.994%"}},
        rank=f"compare {compare} rank within all",
        **statements,
    )
    assert [(str(one.total), one.rank, one.grade) for one in result] == expected


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [1, 2, 2, 4]),
        ("max", [1, 3, 3, 4]),
        ("mean", [1, Fraction(5, 2), Fraction(5, 2), 4]),
        ("dense", [1, 2, 2, 3]),
    ],
)
def test_tied_regions_share_a_place_by_the_rule_for_ties(assess, ties, expected):
    table = {name: {"a": value} for name, value in zip("RSUV", ("90%", "50%", "50%", "10%"), strict=True)}
    result = assess(ONE, table, rank="compare full rank within all", policies=f"missing: zero; ties: {ties}")
    assert [one.rank for one in result] == expected


def test_ties_are_broken_by_the_next_key(assess):
    # Equal totals of 5: S has the higher key total; U and V are equal there too, and V is better in indicator 2.
    tree = KEYS
    table = {
        "R": {"a": "20%", "b": "100%", "c": "50%"},  # 1 + 3 + 1
        "S": {"a": "80%", "b": "0", "c": "50%"},  # 4 + 0 + 1
        "U": {"a": "40%", "b": "50%", "c": "75%"},  # 2 + 1.5 + 1.5
        "V": {"a": "50%", "b": "50%", "c": "50%"},  # 2.5 + 1.5 + 1
    }
    chain = "compare full rank within all; order total, key total, indicator 1"
    result = assess(tree, table, rank=chain)
    assert [one.total for one in result] == [5, 5, 5, 5]
    assert [one.key_total for one in result] == [2, 5, Decimal("3.5"), Decimal("3.5")]
    assert [one.rank for one in result] == [4, 1, 3, 2]


def test_region_without_the_next_key_comes_after_those_that_have_it(assess):
    table = {"R": {"a": "不适用", "b": "50%", "c": "50%"}, "S": {"a": "50%", "b": "50%", "c": "50%"}}
    result = assess(KEYS, table, rank="compare full rank within all; order total, indicator 1")
    assert [(one.total, one.rank) for one in result] == [(5, 2), (5, 1)]


def test_ranks_are_taken_in_the_group_or_in_all(assess):
    table = {name: {"a": value} for name, value in zip("RSUV", ("90%", "50%", "70%", "10%"), strict=True)}
    result = assess(ONE, table, inputs=GROUPS, rank="compare full rank within group")
    assert [one.rank for one in result] == [1, 2, 1, 2]
    assert [one.ranks for one in result] == [
        {"group": 1, "all": 1},
        {"group": 2, "all": 3},
        {"group": 1, "all": 2},
        {"group": 2, "all": 4},
    ]
    assert [one.region for one in result.ranking()] == ["R", "S", "U", "V"]
    assert [one.region for one in result.ranking("all")] == ["R", "U", "S", "V"]


def test_reference_regions_are_scored_and_stand_outside_ranks_and_statistics(assess):
    inputs = "input x in 家 { range >= 0 }\ngroup g { R; S }\ngroup city reference { C }"
    tree = 'indicator 1 "One" 10 points = attain(x, target: maximum(x, within: all))'
    result = assess(
        tree,
        {"R": {"x": "4"}, "S": {"x": "2"}, "C": {"x": "8"}},
        inputs=inputs,
        rank="compare full rank within all",
    )
    # The largest of those that count is 4, though C has 8.
    assert [(one.total, one.rank) for one in result] == [(10, 1), (5, 2), (10, None)]
    assert [one.region for one in result.ranking()] == ["R", "S", "C"]


def test_rules_without_ranks_rank_nobody(assess):
    one = assess(ONE, {"R": {"a": "50%"}})["R"]
    assert (one.rank, one.ranks) == (None, {})


def test_one_grade_for_all_is_for_those_that_have_a_total(assess):
    table = {"R": {"a": "50%"}, "S": {}}
    result = assess(
        ONE + "\ngrade seen otherwise", table, policies="missing: not computed", rank="compare full rank none"
    )
    assert [one.grade for one in result] == ["seen", None]


def test_grade_above_a_bound_does_not_begin_at_it(assess):
    table = {"R": {"a": "50%"}, "S": {"a": "50.1%"}}
    result = assess(ONE + "\ngrade good > 5 points; poor otherwise", table, rank="compare full rank none")
    assert [one.grade for one in result] == ["poor", "good"]


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

GRADED = KEYS + "\ngrade good >= 6 points; fair >= 4 points; poor otherwise\n"


def test_veto_holds_the_grade_down_and_never_up(assess):
    tree = GRADED + "limit when fraud: grade at most fair"
    rows = {"a": "100%", "b": "100%", "c": "100%"}
    low = dict.fromkeys("abc", "10%")
    table = {"R": rows | {"fraud": "no"}, "S": rows | {"fraud": "yes"}, "U": low | {"fraud": "yes"}}
    result = assess(tree, table, inputs="input fraud yes/no", rank="compare full rank within all")
    assert [one.grade for one in result] == ["good", "fair", "poor"]
    assert [one.rank for one in result] == [1, 1, 3]
    assert [[step.id for step in one.breakdown.limits] for one in result] == [[], ["limit/1"], ["limit/1"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("any ※ rate < 60%", ["good", "fair", "good", "fair", "good"]),
        ("all ※ rate < 60%", ["good", "good", "good", "fair", "good"]),
        ("any ※ score < 1.2 points", ["good", "fair", "good", "good", "good"]),
    ],
)
def test_limit_looks_at_the_marked_indicators_that_apply(assess, condition, expected):
    # The rates of indicators 1 and 3; indicator 2 is full throughout.
    table = {
        "both": {"a": "60%", "b": "100%", "c": "60%"},
        "one": {"a": "100%", "b": "100%", "c": "59%"},
        "one applies": {"a": "不适用", "b": "100%", "c": "60%"},
        "one applies and fails": {"a": "不适用", "b": "100%", "c": "50%"},
        "none applies": {"a": "不适用", "b": "100%", "c": "不适用"},
    }
    tree = GRADED + f"limit when {condition}: grade at most fair"
    result = assess(tree, table, rank="compare full rank none")
    assert [one.grade for one in result] == expected


def test_limits_combine_to_the_lowest(assess):
    tree = (
        GRADED + "limit when fraud: grade at most fair\nlimit when key total < 6.5 points: grade at most poor"
    )
    inputs = "input fraud yes/no"
    table = {"R": {"a": "80%", "b": "100%", "c": "100%", "fraud": "yes"}}  # 4 + 2 = 6 of the marked
    assert assess(tree, table, inputs=inputs, rank="compare full rank none")["R"].grade == "poor"


def test_limit_compares_what_the_file_compares(assess):
    tree = 'indicator 1 "One" 10 points = judged(a)\ngrade good >= 1 points; poor otherwise\nlimit when total < 6 points: grade at most poor'
    for compare, expected in (("rounded", "good"), ("full", "poor")):
        one = assess(
            tree,
            {"R": {"a": "59.96%"}},
            rank=f"compare {compare} rank none",
            round="round total half-up to 1 places",
        )["R"]
        assert one.grade == expected


def test_rate_of_an_index_is_a_share_of_its_scale(assess):
    tree = 'category x "X" weight 1 = judged(a)\ngrade hi >= 0; lo otherwise\nlimit when total rate < 60%: grade at most lo'
    scale = "result index on 0 to 100, published half-up to 1 places, ranked on rounded"
    result = assess(tree, {"R": {"a": "60%"}, "S": {"a": "59%"}}, scale=scale, rank="", round="")
    assert [one.grade for one in result] == ["hi", "lo"]


# ── periods and fields ───────────────────────────────────────────────────────────────────────────────────────────────


def test_change_reads_the_year_before_and_so_does_another_period(assess):
    tree = 'indicator 1 "One" 10 points = attain(change(x), target: 10 家)'
    table = {year: {"R": {"x": str(x)}} for year, x in ((2015, 0), (2016, 1), (2017, 5), (2018, 14))}
    inputs = "input x in 家 { range >= 0 }"
    assert assess(tree, table, inputs=inputs)["R"].total == 9
    assert assess(tree, table, inputs=inputs, period=2017)["R"].total == 4
    assert assess(tree, table, inputs=inputs, period=2016)["R"].total == 1


def test_value_of_two_years_ago_can_be_read(assess):
    tree = 'indicator 1 "One" 10 points = attain(x - x[-2], target: 20 家)'
    table = {year: {"R": {"x": str(x)}} for year, x in ((2016, 1), (2017, 5), (2018, 14))}
    one = assess(tree, table, inputs="input x in 家 { range >= 0 }")["R"]
    assert one.total == Decimal("6.5")


def test_shifted_measure_reads_everything_a_year_earlier(assess):
    inputs = "input x in 家 { range >= 0 }\ninput y in 家 { range > 0 }\nlet share = x / y in %"
    tree = 'indicator 1 "One" 10 points = attain(change(share[-1]), target: 20 pp)'
    table = {
        2018: {"R": {"x": "9", "y": "10"}},
        2017: {"R": {"x": "5", "y": "10"}},
        2016: {"R": {"x": "4", "y": "10"}},
    }
    # From 40 % in 2016 to 50 % in 2017: 10 of 20 percentage points.
    assert assess(tree, table, inputs=inputs)["R"].total == 5


def test_absent_members_do_not_enter_a_statistic(assess):
    inputs = "input x in 家 { range >= 0 }"
    tree = 'indicator 1 "One" 10 points = attain(x, target: mean(x, within: all))'
    table = {"R": {"x": "3"}, "S": {"x": "9"}, "U": {"x": "保密"}, "V": {}}
    result = assess(tree, table, inputs=inputs, policies="missing: zero; withheld: full; undefined: zero")
    # The mean of 3 and 9 is 6.
    assert [one.total for one in result] == [5, 10, 10, 0]


# ── what must be there ───────────────────────────────────────────────────────────────────────────────────────────────


def test_program_has_no_unbound_score(small_rules):
    rules = small_rules(
        GRADED + "limit when any ※ rate < 60%: grade at most fair", rank="compare full rank within all"
    )
    names = {type(node).__name__ for node, _ in order(rules.program.roots)}
    assert "Score" not in names
    assert {"Rank", "Step", "Select"} <= names


def test_undecided_score_is_refused_alone(assess, monkeypatch):
    tree = (
        joined("geometric", first="weight 1", second="weight 1") + "\ngrade good >= 5 points; poor otherwise"
    )
    table = {"R": {"a": "50%", "b": "100%"}, "S": {"a": "40%", "b": "90%"}, "U": {"a": "20%", "b": "30%"}}
    certain = number.round_real

    def doubtful(value, places, mode):
        # Ten times the root of 0.06, which is U's, is called undecided; √50 and √36 are rounded as ever.
        if not isinstance(value, Fraction) and number.compare(value, Fraction(5)) < 0:
            raise number.Undecided(Text(en="tried long enough", zh="无法判定"))
        return certain(value, places, mode)

    monkeypatch.setattr(number, "round_real", doubtful)
    result = assess(
        tree,
        table,
        policies="missing: zero; ties: min",
        round="round total half-up to 2 places",
        rank="compare rounded rank within all",
    )
    assert [one.total for one in result] == [Decimal("7.07"), Decimal("6.00"), None]
    assert result["U"].breakdown.root.status == "undecided"
    assert result["U"].breakdown.root.score.value is UNDECIDED
    # No place is certain while one total is not; the grades of the others are.
    assert [one.rank for one in result] == [None, None, None]
    assert [one.grade for one in result] == ["good", "good", None]
    assert "undecided" in result["U"].explain("en")
    assert result["U"].explain("zh")


def test_error_policy_stops_the_run(small_rules):
    rules = small_rules(ONE, policies="missing: error")
    with pytest.raises(DataError):
        assessment.read_data({"R": {"a": ""}}, rules)


@pytest.mark.slow
def test_file_of_many_indicators_compiles_without_deep_recursion(small_rules):
    # Deeper than Python's stack, were there one call for each indicator.
    count = 2000
    tree = "\n".join(f'indicator {i} ※ "I" 1 points = judged(a)' for i in range(1, count + 1))
    rules = small_rules(
        tree + "\ngrade good >= 5 points; poor otherwise\nlimit when any ※ rate < 60%: grade at most poor",
        scale=f"total {count} points",
        rank="compare full rank within all",
    )
    one = rules.evaluate(assessment.read_data({"R": {"a": "50%"}}, rules))["R"]
    assert (one.total, one.grade) == (1000, "poor")
