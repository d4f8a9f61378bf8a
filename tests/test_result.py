"""The public result: published figures as decimals with their places, exact ones beside them, and clear refusals."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.core.absence import Absence
from assessment.errors import UsageError

TREE = """category x "X" {
    indicator 1 ※ "One" 6 points { part p 4 points = judged(a) part q 2 points = judged(b) }
    indicator 2 "Two" 4 points = judged(c)
}
grade good >= 6 points; poor otherwise"""
ROUNDED = {
    "round": "round indicator half-up to 2 places; total half-up to 1 places",
    "rank": "compare rounded rank within group",
    "inputs": "group g { R; S }\ngroup h { U }\ngroup city reference { C }",
}


@pytest.fixture(scope="module")
def result(assess):
    """R: 4 × 1/3 + 2 × 0 + 4; S: 0; U: does not report c, which counts zero; C stands outside ranks."""
    return assess(
        TREE,
        {
            "R": {"a": "33.3%", "b": "0%", "c": "100%"},
            "S": {"a": "0%", "b": "0%", "c": "0%"},
            "U": {"a": "100%", "b": "100%"},
            "C": {"a": "100%", "b": "100%", "c": "100%"},
        },
        **ROUNDED,
    )


# ── the whole ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_regions_are_in_the_order_of_the_data(result):
    assert result.regions == ("R", "S", "U", "C")
    assert [one.region for one in result] == ["R", "S", "U", "C"]
    assert len(result) == 4


def test_ranking_puts_groups_one_after_another_and_reference_regions_last(result):
    assert [one.region for one in result.ranking()] == ["R", "S", "U", "C"]
    assert [one.region for one in result.ranking("group")] == ["R", "S", "U", "C"]
    assert [one.region for one in result.ranking("all")] == ["U", "R", "S", "C"]


def test_region_without_a_rank_comes_last_in_its_group(assess):
    found = assess(
        'indicator 1 "One" 10 points = judged(a)',
        {"R": {}, "S": {"a": "1%"}, "U": {"a": "2%"}},
        policies="missing: not computed; ties: min",
        inputs="group g { R; S }\ngroup h { U }",
        rank="compare full rank within group",
    )
    assert [one.region for one in found.ranking("group")] == ["S", "R", "U"]
    assert [one.region for one in found.ranking("all")] == ["U", "S", "R"]


def test_region_that_was_not_assessed_is_refused_with_the_nearest_name(liaocheng):
    with pytest.raises(UsageError) as caught:
        liaocheng["东昌府"]
    assert "东昌府区" in str(caught.value)


def test_period_is_the_assessed_one(result):
    assert result.period == 2018


def test_result_shows_itself_in_short(result):
    assert repr(result) == "<Result of t.small for 2018: 4 regions>"
    assert repr(result["R"]) == "<R: 5.3>"
    assert repr(result["R"].indicator(1)) == "<R, indicator 1: 1.33>"


# ── one region ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_total_has_the_places_of_its_rounding_and_exact_has_none(result):
    # 4 × 0.333 + 4 = 5.332.
    one = result["R"]
    assert (str(one.total), one.exact) == ("5.3", Fraction("5.332"))
    assert isinstance(one.total, Decimal)
    assert str(result["S"].total) == "0.0"


def test_total_that_is_not_rounded_is_exact(assess):
    table = {"R": {"a": "50%", "b": "不适用"}, "S": {"a": "33.3%", "b": "10%"}}
    tree = 'indicator 1 "One" 3 points = attain(a, target: 90%)\nindicator 2 "Two" 7 points = judged(b)'
    found = assess(tree, table, inputs="input a in % { range 0% to 100% }")
    # 10 × 5/9 has no decimal end; 3 × 0.37 + 0.7 has.
    assert found["R"].total == Fraction(50, 9)
    assert found["S"].total == Decimal("1.81")


def test_irrational_exact_value_is_a_pair_of_certified_bounds(assess):
    one = assess(
        'category x "X" weight 1 = judged(a)\ncategory y "Y" weight 1 = judged(b)\njoin geometric',
        {"R": {"a": "50%", "b": "100%"}},
        scale="result index on 0 to 1, published half-up to 3 places, ranked on rounded",
        rank="",
        round="",
        policies="missing: zero; ties: min",
    )["R"]
    low, high = one.exact
    assert one.total == Decimal("0.707")
    assert Fraction(low) ** 2 < Fraction(1, 2) < Fraction(high) ** 2
    assert Fraction(high) - Fraction(low) <= Fraction(1, 10**20)


def test_rank_grade_and_key_total_of_each_region(result):
    found = {one.region: (one.rank, one.grade, one.key_total) for one in result}
    assert found == {
        "R": (1, "poor", Decimal("1.3")),
        "S": (2, "poor", Decimal("0.0")),
        "U": (1, "good", Decimal("6.0")),
        "C": (None, "good", Decimal("6.0")),
    }
    assert all(isinstance(one.rank, int) for one in result if one.rank is not None)


def test_group_is_that_of_the_rules(result):
    assert [one.group for one in result] == ["g", "g", "h", "city"]


def test_absent_total_is_none_throughout(assess):
    one = assess(
        TREE,
        {"R": {"a": "1%", "b": "1%"}},
        policies="missing: not computed; ties: min",
        rank="compare full rank within all",
    )["R"]
    assert (one.total, one.exact, one.rank, one.grade) == (None, None, None, None)
    assert one.key_total == Decimal("0.06")


# ── one indicator ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_indicators_are_found_by_number_as_a_figure_or_as_text(result):
    one = result["R"]
    assert [found.number for found in one.indicators] == ["1", "2"]
    assert one.indicator(1).score == one.indicator("1").score == Decimal("1.33")
    assert (one.indicator(1).title, one.indicator(1).exact, one.indicator(1).possible) == (
        "One",
        Fraction("1.332"),
        6,
    )


def test_indicator_that_is_not_there_is_refused_with_those_that_are(result):
    with pytest.raises(UsageError, match="there is no indicator `3`; there are 1, 2"):
        result["R"].indicator(3)


def test_categories_are_found_by_name(result):
    assert result["R"].category("x").exact == Fraction("5.332")
    with pytest.raises(UsageError, match="no category `y`"):
        result["R"].category("y")


def test_status_says_why_there_is_no_score(assess):
    one = assess(TREE, {"R": {"a": "不适用", "b": "不适用", "c": "1%"}}, rank="compare full rank within all")[
        "R"
    ]
    assert one.indicator(1).status is Absence.NOT_APPLICABLE
    assert (one.indicator(1).score, one.indicator(1).possible) == (None, 0)
    assert one.indicator(2).status == "scored"


def test_line_of_an_indicator_is_that_of_the_breakdown(result):
    one = result["R"]
    assert one.indicator(1).line is one.lines["indicator 1"]
    assert [child.id for child in one.indicator(1).line.children] == ["indicator 1.p", "indicator 1.q"]
    assert list(one.lines) == [line.id for line in one.breakdown.root.walk()]


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_texts_are_in_the_language_of_the_rules_unless_another_is_asked_for(liaocheng, result):
    assert result["R"].language == "en"
    assert "Total" in result["R"].explain()
    assert "总分" in result["R"].explain("zh")
    assert liaocheng["冠县"].language == "zh"
    assert "总分" in liaocheng["冠县"].explain()
    assert "得分" in liaocheng["冠县"].indicator(2).explain()
    assert "score" in liaocheng["冠县"].indicator(2).explain("en")


def test_explanation_of_an_indicator_is_about_it_alone(result):
    text = result["R"].indicator(2).explain("en")
    assert "Indicator 2" in text
    assert "Indicator 1" not in text


# ── what must not matter ─────────────────────────────────────────────────────────────────────────────────────────────


def test_data_of_other_years_do_not_matter(assess):
    now = {"R": {"a": "50%", "b": "0%", "c": "0%"}}
    alone = assess(TREE, now, rank="compare full rank within all")
    beside = assess(TREE, {2018: now, 2017: {"R": {"a": "9%"}}}, rank="compare full rank within all")
    assert alone["R"].exact == beside["R"].exact == 2


def test_labels_and_remarks_are_those_of_the_data(liaocheng):
    assert liaocheng.labels
    assert liaocheng.labels == liaocheng.outcome.data.labels
    assert liaocheng.remarks == liaocheng.outcome.data.remarks


def test_rule_set_and_result_describe_the_same_indicators(liaocheng_rules, liaocheng):
    stated = {one.number: one.title for one in liaocheng_rules.indicators}
    assert {one.number: one.title for one in liaocheng["冠县"].indicators} == stated


def test_total_of_fewer_places_than_its_indicators_is_explained_with_what_is_left_over(result):
    # 1.33 + 4.00 are 5.33, published 5.3.
    one = result["R"]
    assert "-0.03" in one.explain("en")
    published = one.breakdown.contributions[-1]
    assert published.amount.value == Fraction("-0.03")
    assert result.to_json()


def test_total_of_unrounded_indicators_is_explained_with_what_is_left_over(assess):
    found = assess(
        'indicator 1 "One" 10 points = attain(a, target: 90%)',
        {"R": {"a": "50%"}},
        inputs="input a in % { range 0% to 100% }",
        round="round total half-up to 2 places",
    )
    # 50/9 = 5.555…, published 5.56.
    assert "≈0.00444444" in found["R"].explain("en")
    assert found.to_json()


# ── what a caller may write ──────────────────────────────────────────────────────────────────────────────────────────


def test_region_is_found_by_an_alias_of_the_rules(assess):
    found = assess(
        'indicator 1 "One" 10 points = judged(a)',
        {"R": {"a": "1%"}},
        inputs="group g { R alias Rome }",
        rank="compare full rank within group",
    )
    assert found["Rome"].region == "R"
    assert "Rome" in found
    assert "Paris" not in found


def test_indicator_is_found_by_a_full_width_number(result):
    assert result["R"].indicator("２").title == "Two"


def test_unknown_field_of_a_ranking_is_wrong_usage(result):
    with pytest.raises(UsageError, match="`within` is `group` or `all`, not `county`"):
        result.ranking("county")


def test_unknown_language_is_wrong_usage(result):
    with pytest.raises(UsageError, match="`lang` is `zh` or `en`, not `fr`"):
        result["R"].explain(lang="fr")
    with pytest.raises(UsageError, match="`lang` is `zh` or `en`, not `fr`"):
        result["R"].indicator(1).explain(lang="fr")
