"""Marks: worked by hand on the edges, and against a plain second calculation."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assessment
from assessment.audit.json import to_json
from assessment.report.view import view

RULES = """assessment marks for 2018 "Marks" {{
    authority "Notice 1"
    total 100 points
    round none
    compare full{adjusting}
    policies {{ missing: not computed; ties: min; not applicable: not computed }}
    rank within all; order total, indicator 1
    group county "Counties" {{ a; b; c; d; e; f; g; h }}
    group zone "Zones" {{ y; z }}
    group upper "Upper" reference {{ 市 }}
    department office "Office"
    input first in % {{ from office; range 0 % to 100 % }}
    input second in % {{ from office; range 0 % to 100 % }}
    input fraud "Fraud" yes/no {{ from office; missing counts as no }}
    indicator 1 "One" 60 points {{ by office; cite "Annex" item 1; score = judged(first) }}
    indicator 2 "Two" 40 points {{ by office; cite "Annex" item 2; score = judged(second) }}
{marks}
}}
"""


def rules_of(marks, adjusting=""):
    return RULES.format(marks=marks, adjusting=adjusting)


def evaluated(marks, values, fraud=(), adjusting=""):
    rules = assessment.load(rules_of(marks, adjusting))
    rows = {
        region: {"first": f"{one}%", "second": f"{two}%", "fraud": region in fraud}
        for region, (one, two) in values.items()
    }
    return rules.evaluate(assessment.read_data({2018: rows}, rules))


def holders(result, mark):
    return "".join(one.region for one in result if mark in one.marks)


def errors(marks, adjusting=""):
    found = assessment.check(rules_of(marks, adjusting))
    return [(one.code, one.span.text) for one in found if one.severity.value == "error"]


EVEN = {region: (score, score) for region, score in zip("abcdefgh", range(99, 91, -1), strict=True)}


def test_all_for_whom_the_condition_holds_without_a_quota():
    # 97 is on the edge of the condition: c has the mark, d with 96 has not.
    assert holders(evaluated("mark good when total >= 97 points", EVEN), "good") == "abc"


def test_awards_by_list_go_to_those_who_have_no_better_one():
    marks = (
        "mark first, at most 2 regions within all (by total, ties in)\n"
        "mark second when not marked first, at most 3 regions within all (by total, ties in)"
    )
    found = evaluated(marks, EVEN)
    assert (holders(found, "first"), holders(found, "second")) == ("ab", "cde")


@pytest.mark.parametrize(
    ("quota", "marked"),
    [
        # Eight counties and two zones: 25 % of ten are 2.5; of eight 2, of two 0.5.
        ("at most 25% within all (by total, half-up, ties in)", "aby"),
        ("at most 25% within all (by total, down, ties in)", "ay"),
        ("at most 25% within group (by total, half-up, ties in)", "aby"),
        ("at most 25% within group (by total, half-even, ties in)", "ab"),
        ("at most 25% within county (by total, half-up, ties in)", "ab"),
        ("at most 50% within zone (by total, half-up, ties in)", "y"),
        ("at most 2 units within all (by total lowest first, ties in)", "hz"),
        ("at most 2 units within all (by total highest first, ties in)", "ay"),
    ],
)
def test_the_field_the_share_and_who_is_chosen(quota, marked):
    values = EVEN | {"y": (98.5, 98.5), "z": (10, 10)}
    assert holders(evaluated(f"mark m, {quota}", values), "m") == marked


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        # a 99; b, c, d 95 with 57+38, 57+38 and 60+35 points: two places.
        ("by total, ties in", "abcd"),
        ("by total, ties out", "a"),
        ("by total, by indicator 1, ties in", "ad"),
        ("by total, by indicator 2, ties in", "abc"),
        ("by total, by indicator 2, ties out", "a"),
        ("by total, in order, ties out", "ad"),
        ("in order, ties out", "ad"),
    ],
)
def test_ties_at_the_line(words, marked):
    values = {"a": (99, 99), "b": (95, 95), "c": (95, 95), "d": (100, "87.5"), "e": (90, 90)}
    assert holders(evaluated(f"mark m, at most 2 regions within all ({words})", values), "m") == marked


def test_who_is_barred_takes_no_place():
    marks = (
        "mark best, at most 2 regions within all (by total, ties in)\n"
        'veto fraud "False data" when fraud: barred from {}'
    )
    for what in ("best", '"best"', "every mark"):
        found = evaluated(marks.format(what), EVEN, fraud="a")
        assert holders(found, "best") == "bc"
        assert found["a"].breakdown.barred == ("best",)
    told = evaluated(marks.format('"other awards"'), EVEN, fraud="a")
    assert holders(told, "best") == "ab"


def test_who_is_out_of_the_ranking_counts_in_no_quota():
    # 20 % of the eight are 1.6, of the five that are ranked 1.
    marks = "mark m, at most 20% within all (by total, half-up, ties in)\nveto v when fraud: out of ranking"
    assert holders(evaluated(marks, EVEN), "m") == "ab"
    assert holders(evaluated(marks, EVEN, fraud="agh"), "m") == "b"


def test_reference_subjects_stand_outside_quotas():
    # With the city there would be nine: 50 % are 4.5, up 5.
    marks = "mark m, at most 50% within all (by total, up, ties in)"
    assert holders(evaluated(marks, EVEN | {"市": (100, 100)}), "m") == "abcd"


def test_only_who_has_the_value_to_go_by_is_in_the_field():
    rules = assessment.load(rules_of("mark m, at most 50% within all (by first, half-up, ties in)"))
    rows = {region: {"first": f"{one}%", "second": "50%"} for region, (one, _) in EVEN.items()}
    for region in "abcd":
        del rows[region]["first"]
    found = rules.evaluate(assessment.read_data({2018: rows}, rules))
    assert holders(found, "m") == "ef"  # 50 % of 4
    assert found["a"].breakdown.marks[0].held.value.value == "not reported"


def test_a_condition_that_is_open_leaves_the_mark_open():
    rules = assessment.load(rules_of("mark m when first > 50%\nmark n when second > 50% or first > 50%"))
    found = rules.evaluate(assessment.read_data({2018: {"a": {"second": "60%"}}}, rules))
    assert found["a"].marks == ("n",)
    assert found["a"].breakdown.marks[0].held.value.value == "not reported"


def test_a_bonus_for_at_most_a_tenth_of_the_units():
    # A mark that rests on data alone can be read by a bonus: one of the eight (10 % are 0.8) gets two points.
    marks = (
        "mark led when first >= 95%, at most 10% within all (by first, half-up, ties in)\n"
        'bonus lead "Lead" up to 2 points { not applicable to all when not marked led -> zero; score = 2 points }\n'
        "cap before adjustments"
    )
    found = evaluated(marks, EVEN, adjusting=" after adjustments")
    assert [one.total for one in found][:3] == [101, 98, 97]


def test_a_share_of_the_regions_that_have_a_mark():
    marks = (
        "mark low when total < 94 points\n"
        'let unit "Unit" = 1\n'
        "let share = total_of(unit, within: all, where: marked low) / total_of(unit, within: all) in %\n"
        "mark any when share > {}"
    )
    # g and h are two of eight: 25 %.
    assert holders(evaluated(marks.format("25%"), EVEN), "any") == ""
    assert holders(evaluated(marks.format("24.9%"), EVEN), "any") == "abcdefgh"


def test_grades_limits_vetoes_and_results_read_marks():
    marks = (
        "mark top, at most 1 regions within all (by total, ties in)\n"
        "mark low when total < 93 points\n"
        "grade best >= 90 points when marked top\ngrade good >= 80 points\ngrade rest otherwise\n"
        "limit when marked low: grade at most rest\n"
        "veto second when marked low: indicator 2 zero"
    )
    found = evaluated(marks, EVEN)
    assert [one.grade for one in found] == ["best", *["good"] * 6, "rest"]
    # h had 92 and the mark `low`, by which a veto takes its 36.8 points of indicator 2.
    assert found["h"].total == Fraction("55.2")


def test_marks_read_scores_after_vetoes_and_vetoes_read_marks_before_them():
    marks = (
        "mark top, at most 1 regions within all (by total, ties in)\n"
        "veto gone when marked top: indicator 1 zero"
    )
    found = evaluated(marks, EVEN)
    # The veto strikes a, which was the best before; the mark that is awarded goes to b.
    assert found["a"].total == Fraction("39.6")
    assert holders(found, "top") == "b"


def test_marks_of_the_year_before():
    rules = assessment.load(
        rules_of(
            "mark top when total >= 97 points\nmark again when not absent marked top[-1] and marked top[-1] and marked top"
        )
    )
    rows = {
        year: {region: {"first": one, "second": one} for region, one in scores.items()}
        for year, scores in {2017: {"a": 97, "b": 96}, 2018: {"a": 99, "b": 99}}.items()
    }
    found = rules.evaluate(assessment.read_data(rows, rules), period=2018)
    assert holders(found, "again") == "a"


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("mark a when marked b\nmark b when not marked a", ["cycle"]),
        ("mark a when not absent marked a[-1] and marked a[-1]", ["cycle"]),
        ("mark a when total > 3 points\nveto v when marked a: barred from a", ["cycle"]),
        (
            "mark a, at most 2 regions within all (by total, ties in)\nresult r = indicator 1 full / 2 unbounded, published full, unranked",
            [],
        ),
        ("mark a when total > 3 points\nlet x = total full\nmark b when x > 3 points and marked a", []),
    ],
)
def test_a_mark_that_needs_itself_is_found_without_data(marks, found):
    assert [code for code, _ in errors(marks)] == found


def test_a_bonus_that_reads_a_mark_made_from_the_total_is_a_cycle():
    marks = (
        "mark a when total > 3 points\ncap before adjustments\n"
        "bonus q up to 1 points { not applicable to all when marked a -> zero; score = 1 points }"
    )
    assert [code for code, _ in errors(marks, " after adjustments")] == ["cycle"]


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("mark a", [("missing-statement", "mark a")]),
        (
            "mark a, at most 10% within all (by total, ties in)",
            [("quota-not-rounded", "at most 10% within all (by total, ties in)")],
        ),
        (
            "mark a, at most 3 within all (by total, half-up, ties in)",
            [("quota-not-rounded", "at most 3 within all (by total, half-up, ties in)")],
        ),
        ("mark a, at most 3 within all (by total)", [("no-tie-rule", "at most 3 within all (by total)")]),
        ("mark a, at most 3 within all (ties in)", [("missing-statement", "at most 3 within all (ties in)")]),
        ("mark a, at most 3 within countis (in order, ties in)", [("unknown-group", "countis")]),
        ("mark a, at most 3 within all (by fraud, ties in)", [("kind-mismatch", "fraud")]),
        ("mark a, at most 100% within all (by total, up, ties in)", [("quota-out-of-range", "100%")]),
        ("mark a when first", [("kind-mismatch", "first")]),
        ("mark a when marked bb", [("unknown-name", "bb")]),
        ("mark a when fraud\nmark a when not fraud", [("duplicate-name", "a")]),
        ("veto v when fraud: barred from a", [("unknown-name", "a")]),
        ("veto v when fraud: barred from every mark", [("veto-without-effect", "barred from every mark")]),
    ],
)
def test_what_a_mark_lacks_is_reported(mark, found):
    assert errors(mark) == found


def test_a_share_that_nobody_of_a_group_can_have_is_a_warning():
    found = assessment.check(rules_of("mark a, at most 20% within zone (by total, down, ties in)"))
    assert [one.code for one in found] == ["unused-input", "quota-for-nobody"]


def test_a_quota_within_a_reference_group_is_a_warning():
    found = assessment.check(rules_of("mark a, at most 2 units within upper (by total, ties in)"))
    assert [one.code for one in found] == ["unused-input", "quota-for-nobody"]


def test_a_value_to_go_by_that_must_not_lack_is_an_error():
    marks = "input late in 件 { from office; range >= 0 }\nmark m, at most 2 units within all (by late lowest first, ties in)"
    rules = assessment.load(rules_of(marks).replace("missing: not computed", "missing: error"))
    rows = {region: {"first": "50%", "second": "50%", "late": 1} for region in "abcdefghyz市"}
    del rows["c"]["late"]
    with pytest.raises(assessment.DataError) as raised:
        rules.evaluate(assessment.read_data({2018: rows}, rules))
    assert [one.code for one in raised.value.diagnostics] == ["data-missing"]


def test_the_record_tells_who_has_the_places_the_line_and_who_is_equal_at_it():
    values = {"a": (99, 99), "b": (95, 95), "c": (95, 95), "d": (80, 80)}
    for ties, who, said in (
        ("in", ("a", "b", "c"), "equal at the line: b, c, who all come in"),
        ("out", ("a",), "equal at the line: b, c, who all stay out"),
    ):
        marks = (
            f'mark m "Best" when total > 85 points, at most 50% within all (by total, half-up, ties {ties})'
        )
        found = evaluated(marks, values)
        (mark,) = found["c"].breakdown.marks
        assert (mark.holders, mark.tied) == (who, ("b", "c"))
        assert mark.line.value == (95 if ties == "in" else 99)
        told = " ".join(found["c"].explain("en").split())
        assert said in told
        assert "4 regions to choose from, quota 2 (50%, half-up), place" in told
        assert "not given, its condition is not met (total 80 points)" in " ".join(
            found["d"].explain("en").split()
        )
        assert "线上同分：b、c" in found["c"].explain("zh")
        written = to_json(found["c"].breakdown)["marks"][0]
        assert (written["holders"], written["tied"]) == (list(who), ["b", "c"])
        assert written["held"]["value"] == {"form": "yes/no", "value": ties == "in"}


def test_tables_and_frames_show_marks():
    found = evaluated('mark m "Best" when total > 97 points\nmark n "New" when fraud', EVEN, fraud="b")
    for lang, column in (("en", "Marks"), ("zh", "认定")):
        table = view(found, lang).ranking
        at = [one.title for one in table.columns].index(column)
        comma = "、" if lang == "zh" else ", "
        assert [row[at].text for row in table.rows][:3] == ["Best", f"Best{comma}New", ""]
    assert list(found.to_pandas()["marks"])[:3] == ["m", "m, n", ""]


def test_rules_without_marks_show_no_column():
    found = evaluated("", EVEN)
    assert "Marks" not in [one.title for one in view(found, "en").ranking.columns]
    assert "marks" not in found.to_pandas()
    assert found["a"].marks == ()


def test_examples_expect_marks():
    rules = assessment.load(
        rules_of(
            'mark m when total >= 50 points\nexample "e" { given a { first 50%; second 50% } '
            "given b { first 40%; second 50% } expect a marked m; b not marked m }"
        )
    )
    assert assessment.test(rules).passed
    wrong = rules_of(
        'mark m when total >= 50 points\nexample "e" { given a { first 40%; second 50% } expect marked m }'
    )
    assert [one.code for one in assessment.test(assessment.load(wrong)).findings] == ["example-failed"]


# ── against a plain second calculation ───────────────────────────────────────────────────────────────────────────────

scores = st.integers(0, 10).map(lambda one: 10 * one)
fields = st.dictionaries(st.sampled_from("abcdefghyz"), scores, min_size=1)
MODES = {"half-up": lambda x: (2 * x + 1) // 2, "up": lambda x: -(-x // 1), "down": lambda x: x // 1}


@given(
    fields,
    st.sampled_from([10, 25, 50, 75]) | st.integers(1, 4).map(str),
    st.sampled_from(["group", "all", "county", "zone"]),
    st.sampled_from(sorted(MODES)),
    st.sampled_from(["in", "out"]),
    st.booleans(),
    st.sets(st.sampled_from("abcy"), max_size=2),
)
def test_who_has_a_mark_is_who_has_a_place(totals, size, within, mode, ties, lowest, fraud):
    share = isinstance(size, int)
    quota = f"at most {size}% " if share else f"at most {size} units "
    words = [
        f"by total {'lowest' if lowest else 'highest'} first",
        f"ties {ties}",
        *([mode] if share else []),
    ]
    marks = (
        f"mark m when total >= 30 points, {quota}within {within} ({', '.join(words)})\n"
        "veto v when fraud: barred from m"
    )
    found = evaluated(marks, {region: (one, one) for region, one in totals.items()}, fraud=fraud)
    groups = {region: "zone" if region in "yz" else "county" for region in totals}
    expected = set()
    for group in ("county", "zone"):
        if within in ("county", "zone") and group != within:
            continue
        field = [one for one in totals if within == "all" or groups[one] == group]
        places = MODES[mode](Fraction(size * len(field), 100)) if share else int(size)
        standing = [one for one in field if totals[one] >= 30 and one not in fraud]
        for one in standing:
            ahead = [x for x in standing if (totals[x] < totals[one]) is lowest and totals[x] != totals[one]]
            equal = [x for x in standing if totals[x] == totals[one]]
            if len(ahead) + (1 if ties == "in" else len(equal)) <= places:
                expected.add(one)
    assert {one.region for one in found if one.marks} == expected
