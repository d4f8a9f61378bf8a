"""The breakdown of a region: every figure down to its cell, the branch and the policy that applied, and what adds up."""

from fractions import Fraction

import pytest

import assessment
from assessment.core.absence import Absence
from assessment.number import add, compare, neg

SHARE = """input rd "R&D" in 亿元 { range >= 0 }
    input gdp "Output" in 亿元 { range > 0 }
    let share "R&D share" = rd / gdp in %"""


def line_of(one, path):
    return {line.id: line for line in one.breakdown.root.walk()}[path]


def step_of(line, kind, place=0):
    return [step for step in line.steps if step.kind == kind][place]


def amounts(one):
    return {part.line: part.amount.value for part in one.breakdown.contributions}


@pytest.fixture(scope="module")
def shares(assess):
    """R: 2 % after 1.9 %; S: 4 % after 4 %; U reports no R&D."""
    return assess(
        """indicator 1 "Level" 6 points = attain(share, target: mean(share, within: all))
           indicator 2 "Steps" 4 points = bands(share) { >= 3%: 4 points; >= 2%: 3 points; otherwise: 1 points }""",
        {
            2018: {
                "R": {"rd": "10", "gdp": "500"},
                "S": {"rd": "8", "gdp": "200"},
                "U": {"gdp": "100"},
            }
        },
        inputs=SHARE,
        round="round indicator half-up to 2 places; total half-up to 1 places",
    )


# ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_are_the_same_for_all_regions_and_runs(liaocheng, liaocheng_rules):
    again = liaocheng_rules.evaluate(liaocheng.outcome.data)
    places = {}
    for result in (liaocheng, again):
        for one in result:
            for line in one.breakdown.root.walk():
                for step in line.steps:
                    found = places.setdefault(step.id, (line.id, step.kind, step.name, step.formula))
                    assert found == (line.id, step.kind, step.name, step.formula)
                    assert step.id.rpartition("/")[0] == line.id
    assert len(places) > 50


def test_input_of_a_step_has_its_cell(liaocheng):
    steps = line_of(liaocheng["开发区"], "indicator 2.水平").steps
    rd = steps[0].ingredients[0]
    assert (rd.title.zh, rd.period, rd.input) == ("全社会R&D经费支出", 2018, "研发经费")
    # The file gives 54780 万元; the rules calculate in 亿元.
    assert rd.amount.value == Fraction("5.478")
    assert (rd.observation.text, rd.observation.unit) == ("54780", "万元")
    assert rd.observation.origin.row == 34


def test_step_of_the_year_before_says_its_year(liaocheng):
    steps = line_of(liaocheng["开发区"], "indicator 2.增幅").steps
    assert [(step.name, step.period) for step in steps if step.kind == "measure"] == [
        ("研发占比", 2018),
        ("研发占比", 2017),
    ]


def test_branch_that_fired_is_named_as_written(shares):
    branches = {one.region: step_of(line_of(one, "indicator 2"), "method").branch for one in shares}
    assert branches["R"].en == ">= 2%"
    assert branches["S"].en == ">= 3%"
    assert branches["U"] is None


def test_otherwise_is_a_branch(assess):
    one = assess(
        'indicator 1 "One" 10 points = bands(share) { >= 3%: 10 points; otherwise: 1 points }',
        {"R": {"rd": "1", "gdp": "500"}},
        inputs=SHARE,
    )["R"]
    assert step_of(line_of(one, "indicator 1"), "method").branch.en == "otherwise"


def test_statistic_lists_its_members_and_those_that_do_not_count(shares):
    (field,) = step_of(line_of(shares["R"], "indicator 1"), "method").fields
    assert [(m.region, m.amount.value, m.counted) for m in field.members] == [
        ("R", Fraction(2, 100), True),
        ("S", Fraction(4, 100), True),
        ("U", Absence.NOT_REPORTED, False),
    ]
    assert (field.op, field.over, field.result.value) == ("mean", "all", Fraction(3, 100))


