"""Places from both ends, keys with the lowest first, and grades and places of earlier years in conditions."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import assessment
from assessment.audit.json import schema_text
from assessment.errors import RulesError
from assessment.report.csv_table import csv_text
from assessment.report.view import view

RULES = """
assessment standing for 2018 "Standing" {{
    authority "Notice 1"
    total 100 points
    round total half-up to 0 places
    compare {compare}
    policies {{ missing: not computed; not applicable: not computed; ties: {ties} }}
    rank within {within}, from both ends; order {order}
    department office "Office"
    group county "Counties" {{ a; b; c; d; e; f }}
    group zone "Zones" {{ y; z }}
    input first in % {{ from office; range 0 % to 100 % }}
    input second in % {{ from office; range 0 % to 100 % }}
    input energy in t {{ from office; range >= 0 }}
    input before "Last year's grade" level good, fair, poor {{ from office }}
    indicator 1 "One" 60 points {{ by office; cite "Annex" item 1; score = judged(first) }}
    indicator 2 ※ "Two" 40 points {{ by office; cite "Annex" item 2; score = judged(second) }}
    grade good >= 80 points
    grade fair >= 60 points
    grade poor otherwise
{more}
}}
"""


def ruled(*, ties="min", within="all", order="total", compare="full", more=""):
    text = RULES.format(ties=ties, within=within, order=order, compare=compare, more=more)
    return assessment.load(text)


def row(first, second, energy=1, before="good"):
    return {"first": str(first), "second": str(second), "energy": str(energy), "before": before}


def of_year(rules, rows, year=2018):
    return rules.evaluate(assessment.read_data({year: rows}, rules), period=year)


def ends(result):
    return {one.region: (one.rank, one.rank_from_bottom) for one in result}


TIED = {"a": row(90, 90), "b": row(80, 80), "c": row(80, 80), "d": row(70, 70)}


@pytest.mark.parametrize(
    ("ties", "b", "a", "d"),
    [
        # Of 90, 80, 80, 70 points the middle two share a place from either end, whatever number that is.
        ("min", (2, 2), (1, 4), (4, 1)),
        ("max", (3, 3), (1, 4), (4, 1)),
        ("mean", (Fraction(5, 2), Fraction(5, 2)), (1, 4), (4, 1)),
        ("dense", (2, 2), (1, 3), (3, 1)),
    ],
)
def test_ties_are_counted_anew_from_the_bottom(ties, b, a, d):
    found = ends(of_year(ruled(ties=ties), TIED))
    assert found == {"a": a, "b": b, "c": b, "d": d}


def test_places_from_the_bottom_are_those_of_the_group():
    found = ends(of_year(ruled(within="group"), {**TIED, "y": row(10, 10), "z": row(20, 20)}))
    assert found == {"a": (1, 4), "b": (2, 2), "c": (2, 2), "d": (4, 1), "y": (2, 1), "z": (1, 2)}


def test_who_is_out_of_the_ranking_has_no_place_from_either_end():
    more = "    veto v when energy > 5 t: out of ranking"
    found = ends(of_year(ruled(more=more), {**TIED, "d": row(70, 70, 9)}))
    assert found == {"a": (1, 3), "b": (2, 1), "c": (2, 1), "d": (None, None)}


@pytest.mark.parametrize(
    ("order", "places"),
    [
        # b 48 + 32, c 51 + 29, d 51 + 29 = 80 points each; energy 3, 2, 1.
        ("total", {"a": (1, 4), "b": (2, 1), "c": (2, 1), "d": (2, 1)}),
        ("total, energy lowest first", {"a": (1, 4), "b": (4, 1), "c": (3, 2), "d": (2, 3)}),
        ("total, energy", {"a": (1, 4), "b": (2, 3), "c": (3, 2), "d": (4, 1)}),
        ("total, energy highest first", {"a": (1, 4), "b": (2, 3), "c": (3, 2), "d": (4, 1)}),
        ("total, key total, energy lowest first", {"a": (1, 4), "b": (2, 3), "c": (4, 1), "d": (3, 2)}),
        ("total, key total lowest first, energy", {"a": (1, 4), "b": (4, 1), "c": (2, 3), "d": (3, 2)}),
        ("energy lowest first", {"a": (4, 1), "b": (3, 2), "c": (2, 3), "d": (1, 4)}),
    ],
)
def test_each_key_has_its_own_direction(order, places):
    rows = {"a": row(90, 90, 9), "b": row(80, 80, 3), "c": row(85, "72.5", 2), "d": row(85, "72.5", 1)}
    assert ends(of_year(ruled(order=order), rows)) == places


def test_a_key_says_whether_it_is_full_or_rounded():
    # 84.6 and 85.4 points, both published as 85: equal where rounded, and then the second key decides.
    rows = {"a": row(81, 90), "b": row(89, 80)}
    assert ends(of_year(ruled(order="total full"), rows)) == {"a": (2, 1), "b": (1, 2)}
    assert ends(of_year(ruled(order="total rounded"), rows)) == {"a": (1, 1), "b": (1, 1)}
    assert ends(of_year(ruled(order="total rounded, indicator 2 full"), rows)) == {"a": (1, 2), "b": (2, 1)}
    assert ends(of_year(ruled(compare="rounded", order="total, indicator 2"), rows)) == {
        "a": (1, 2),
        "b": (2, 1),
    }


def test_the_place_from_the_bottom_is_shown():
    rules = ruled(within="group")
    result = of_year(rules, TIED)
    assert csv_text(view(result, "zh")).splitlines()[:2] == [
        "组别,名次,倒数名次,地区,总分,等次,重点指标得分,1 One（60 分）,2 ※ Two（40 分）",
        "Counties,1,4,a,90,good,36,54,36",
    ]
    assert "place 2 of 4 in the group, place 2 from the bottom" in result["b"].explain("en").replace(
        "\n", " "
    )
    assert "同组第 2 名（共 4 个，倒数第 2 名）" in result["b"].explain("zh").replace("\n  ", "")
    found = result.to_json()
    Draft202012Validator(json.loads(schema_text())).validate(found)
    assert found["regions"][0]["from_bottom"]["group"]["value"] == {"form": "number", "value": "4"}


def test_a_file_that_does_not_publish_it_shows_none():
    text = RULES.format(ties="min", within="all", order="total", compare="full", more="")
    result = of_year(assessment.load(text.replace(", from both ends", "")), TIED)
    assert result["a"].rank_from_bottom is None
    assert result["a"].breakdown.from_bottom == {}


def test_conditions_read_the_place_from_the_bottom():
    more = "    limit when total rank from the bottom <= 2: grade at most poor"
    result = of_year(ruled(more=more), {**TIED, "d": row(75, 75)})
    # From the bottom d is first, b and c are second.
    assert {one.region: one.grade for one in result} == {"a": "good", "b": "poor", "c": "poor", "d": "poor"}


# ── grades and places of earlier years ───────────────────────────────────────────────────────────────────────────────

TWICE = """    veto twice "Poor twice" when grade = poor and {asked} grade[-1] = poor: barred from "awards"
    veto last "Last twice" when total rank from the bottom <= 1 and not absent total rank[-1] and total rank from the bottom[-1] <= 1: barred from "office"
    limit when not absent total rank[-1] and total rank > total rank[-1]: grade at most fair"""


def years(rules, *tables):
    data = assessment.read_data({2017 + place: table for place, table in enumerate(tables)}, rules)
    return rules.evaluate(data, periods="all")


@pytest.fixture(scope="module")
def transitions():
    rules = ruled(more=TWICE.format(asked="not absent grade[-1] and"))
    # Totals: a 85 and then 82, b 80 and then 90, c 50 and then 55, d 40 and then 65.
    return years(
        rules,
        {"a": row(85, 85), "b": row(80, 80), "c": row(50, 50), "d": row(40, 40)},
        {"a": row(82, 82), "b": row(90, 90), "c": row(55, 55), "d": row(65, 65)},
    )


def test_grades_of_two_years_running(transitions):
    first, second = transitions
    assert [one.grade for one in first] == ["good", "good", "poor", "poor"]
    # a falls from the first place to the second, and c from the third to the last.
    assert [one.grade for one in second] == ["fair", "good", "poor", "fair"]
    assert [one.breakdown.barred for one in second] == [(), (), ("awards",), ()]
    assert [one.breakdown.barred for one in first] == [(), (), (), ()]


def test_the_explanation_names_the_years(transitions):
    en = transitions[2018]["c"].explain("en").replace("\n  ", " ")
    assert "holds (grade poor; grade (2017) poor)" in en
    zh = "".join(transitions[2018]["a"].explain("zh").split())
    assert "（总分名次第2名；总分名次（2017年）第1名），等次不高于fair" in zh


def test_who_has_no_earlier_grade_is_as_the_rule_says():
    held = ruled(more=TWICE.format(asked="absent grade[-1] or grade = poor and"))
    (only,) = years(held, {"c": row(50, 50), "a": row(90, 90)})
    assert {one.region: one.breakdown.barred for one in only} == {"c": ("awards",), "a": ()}
    with pytest.raises(RulesError) as raised:
        ruled(more=TWICE.format(asked=""))
    errors = [one.code for one in raised.value.diagnostics if one.severity.value == "error"]
    assert errors == ["no-rule-without-earlier"]


def test_a_region_that_was_not_ranked_has_neither_place_nor_grade():
    rules = ruled(more=TWICE.format(asked="not absent grade[-1] and"))
    absent = {"first": "不适用", "second": "不适用", "energy": "1", "before": "good"}
    first, second = years(rules, {"a": absent, "c": row(50, 50)}, {"a": row(50, 50), "c": row(40, 40)})
    assert (first["a"].grade, first["a"].rank) == (None, None)
    # a was not ranked, so that no rule about two years holds; c falls from the first place to the last.
    assert second["a"].breakdown.barred == ()
    assert second["c"].breakdown.barred == ("awards", "office")


def test_last_years_grade_as_data():
    more = """    veto leap "Class change" when grade > before: barred from "rest"
    limit when before = poor: grade at most fair"""
    found = of_year(
        ruled(more=more),
        {"a": row(90, 90, before="fair"), "b": row(90, 90, before="good"), "c": row(90, 90, before="poor")},
    )
    assert [(one.grade, one.breakdown.barred) for one in found] == [
        ("good", ("rest",)),
        ("good", ()),
        ("fair", ("rest",)),
    ]


def test_last_years_place_as_data():
    text = RULES.format(
        ties="min",
        within="all",
        order="total",
        compare="full",
        more="    limit when not absent place and total rank > place: grade at most fair",
    )
    rules = assessment.load(
        text.replace(
            "    indicator 1",
            '    input place "Last place" in 位 { from office; range >= 1 }\n    indicator 1',
        )
    )
    # a was second and is first, b was first and is second, c was not ranked.
    rows = {"a": row(95, 95), "b": row(90, 90), "c": row(85, 85)}
    places = {"a": "2", "b": "1", "c": "不适用"}
    found = of_year(rules, {name: {**one, "place": places[name]} for name, one in rows.items()})
    assert [one.grade for one in found] == ["good", "fair", "good"]


_LEVELS = ("good", "fair", "poor")


@given(st.sampled_from(_LEVELS), st.sampled_from(_LEVELS), st.sampled_from([">", ">=", "<", "<=", "=", "!="]))
def test_the_better_of_two_grades_is_the_larger(now, before, op):
    rules = _compared(op)
    points = {"good": 85, "fair": 65, "poor": 10}[now]
    (one,) = of_year(rules, {"a": row(points, points, before=before)})
    better = _LEVELS.index(before) - _LEVELS.index(now)
    holds = {">": better > 0, ">=": better >= 0, "<": better < 0, "<=": better <= 0}
    holds |= {"=": better == 0, "!=": better != 0}
    assert (one.breakdown.barred == ("x",)) is holds[op]


def _compared(op, known={}):  # noqa: B006 # a memory of loaded rules
    if op not in known:
        known[op] = ruled(more=f'    veto v when grade {op} before: barred from "x"')
    return known[op]


def test_a_veto_that_tells_reads_the_grade_after_those_that_act():
    # b loses indicator 1 and with it the grade; that its grade is poor is then told.
    more = """    veto fraud when energy > 5 t: indicator 1 zero
    veto told when grade = poor: barred from "x", out of ranking"""
    found = of_year(ruled(more=more), {"a": row(70, 70), "b": row(90, 90, 9), "c": row(90, 90)})
    assert [(one.grade, one.breakdown.barred, one.rank) for one in found] == [
        ("fair", (), 2),
        ("poor", ("x",), None),
        ("good", (), 1),
    ]


def test_a_prize_for_a_change_of_class():
    # 河北: from C to B earns a prize.
    more = """    result prize "Prize" = decide { not absent grade[-1] and grade > grade[-1]: 100%; otherwise: 0% } * 11000000 yuan in yuan unbounded, published full, unranked"""
    first, second = years(
        ruled(more=more), {"a": row(65, 65), "b": row(85, 85)}, {"a": row(85, 85), "b": row(85, 85)}
    )
    assert [one.results["prize"].value for one in second] == [11000000, 0]
    assert [one.results["prize"].value for one in first] == [0, 0]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=6),
    st.sampled_from(["min", "max", "mean", "dense"]),
)
def test_places_from_both_ends_equal_a_plain_second_calculation(drawn, ties):
    rows = {
        name: row(10 * first, 10 * first, energy)
        for name, (first, energy) in zip("abcdef", drawn, strict=False)
    }
    found = ends(of_year(_tied(ties), rows))
    # The total first, then the least energy.
    keys = {name: (first, -energy) for name, (first, energy) in zip("abcdef", drawn, strict=False)}
    for name, own in keys.items():
        for place, ahead in zip(
            found[name],
            ([k for k in keys.values() if k > own], [k for k in keys.values() if k < own]),
            strict=True,
        ):
            equal = sum(one == own for one in keys.values())
            first = len(set(ahead)) if ties == "dense" else len(ahead)
            more = {"min": 0, "dense": 0, "max": equal - 1, "mean": Fraction(equal - 1, 2)}[ties]
            assert place == first + 1 + more


def _tied(ties, known={}):  # noqa: B006 # a memory of loaded rules
    if ties not in known:
        known[ties] = ruled(ties=ties, order="total, energy lowest first")
    return known[ties]
