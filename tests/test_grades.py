"""Grades with conditions and quotas: worked by hand on the edges, and against a plain second calculation."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assessment

RULES = """assessment grades for 2018 "Grades" {{
    authority "Notice 1"
    total 100 points
    round none
    compare full
    policies {{ missing: not computed; ties: min }}
    rank within group; order total, indicator 1
    group county "Counties" {{ a; b; c; d; e; f; g; h }}
    group zone "Zones" {{ y; z }}
    department office "Office"
    input first in % {{ range 0 % to 100 % }}
    input second in % {{ range 0 % to 100 % }}
    input fraud yes/no {{ missing counts as no }}
    indicator 1 "One" 60 points {{ by office; cite "Annex" item 1; score = judged(first) }}
    indicator 2 "Two" 40 points {{ by office; cite "Annex" item 2; score = judged(second) }}
{grades}
}}
"""


def graded(grades, values, fraud=()):
    rules = assessment.load(RULES.format(grades=grades))
    rows = {
        region: {"first": f"{one}%", "second": f"{two}%", "fraud": region in fraud}
        for region, (one, two) in values.items()
    }
    return rules.evaluate(assessment.read_data({2018: rows}, rules))


def grades_of(result):
    return {one.region: one.grade for one in result}


def unbroken(text):
    """A text without blanks and line breaks, wherever the terminal put them."""
    return "".join(text.split())


BEST = "    grade best >= 90 points, at most 30% within group (half-up, ties in)\n    grade good >= 80 points\n    grade rest otherwise"


def test_a_share_is_of_the_group_and_rounded_as_stated():
    # Eight counties: 30 % are 2.4, so two; two zones: 0.6, so one.
    values = {region: (100 - place, 100 - place) for place, region in enumerate("abcdefgh")}
    values |= {"y": (95, 95), "z": (94, 94)}
    found = grades_of(graded(BEST, values))
    assert [found[region] for region in "abcdefgh"] == ["best"] * 2 + ["good"] * 6
    assert (found["y"], found["z"]) == ("best", "good")
    down = grades_of(graded(BEST.replace("half-up", "up"), values))
    assert [down[region] for region in "abcd"] == ["best"] * 3 + ["good"]
    assert (down["y"], down["z"]) == ("best", "good")


def test_only_regions_with_a_total_are_in_the_field():
    # Three counties have a total: 30 % of 3 are 0.9, so one.
    values = {"a": (99, 99), "b": (98, 98), "c": (97, 97)}
    rules = assessment.load(RULES.format(grades=BEST))
    rows = {region: {"first": one, "second": two} for region, (one, two) in values.items()}
    rows |= {region: {"first": 99} for region in "defgh"}
    found = grades_of(rules.evaluate(assessment.read_data({2018: rows}, rules)))
    assert found == {"a": "best", "b": "good", "c": "good", **dict.fromkeys("defgh")}


@pytest.mark.parametrize(
    ("rule", "best"),
    [
        # a 99; b, c, d 95 with 57+38, 57+38 and 60+35 points: two places.
        ("(ties in)", "abcd"),
        ("(ties out)", "a"),
        # By the order of the ranks d stands before b and c, which are equal in indicator 1 too.
        ("(in order, ties in)", "ad"),
        ("(in order, ties out)", "ad"),
    ],
)
def test_ties_at_the_line(rule, best):
    values = {"a": (99, 99), "b": (95, 95), "c": (95, 95), "d": (100, "87.5"), "e": (90, 90)}
    grades = f"    grade best >= 90 points, at most 2 regions within group {rule}\n    grade rest otherwise"
    found = grades_of(graded(grades, values))
    assert "".join(region for region in "abcde" if found[region] == "best") == best


def test_a_tie_at_the_line_that_the_order_does_not_break():
    values = {"a": (99, 99), "b": (95, 95), "c": (95, 95)}
    for rule, best in (("(in order, ties in)", "abc"), ("(in order, ties out)", "a")):
        grades = (
            f"    grade best >= 90 points, at most 2 regions within group {rule}\n    grade rest otherwise"
        )
        found = grades_of(graded(grades, values))
        assert "".join(region for region in "abc" if found[region] == "best") == best


def test_who_is_beyond_one_quota_stands_for_the_next():
    grades = (
        "    grade best >= 90 points, at most 1 regions within group (ties out)\n"
        "    grade good >= 80 points, at most 2 regions within group (ties out)\n    grade rest otherwise"
    )
    # a takes the place of best; b (beyond it) and c those of good; d, whose total is enough for good, comes to rest.
    values = {"a": (99, 99), "b": (95, 95), "c": (85, 85), "d": (84, 84), "e": (10, 10)}
    found = grades_of(graded(grades, values))
    assert [found[region] for region in "abcde"] == ["best", "good", "good", "rest", "rest"]


def test_who_is_held_down_by_a_limit_takes_no_place():
    grades = (
        "    grade best >= 90 points, at most 1 regions within group (ties in)\n    grade good >= 80 points\n"
        "    grade rest otherwise\n    limit when fraud: grade at most good"
    )
    found = grades_of(graded(grades, {"a": (99, 99), "b": (95, 95), "c": (94, 94)}, fraud="a"))
    assert found == {"a": "good", "b": "best", "c": "good"}


CONDITION = "    grade best >= 80 points when all indicator rate >= 70%\n    grade good >= 80 points\n    grade rest otherwise"


def test_a_condition_stands_beside_the_threshold():
    # b: 100 % and 70 %, just enough: 60 + 28 = 88; c: 100 % and 69.9 %, not enough; d: 79.99 points with both above 70 %.
    values = {"a": (100, 100), "b": (100, 70), "c": (100, "69.9"), "d": ("79.99", "79.99"), "e": (80, 80)}
    found = grades_of(graded(CONDITION, values))
    assert found == {"a": "best", "b": "best", "c": "good", "d": "rest", "e": "best"}


def test_a_grade_that_a_limit_allows_must_still_be_earned():
    # Held to at most good, a does not meet the condition of good and comes to rest.
    grades = (
        "    grade best >= 90 points\n    grade good >= 80 points when indicator 2 rate >= 90%\n"
        "    grade rest otherwise\n    limit when fraud: grade at most good"
    )
    found = grades_of(graded(grades, {"a": (100, 80), "b": (100, 90)}, fraud="ab"))
    assert found == {"a": "rest", "b": "good"}


def test_the_explanation_tells_condition_quota_and_place():
    result = graded(CONDITION, {"c": (100, "69.9")})
    assert (
        "total 87.96 points (≥ 80 points), but the condition of “grade best >= 80 points when all indicator rate >= 70%” "
        "is not met (indicator 2 Two 69.9%): not best"
    ) in result["c"].explain("en").replace("\n  ", " ")
    said = "但不符合“等次 best >= 80 分 当 全部 指标 得分率 >= 70%”的条件（指标 2 Two 69.9%），不评为best"
    assert unbroken(said) in unbroken(result["c"].explain("zh"))
    values = {region: (100 - place, 100 - place) for place, region in enumerate("abcdefgh")}
    shown = graded(BEST, values)["c"].explain("en").replace("\n  ", " ")
    assert (
        "best: 8 regions with a total in the group, quota 2 (30%, half-up), place 3 among those who stand for it: "
        "beyond the quota"
    ) in shown
    assert "best by its score, lowered to good by the quota" in shown
    shown = graded(BEST, values)["c"].explain("zh").replace("\n  ", "")
    assert (
        "best：同组有总分的地区 8 个，名额 2 个（30%，四舍五入），在符合条件的地区中列第 3 名，未进入名额"
        in shown
    )


# ── a plain second calculation ───────────────────────────────────────────────────────────────────────────────────────

_totals = st.integers(0, 100)


@st.composite
def _fields(draw):
    regions = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True))
    values = {region: (draw(_totals), draw(_totals)) for region in regions}
    fraud = {region for region in regions if draw(st.booleans())}
    quotas = [
        (
            draw(st.sampled_from([None, 1, 2, 3, Fraction(30, 100), Fraction(50, 100)])),
            draw(st.sampled_from(["in", "out"])),
            draw(st.booleans()),
        )
        for _ in range(2)
    ]
    return values, fraud, quotas, draw(st.sampled_from([None, 50, 70]))


@given(_fields())
def test_grades_equal_a_plain_second_calculation(drawn):
    values, fraud, quotas, least = drawn
    bounds = [("best", 70), ("good", 40)]
    lines = []
    for (name, bound), (size, ties, ordered) in zip(bounds, quotas, strict=True):
        when = f" when indicator 2 rate >= {least}%" if least is not None and name == "best" else ""
        line = f"    grade {name} >= {bound} points{when}"
        if size is not None:
            words = [] if isinstance(size, int) else ["half-up"]
            words += ["in order"] if ordered else []
            amount = f"{size} regions" if isinstance(size, int) else f"{size * 100}%"
            line += f", at most {amount} within group ({', '.join([*words, f'ties {ties}'])})"
        lines.append(line)
    lines += ["    grade rest otherwise", "    limit when fraud: grade at most good"]
    found = grades_of(graded("\n".join(lines), values, fraud))

    total = {region: Fraction(60 * one + 40 * two, 100) for region, (one, two) in values.items()}
    expected = {}
    for place, ((name, bound), (size, ties, ordered)) in enumerate(zip(bounds, quotas, strict=True)):
        standing = {
            region
            for region in values
            if region not in expected
            and total[region] >= bound
            and (name != "best" or least is None or values[region][1] >= least)
            and not (place == 0 and region in fraud)
        }
        room = len(standing)
        if size is not None:
            room = size if isinstance(size, int) else int(size * len(values) + Fraction(1, 2))

        def key(region, ordered=ordered):
            return (total[region], values[region][0]) if ordered else (total[region],)

        for region in standing:
            before = sum(key(other) > key(region) for other in standing)
            equal = sum(key(other) == key(region) for other in standing)
            if (before + 1 if ties == "in" else before + equal) <= room:
                expected[region] = name
    assert found == {region: expected.get(region, "rest") for region in values}