def test_field_of_a_group_is_that_of_the_region(assess):
    result = assess(
        'indicator 1 "One" 10 points = by_rank(share, within: group, first: 100%, step: 10%, ties: min)',
        {name: {"rd": value, "gdp": "100"} for name, value in zip("RSUV", "1234", strict=True)},
        inputs=SHARE + "\ngroup g { R; S }\ngroup h { U }\ngroup city reference { V }",
    )
    fields = {one.region: step_of(line_of(one, "indicator 1"), "method").fields[0] for one in result}
    members = {region: [member.region for member in field.members] for region, field in fields.items()}
    # The reference region ranks nowhere and sees the others of its group, of which there are none.
    assert members == {"R": ["R", "S"], "S": ["R", "S"], "U": ["U"], "V": []}


def test_policy_that_applied_is_named_and_one_that_did_not_is_not_told(shares):
    told = {
        one.region: [step.formula for step in line_of(one, "indicator 1").steps if step.kind == "policy"]
        for one in shares
    }
    assert told == {"R": [], "S": [], "U": ["missing: zero"]}


def test_exemption_is_named_where_it_holds_even_if_there_was_no_value_before(assess):
    tree = """indicator 1 "None" 4 points { not applicable to g -> rescale in category score = judged(a) }
              indicator 2 "Two" 6 points = judged(b)"""
    row = {"a": "不适用", "b": "50%"}
    result = assess(tree, {"R": row, "S": row}, inputs="group g { R }\ngroup h { S }")
    told = {
        one.region: [s.formula for s in line_of(one, "indicator 1").steps if s.kind == "policy"]
        for one in result
    }
    # R is exempt; S only has data that do not apply, of which the file's own policy disposes.
    assert told == {
        "R": ["not applicable to g -> rescale in category"],
        "S": ["not applicable: rescale in category"],
    }


def test_exemption_of_an_indicator_that_is_scored_nowhere_is_named(liaocheng):
    for one in liaocheng:
        step = step_of(line_of(one, "indicator 1"), "policy")
        assert step.formula == "不适用 县（市、区）、市属开发区 → 分值并入 同一级指标"
        assert step.result.value is Absence.NOT_APPLICABLE


def test_value_that_a_formula_exceeded_has_a_ceiling_step(assess):
    tree = 'indicator 1 "One" 10 points = 10 points * (x / mean(x, within: all)) - 5 points'
    result = assess(
        tree, {"R": {"x": "8"}, "S": {"x": "1"}, "U": {"x": "21"}}, inputs="input x in 家 { range >= 0 }"
    )
    told = {
        one.region: [
            (s.title.en, s.result.value) for s in line_of(one, "indicator 1").steps if s.kind == "ceiling"
        ]
        for one in result
    }
    assert told == {"R": [], "S": [("held to the floor", 0)], "U": [("held to the ceiling", 1)]}


def test_points_step_multiplies_rate_and_points_possible(assess):
    tree = 'indicator 1 "One" 6 points = judged(a)\nindicator 2 "Two" 4 points = judged(b)'
    one = assess(tree, {"R": {"a": "不适用", "b": "25%"}})["R"]
    step = step_of(line_of(one, "indicator 2"), "points")
    assert {part.name: part.amount.value for part in step.ingredients} == {
        "rate": Fraction(1, 4),
        "possible": 10,
    }
    assert step.result.value == Fraction(5, 2)


def test_rounding_step_holds_both_values(shares):
    # R: 2 % of a mean of 3 % is two thirds of 6 points; with 3 points that is 7.
    step = step_of(line_of(shares["S"], "indicator 1"), "rounding")
    assert (step.ingredients[0].amount.value, step.result.value) == (6, 6)
    assert step.rounding.zh == "四舍五入，保留 2 位小数"
    assert line_of(shares["R"], "indicator 1").exact.value == 4


def test_absent_score_has_no_points_and_no_rounding_step(assess):
    one = assess(
        'indicator 1 "One" 6 points = judged(a)\nindicator 2 "Two" 4 points = judged(b)',
        {"R": {"b": "25%"}},
        policies="missing: not computed",
        round="round indicator half-up to 1 places; total half-up to 1 places",
    )["R"]
    line = line_of(one, "indicator 1")
    assert line.status is Absence.NOT_REPORTED
    assert [step.kind for step in line.steps] == ["method", "policy"]
    assert one.breakdown.contributions == ()


