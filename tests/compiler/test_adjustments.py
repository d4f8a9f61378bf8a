"""Bonuses, deductions and rescaling to the best; every expected figure is worked by hand beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.errors import DataError, RulesError
from assessment.report.html import rules_html

POLICIES = "missing: zero; not applicable: rescale in category; undefined: not computed; ties: min"
INPUTS = """
    input gain in points { range 0 to 20 }
    input loss in points { range 0 to 20 }
"""
TREE = """
    indicator 1 "One" 60 points = judged(a)
    indicator 2 "Two" 40 points = judged(b)
    bonus fame "Fame" up to 5 points = gain
    deduction fault "Fault" up to 10 points = loss
"""


def scored(assess, table, tree=TREE, **kwargs):
    statements = {"scale": "total 100 points", "policies": POLICIES, "inputs": INPUTS} | kwargs
    return assess(tree, table, **statements)


@pytest.mark.parametrize(
    ("gain", "loss", "before", "after"),
    [
        ("0", "0", "90", "90"),
        ("4.5", "0", "94.5", "94.5"),
        ("5", "0", "95", "95"),  # at the cap
        ("5.1", "0", "95", "95"),  # beyond it
        ("0", "10", "80", "80"),
        ("0", "10.1", "80", "80"),
        ("5", "2", "93", "93"),
    ],
)
def test_bonus_is_added_and_deduction_taken_off_up_to_their_caps(assess, gain, loss, before, after):
    # 60 × 1 + 40 × 0.75 = 90.
    table = {"R": {"a": "100%", "b": "75%", "gain": gain, "loss": loss}}
    for order, expected in (("before", before), ("after", after)):
        one = scored(assess, table, TREE + f"cap {order} adjustments")["R"]
        assert one.exact == Fraction(expected)


@pytest.mark.parametrize(
    ("order", "scale", "floor", "rate", "gain", "loss", "expected"),
    [
        ("before", "total 100 points", "", "100%", "5", "0", 105),
        ("after", "total 100 points", "", "100%", "5", "0", 100),
        ("after", "total 100 points up to 103 points", "", "100%", "5", "0", 103),
        ("after", "total 100 points up to none", "", "100%", "5", "0", 105),
        ("before", "total 100 points", "", "0%", "0", "8", -8),
        ("after", "total 100 points", "", "0%", "0", "8", 0),
        ("after", "total 100 points", "floor -5 points", "0%", "0", "8", -5),
        ("after", "total 100 points", "floor none", "0%", "0", "8", -8),
        # 0 is held at 10 first, then 8 are taken off; or 0 - 8 is held at 10.
        ("before", "total 100 points", "floor 10 points", "0%", "0", "8", 2),
        ("after", "total 100 points", "floor 10 points", "0%", "0", "8", 10),
    ],
)
def test_ends_hold_before_or_after_what_is_added(assess, order, scale, floor, rate, gain, loss, expected):
    table = {"R": {"a": rate, "b": rate, "gain": gain, "loss": loss}}
    tree = TREE + f"cap {order} adjustments\n{floor}"
    assert scored(assess, table, tree, scale=scale)["R"].exact == expected


def test_all_bonuses_together_have_a_cap_of_their_own(assess):
    tree = """indicator 1 "One" 100 points = judged(a)
              bonus fame "Fame" up to 5 points = gain
              bonus fate "Fate" up to 5 points = gain / 2
              deduction fault "Fault" up to 10 points = loss
              deduction flaw "Flaw" up to none = loss
              bonuses up to 6%
              deductions up to 12 points
              cap before adjustments"""
    one = scored(assess, {"R": {"a": "50%", "gain": "4", "loss": "3"}}, tree)["R"]
    # 50 + (4 + 2) - (3 + 3): both within.
    assert one.exact == 50
    assert not [step for step in one.breakdown.root.steps if step.kind == "ceiling"]
    one = scored(assess, {"R": {"a": "50%", "gain": "6", "loss": "9"}}, tree)["R"]
    # 50 + min(5 + 3, 6) - min(9 + 9, 12) = 44.
    assert one.exact == 44
    assert [step.title.en for step in one.breakdown.root.steps if step.kind == "ceiling"] == [
        "all bonuses held to their cap",
        "all deductions held to their cap",
    ]
    # The lines of bonuses and deductions are as they are; what the common caps cut is the residue.
    amounts = {part.line: part.amount.value for part in one.breakdown.contributions}
    assert amounts == {
        "indicator 1": 50,
        "bonus fame": 5,
        "bonus fate": 3,
        "deduction fault": -9,
        "deduction flaw": -9,
        "residue": 4,
    }


def test_bonus_of_an_indicator_is_held_with_it_and_never_rescaled(assess):
    tree = """indicator 1 "One" 60 points up to 66 points {
                  score = judged(a)
                  bonus fame up to 10% = gain
                  cap after adjustments
              }
              indicator 2 "Two" 40 points = judged(b)
              floor none"""
    kwargs = {"scale": "total 100 points up to none"}
    # 60 × 0.9 + 6 (the cap of 10 % of 60) = 60; 40 × 0.5 = 20.
    one = scored(assess, {"R": {"a": "90%", "b": "50%", "gain": "7"}}, tree, **kwargs)["R"]
    assert one.exact == 80
    # Without indicator 2 the first has 100 points: 90 + 6, held at 110.
    one = scored(assess, {"R": {"a": "90%", "b": "不适用", "gain": "7"}}, tree, **kwargs)["R"]
    assert one.exact == 96
    # Indicator 1 does not apply, so nothing is added to it.
    one = scored(assess, {"R": {"a": "不适用", "b": "50%", "gain": "7"}}, tree, **kwargs)["R"]
    assert one.exact == 50
    assert one.indicator(1).status is Absence.NOT_APPLICABLE


def test_bonus_of_a_category_counts_in_it(assess):
    tree = """category x "X" 60 points {
                  indicator 1 "One" 60 points = judged(a)
                  bonus fame "Fame" up to 5 points = gain
                  cap before adjustments
              }
              indicator 2 "Two" 40 points = judged(b)"""
    one = scored(assess, {"R": {"a": "50%", "b": "50%", "gain": "3"}}, tree)["R"]
    assert one.exact == 53
    assert one.category("x").exact == 33
    assert sum(part.amount.value for part in one.breakdown.contributions) == 53


@pytest.mark.parametrize("policy", ["zero", "full", "rescale in category"])
def test_event_that_is_not_reported_adds_nothing(assess, policy):
    policies = f"missing: {policy}; undefined: zero; ties: min"
    tree = TREE + "cap before adjustments"
    one = scored(assess, {"R": {"a": "100%", "b": "50%"}}, tree, policies=policies)["R"]
    assert one.exact == 80


def test_event_without_which_the_file_cannot_go_on_stands_in_the_way(assess):
    tree = TREE + "cap before adjustments"
    table = {"R": {"a": "100%", "b": "50%", "gain": "1"}}
    one = scored(assess, table, tree, policies="missing: not computed; ties: min")["R"]
    assert one.status is Absence.NOT_REPORTED
    with pytest.raises(DataError, match="`loss`"):
        scored(assess, table, tree, policies="missing: error; ties: min")


def test_bonus_may_apply_to_some_groups_or_under_a_condition(assess):
    tree = """indicator 1 "One" 100 points = judged(a)
              bonus fame "Fame" up to 5 points { score = gain applies to g when loss > 0 points }
              cap before adjustments"""
    inputs = INPUTS + "group g { R; S } group h { T }"
    table = {
        "R": {"a": "50%", "gain": "3", "loss": "0"},
        "S": {"a": "50%", "gain": "3", "loss": "1"},
        "T": {"a": "50%", "gain": "3", "loss": "1"},
    }
    result = scored(assess, table, tree, inputs=inputs)
    assert [one.exact for one in result] == [50, 53, 50]


def test_bonus_can_depend_on_how_many_were_deducted(assess):
    # Bonuses are given only if more than 15 % of the units were deducted: one of five is, one of seven is not.
    inputs = INPUTS + "let hit = bands(loss) { > 0 points: 1 points; otherwise: 0 points }"
    tree = """indicator 1 "One" 100 points = judged(a)
              bonus fame "Fame" up to 5 points {
                  score = gain
                  applies to all when mean(hit, within: all) > 0.15 points
              }
              deduction fault "Fault" up to none = loss
              cap before adjustments"""

    def table(count):
        rows = {f"R{place}": {"a": "50%", "gain": "3", "loss": "0"} for place in range(count)}
        rows["R0"]["loss"] = "2"
        return rows

    assert [one.exact for one in scored(assess, table(5), tree, inputs=inputs)] == [51, 53, 53, 53, 53]
    assert [one.exact for one in scored(assess, table(7), tree, inputs=inputs)] == [48, *[50] * 6]


# Yuxi 2017, practice 2.10: what was added turned two pairs around.
YUXI = {
    "通海": {"a": "89.5%", "gain": "5.0"},
    "新平": {"a": "90%", "gain": "4.0"},
    "红塔": {"a": "77%", "gain": "6.5"},
    "峨山": {"a": "78%", "gain": "1.5"},
    "首位": {"a": "96.5%", "gain": "7"},
}


@pytest.mark.parametrize(
    ("adjusting", "ranks", "grades"),
    [
        ("after", [2, 3, 4, 5, 1], ["good", "good", "fair", "fair", "top"]),
        ("before", [3, 2, 5, 4, 1], ["fair", "good", "fair", "fair", "good"]),
    ],
)
def test_bonuses_turn_the_order_where_ranks_read_the_total_after_them(assess, adjusting, ranks, grades):
    tree = """indicator 1 "One" 100 points = judged(a)
              bonus extra "Extra" up to 7 points = gain
              cap before adjustments
              grade top >= 100 points; good >= 90 points; fair otherwise"""
    result = scored(
        assess,
        YUXI,
        tree,
        inputs="input gain in points { range 0 to 20 }",
        carry=f"compare full {adjusting} adjustments",
        rank="rank within all",
    )
    # 89.5 + 5 = 94.5 before 90 + 4 = 94; 77 + 6.5 = 83.5 before 78 + 1.5 = 79.5; the first has 103.5 of 100.
    assert [one.total for one in result] == [
        Decimal(text) for text in ("94.5", "94", "83.5", "79.5", "103.5")
    ]
    assert [one.rank for one in result] == ranks
    assert [one.grade for one in result] == grades


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (TREE, "no-cap-order"),
        ("indicator 1 100 points = judged(a) cap before adjustments bonus x = gain", "no-adjustment-cap"),
        ("indicator 1 100 points = judged(a) cap before adjustments", "statement-not-here"),
        ("indicator 1 100 points = judged(a) bonuses up to 5 points", "statement-not-here"),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to 5 points = gain deductions up to 5%",
            "statement-not-here",
        ),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to 5 points = gain - 3 points",
            "score-below-floor",
        ),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to none = attain(gain, target: 5 points)",
            "kind-mismatch",
        ),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to 5 points { }",
            "unscored-indicator",
        ),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to 0 points = gain",
            "weight-missing",
        ),
        (
            "indicator 1 100 points = judged(a) cap before adjustments bonus x up to 5 points = gain bonus x up to 5 points = loss",
            "duplicate-name",
        ),
        (
            """indicator 1 100 points = judged(a) cap before adjustments
               bonus x up to 5 points { score = gain applies to all when loss > 0 points -> full }""",
            "policy-mismatch",
        ),
    ],
)
def test_faulty_bonus_is_reported(assess, tree, code):
    with pytest.raises(RulesError) as caught:
        scored(assess, {"R": {}}, tree)
    assert code in {found.code for found in caught.value.diagnostics}


def test_compared_total_with_bonuses_is_said_to_be_before_or_after_them(assess):
    with pytest.raises(RulesError, match="before or after bonuses"):
        scored(assess, {"R": {}}, TREE + "cap before adjustments", rank="rank within all")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bonuses_are_told_in_every_view(assess, lang):
    table = {"R": {"a": "100%", "b": "75%", "gain": "4", "loss": "2"}}
    result = scored(assess, table, TREE + "cap before adjustments")
    text = result["R"].explain(lang)
    for said in ("Fame", "Fault", "92", "加分" if lang == "zh" else "Bonus"):
        assert said in text
    assert "Fame" in result["R"]._repr_html_()
    assert "Fame" in result._repr_html_()
    assert "Fame" in rules_html(result.rules, lang)


# ── rescaling to the best ────────────────────────────────────────────────────────────────────────────────────────────


BEST = """category x "X" 60 points { rescale to best within all
              indicator 1 "One" 60 points = judged(a) }
          category y "Y" 40 points { indicator 2 "Two" 40 points = judged(b) }"""
TWO = {"R": {"a": "50%", "b": "100%"}, "S": {"a": "40%", "b": "50%"}, "T": {"a": "0%", "b": "0%"}}


@pytest.mark.parametrize(
    ("carry", "totals"),
    [
        ("", [70, 44, 0]),  # 30 and 40, 24 and 20
        ("carry full", [70, 44, 0]),
        ("carry rescaled", [100, 68, 0]),  # 60 and 40, 60 × 40/50 and 20
        ("carry category rescaled", [100, 68, 0]),
        ("carry indicator rescaled", [70, 44, 0]),
    ],
)
def test_best_of_the_field_has_full_marks_and_the_others_their_share(assess, carry, totals):
    result = scored(assess, TWO, BEST, carry=carry, inputs="")
    assert [one.category("x").exact for one in result] == [60, 48, 0]
    assert [one.exact for one in result] == totals


def test_node_may_say_itself_what_its_parent_reads(assess):
    tree = BEST.replace("rescale to best", "carry rescaled rescale to best")
    assert [one.exact for one in scored(assess, TWO, tree, inputs="")] == [100, 68, 0]


def test_best_is_that_of_the_group_where_the_file_says_so(assess):
    tree = BEST.replace("within all", "within group")
    inputs = "group g { R } group h { S; T }"
    result = scored(assess, TWO, tree, carry="carry rescaled", inputs=inputs)
    assert [one.category("x").exact for one in result] == [60, 60, 0]


@pytest.mark.parametrize(
    ("keep", "policy", "expected"),
    [("or keep", "not computed", 0), ("", "zero", 0), ("", "full", 60), ("", "not computed", None)],
)
def test_best_of_zero_is_what_the_file_says(assess, keep, policy, expected):
    table = {"R": {"a": "0%", "b": "50%"}, "S": {"a": "0%", "b": "100%"}}
    tree = BEST.replace("within all", f"within all {keep}")
    result = scored(assess, table, tree, policies=f"missing: zero; undefined: {policy}; ties: min", inputs="")
    assert [one.category("x").exact for one in result] == [expected, expected]


def test_reference_is_no_part_of_the_field_and_may_stand_above_full_marks(assess):
    inputs = "group g { R; T } group city reference { S }"
    table = TWO | {"S": {"a": "60%", "b": "50%"}}
    result = scored(assess, table, BEST, inputs=inputs)
    # The best of the field has 50 %: 60 × 60/50.
    assert [one.category("x").exact for one in result] == [60, 72, 0]


def test_leaf_and_total_are_rescaled_and_rounded_after(assess):
    tree = """indicator 1 "One" 100 points { rescale to best within all score = judged(a) }
              rescale to best within all"""
    table = {"R": {"a": "60%"}, "S": {"a": "50%"}}
    result = scored(
        assess,
        table,
        tree,
        inputs="",
        round="round total half-up to 2 places",
        carry="compare full",
        rank="rank within all",
    )
    # 50/60 of 100 is 83.33.
    assert [one.total for one in result] == [Decimal("100.00"), Decimal("83.33")]
    assert result["S"].indicator(1).exact == Fraction(250, 3)
    assert "rescaled to the best" in result["S"].explain("en")
    assert "最高分折算" in result["S"].explain("zh")


def test_bonus_is_added_after_rescaling(assess):
    tree = """indicator 1 "One" 100 points = judged(a)
              rescale to best within all
              bonus fame "Fame" up to 5 points = gain
              cap before adjustments"""
    table = {"R": {"a": "60%", "gain": "0"}, "S": {"a": "30%", "gain": "5"}}
    assert [one.exact for one in scored(assess, table, tree)] == [100, 55]


def test_rescaled_and_recovered_scores_are_told_step_by_step(assess):
    # Every score reads zero, so the best is zero; what the policy puts in its place is a step of its own.
    tree = """indicator 1 "One" 100 points join harmonic {
                  carry rounded
                  rescale to best within all
                  part p weight 1 { carry rounded score = judged(a) }
                  part q weight 1 = judged(b)
              }"""
    table = {"R": {"a": "0%", "b": "50%"}, "S": {"a": "0%", "b": "20%"}}
    policies = "missing: zero; undefined: zero; ties: min"
    one = scored(assess, table, tree, policies=policies, inputs="")["R"]
    assert one.exact == 0
    for lang in ("en", "zh"):
        assert one.explain(lang)


def test_unbounded_result_holds_nothing(assess):
    tree = """category x "X" weight 1 = attain(v, target: 50, cap: 400%)
              category y "Y" weight 3 { score = judged(b) * 2 - 100% }"""
    one = assess(
        tree,
        {"R": {"v": "150", "b": "0%"}},
        scale="result r, unbounded, published half-up to 2 places",
        round="",
        rank="rank none",
        inputs="input v in number { range >= 0 }",
        policies="missing: zero; undefined: zero; ties: min",
    )["R"]
    # A rate of 3 and one of -1: (3 - 3)/4 = 0.
    assert one.exact == 0
    assert one.category("x").exact == 3
    assert one.category("y").exact == -1