def test_line_says_clause_department_and_place_in_the_rules(liaocheng):
    line = line_of(liaocheng["冠县"], "indicator 10")
    assert line.clause == "附件2 第 10 项"
    assert line.departments == ("市发改委", "市科技局")
    assert line.key
    assert line.span.line == 152
    assert line.assumptions


# ── what adds up ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_contributions_and_residue_add_up_to_the_published_total(shares):
    # U: nothing of 6 and, missing counts as zero, nothing of 4. S: 6 + 4.
    assert amounts(shares["S"]) == {"indicator 1": 6, "indicator 2": 4}
    assert amounts(shares["U"]) == {"indicator 1": 0, "indicator 2": 0}


def test_rounding_residue_is_a_line_of_its_own(assess):
    tree = "\n".join(f'indicator {i} "I" {p} points = judged(a)' for i, p in ((1, 3), (2, 3), (3, 4)))
    one = assess(
        tree, {"R": {"a": "33.5%"}}, round="round indicator half-up to 1 places; total half-up to 1 places"
    )["R"]
    # Full: 1.005 + 1.005 + 1.34 = 3.35, published 3.4; published parts 1.0 + 1.0 + 1.3.
    assert amounts(one) == {
        "indicator 1": 1,
        "indicator 2": 1,
        "indicator 3": Fraction("1.3"),
        "residue": Fraction("0.1"),
    }
    assert one.breakdown.contributions[-1].title.en == "rounding residue"
    assert one.breakdown.root.residue.value == Fraction("0.1")


def test_contributions_of_every_region_of_the_example_add_up_to_the_last_digit(liaocheng):
    for one in liaocheng:
        present = [value for value in amounts(one).values() if isinstance(value, Fraction)]
        assert sum(present) == Fraction(one.total), one.region


def test_category_without_indicators_contributes_itself(assess):
    tree = """category x "X" 6 points = judged(a)
              category y "Y" { indicator 1 "One" 4 points = judged(b) }"""
    one = assess(tree, {"R": {"a": "50%", "b": "50%"}})["R"]
    assert amounts(one) == {"category x": 3, "indicator 1": 2}


def test_what_a_ceiling_cuts_is_not_called_rounding(assess):
    tree = """category x "X" 6 points up to 7 points {
                  indicator 1 "One" 4 points up to 6 points = attain(a, target: 50%, cap: 150%)
                  indicator 2 "Two" 2 points = judged(b)
              }
              indicator 3 "Three" 4 points = judged(c)"""
    inputs = "input a in % { range 0% to 100% }"
    result = assess(
        tree,
        {"R": {"a": "75%", "b": "100%", "c": "50%"}, "S": {"a": "1%", "b": "1%", "c": "0"}},
        inputs=inputs,
    )
    last = result["R"].breakdown.contributions[-1]
    assert (last.line, last.title.en, last.amount.value) == ("residue", "ceilings and rounding", -1)
    assert "residue" not in amounts(result["S"])
    step = step_of(line_of(result["R"], "category x"), "ceiling")
    assert step.result.value == 7


def test_total_that_is_no_sum_has_no_contributions(assess):
    one = assess(
        'category x "X" weight 1 = judged(a)\ncategory y "Y" weight 1 = judged(b)',
        {"R": {"a": "50%", "b": "50%"}},
        scale="result index on 0 to 1, published half-up to 3 places, ranked on rounded",
        rank="",
        round="",
    )["R"]
    assert one.breakdown.contributions == ()
    assert step_of(one.breakdown.root, "join").name == "mean"


def test_mean_of_points_contributes_like_a_sum(assess):
    tree = """category x "X" 10 points join mean {
                  indicator 1 "One" weight 1 = judged(a)
                  indicator 2 "Two" weight 3 = judged(b) }"""
    one = assess(tree, {"R": {"a": "100%", "b": "20%"}})["R"]
    assert amounts(one) == {"indicator 1": Fraction(5, 2), "indicator 2": Fraction(3, 2)}


def test_line_without_redistribution_has_the_points_that_are_stated(liaocheng):
    for one in liaocheng:
        for line in one.breakdown.root.walk():
            if line.id.startswith(("indicator 10", "indicator 11", "category support", "total")):
                assert line.possible.value == line.points.value


# ── grades, limits, ranks ────────────────────────────────────────────────────────────────────────────────────────────


def test_grade_is_told_with_the_threshold_that_was_reached(liaocheng):
    grading = liaocheng["开发区"].breakdown.grading
    assert (grading.branch.zh, grading.ingredients[0].amount.value) == (">= 80 分", Fraction("85.18"))


def test_limits_that_held_are_steps_with_their_text(liaocheng):
    (limit,) = liaocheng["开发区"].breakdown.limits
    assert limit.formula == "限制 当 严重失信：等次 至多 合格"
    assert limit.id == "limit/1"
    assert liaocheng["东昌府区"].breakdown.limits == ()


def test_sizes_count_those_that_are_ranked(assess):
    one = assess(
        'indicator 1 "One" 10 points = judged(a)',
        {"R": {"a": "50%"}, "S": {}, "U": {"a": "1%"}, "V": {"a": "1%"}},
        inputs="group g { R; S; U }\ngroup h { V }",
        policies="missing: not computed; ties: min",
        rank="compare full rank within group",
    )["R"]
    assert one.breakdown.sizes == {"group": 2, "all": 3}


def test_region_that_is_not_ranked_has_the_reason(assess):
    result = assess(
        'indicator 1 "One" 10 points = judged(a)',
        {"R": {"a": "50%"}, "S": {}},
        policies="missing: not computed; ties: min",
        rank="compare full rank within all",
    )
    assert result["S"].breakdown.ranks["all"].value is Absence.NOT_REPORTED


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_region_of_the_example_is_explained(liaocheng, lang):
    for one in liaocheng:
        text = one.explain(lang)
        assert one.region in text
        assert str(one.total) in text
        for indicator in one.indicators:
            assert indicator.explain(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_redistribution_is_explained_with_its_calculation(liaocheng, lang):
    text = liaocheng["开发区"].indicator(5).explain(lang)
    assert "44" in text
    assert "10 ÷ (10 + 8 + 6 + 6)" in text


def test_breakdown_is_the_same_whatever_was_asked_before(liaocheng_rules, liaocheng):
    again = liaocheng_rules.evaluate(liaocheng.outcome.data)
    for region in reversed(again.regions):
        assert again[region].breakdown.contributions == liaocheng[region].breakdown.contributions
        assert again[region].explain("zh") == liaocheng[region].explain("zh")


def test_points_of_the_lowest_of_several_go_with_the_line_above(assess):
    tree = """indicator 1 "One" 6 points join min { part p = judged(a) part q = judged(b) part r = judged(c) }
              indicator 2 "Two" 4 points = judged(d)"""
    one = assess(tree, {"R": {"a": "50%", "b": "80%", "c": "不适用", "d": "不适用"}})["R"]
    text = one.indicator(1).explain("en")
    # Each part stands for the whole indicator, which has all ten points; nobody takes over those of part r.
    assert text.count("points possible go with the line above from 6 points to 10 points") == 2
    assert "passed on" not in text
    assert one.total == 5


IRRATIONAL = """assessment residue for 2018 "Residue" {
    authority "None"
    total 20 points
    round total half-up to 2 places
    compare rounded
    policies { missing: zero; ties: min }
    unranked
    department office "Office"
    input x "X" in 家 { from office; range 0 to 100 }
    category c "C" {
        indicator 1 "one" 10 points { by office cite "a" score = goalposts(root(x, index: 2), from: 0, to: 10) }
        indicator 2 "two" 10 points { by office cite "a" score = goalposts(x, from: 0 家, to: 100 家) }
    }
}"""


def test_the_residue_is_what_rounding_left_and_not_an_irrational_score():
    rules = assessment.load(IRRATIONAL)
    result = rules.evaluate(assessment.read_data({2018: {"A": {"x": 2}}}, rules))
    breakdown = result["A"].breakdown
    # sqrt 2 + 0.2 = 1.6142… is published as 1.61: so 1.41 - sqrt 2 is left.
    residue = breakdown.contributions[-1]
    assert residue.line == "residue"
    assert compare(add(residue.amount.value, neg(Fraction("1.41"))), Fraction(0)) == -1
    parts = add(*(one.amount.value for one in breakdown.contributions))
    assert compare(parts, Fraction("1.61")) == 0
