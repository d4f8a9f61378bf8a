"""What examples inside a file come to; every expected figure is worked out in the comment beside it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assessment

RULES = """assessment example for 2018 {
    authority "Document 1"
    total 100 points
    round total half-up to 1 places
    compare rounded after adjustments
    policies { missing: error; undefined: zero; ties: min; not applicable: rescale in category; withheld: not computed }
    rank within all
    department office "Office"
    group county "Counties" { North alias N; South; East }
    group zone "Zones" { Harbour; Airport }
    input rd "R&D" in 亿元 { range >= 0 }
    input gdp "GDP" in 亿元 { range >= 0 }
    input plan "Plan" yes/no
    input panel "Panel" ratings 0 to 100
    input verdict "Verdict" level good, fair, poor
    input awards "Awards" events level national, provincial { field day date required; no rows mean none }
    input fraud "Fraud" yes/no { missing counts as no }
    let share "Share" = rd / gdp in %
    category inputs "Inputs" {
        indicator 1 "Share" 40 points {
            by office; cite "Annex" item 1
            score = bands(share) { >= 2.5%: 40 points; >= 2%: 30 points; otherwise: 10 points }
        }
        indicator 2 "Growth" 20 points {
            by office; cite "Annex" item 2
            part growth 20 points = attain(change(share), target: 0.2 pp)
        }
    }
    category outputs "Outputs" {
        indicator 3 "Plan" 10 points {
            by office; cite "Annex" item 3
            score = checklist { plan: 10 points }
            not applicable to zone
        }
        indicator 4 "Panel" 20 points { by office; cite "Annex" item 4; score = ratings(panel) }
        indicator 5 "Verdict" 10 points {
            by office; cite "Annex" item 5
            score = levels(verdict) { good: 10 points; fair: 6 points; poor: 0 points }
        }
    }
    bonus fame "Fame" up to 5 points = highest(awards) { national: 5 points; provincial: 2 points }
    cap before adjustments
    grade A >= 80 points; B >= 60 points; C otherwise
    limit when fraud: grade at most B
"""

WHOLE = (
    "given North 2017 { rd 10 亿元; gdp 500 亿元 } "
    "given North { rd 10.5 亿元; gdp 500 亿元; plan yes; panel 90, 80 points; verdict good; awards none; fraud no } "
)


def ran(*examples: str, rules: str = RULES):
    text = "".join(f'    example "{place}" {{ {one} }}\n' for place, one in enumerate(examples))
    return assessment.test(assessment.load(f"{rules}{text}}}"))


def codes(*examples: str) -> list[str]:
    return [one.code for one in ran(*examples).findings]


@pytest.mark.parametrize(
    "example",
    [
        # 10.5 / 500 = 2.1 %, in the band from 2 %; on the line itself 2 % is in it too, just below it is not.
        "given North { rd 10.5 亿元; gdp 500 亿元 } expect indicator 1 = 30 points; share = 2.1%",
        "given North { rd 10 亿元; gdp 500 亿元 } expect indicator 1 = 30 points",
        "given North { rd 9.99 亿元; gdp 500 亿元 } expect indicator 1 = 10 points",
        "given North { rd 12.5 亿元; gdp 500 亿元 } expect indicator 1 >= 40 points",
        # The same of several regions.
        (
            "given North, South { rd 10 亿元 } given North, South, East { gdp 500 亿元 } given East { rd 13 亿元 } "
            "expect South indicator 1 = 30 points; East indicator 1 = 40 points"
        ),
        # A table: the unit of a column is that of its numbers, unless one brings its own.
        (
            "given table 2018 (rd in 亿元, gdp in 亿元, plan) { North: 10, 500, yes; South: 105000 万元, 500, no } "
            "expect North indicator 1 = 30 points; indicator 3 = 10 points; South share = 2.1%; indicator 3 = 0 points"
        ),
        "given table (verdict, awards) { North: missing, none } expect indicator 5 not reported; bonus fame = 0 points",
        # Other units of the same thing: 105000 万元 are 10.5 亿元.
        "given N { rd 105000 万元; gdp 500 亿元 } expect North indicator 1 = 30 points",
        # From 2 % to 2.1 %: 0.1 of 0.2 percentage points, half of 20 points.
        (
            "given North 2017 { rd 10 亿元; gdp 500 亿元 } given North { rd 10.5 亿元; gdp 500 亿元 } "
            "expect indicator 2.growth = 10 points; indicator 2 rate = 50%"
        ),
        # A share of 10/3 % has no finite decimals and is written as a quotient.
        "given North { rd 1 亿元; gdp 30 亿元 } expect share = 10% / 3",
        # Zones have no plan: its 10 points go to the other two, so that 20 of 30 points count for 40: 26 2/3.
        "given Harbour { panel 100 } expect indicator 3 not applicable; indicator 4 = 80 points / 3",
        # (90 + 80) / 2 = 85 of 100: 17 of 20 points.
        "given North { panel 90, 80 } expect indicator 4 = 17 points",
        "given North { verdict fair } expect indicator 5 = 6 points",
        "given North { awards { national, day: 2018-05-01; provincial, day: 2018-06-01 } } expect bonus fame = 5 points",
        "given North { awards none } expect bonus fame = 0 points",
        # No figure of its own: 0 / 0 is undefined, and the policy makes zero of it.
        "given North { rd 0 亿元; gdp 0 亿元 } expect indicator 1 = 0 points; share undefined",
        # Withheld is an absence of its own: nothing is computed.
        "given North { verdict withheld } expect indicator 5 withheld",
        # 30 + 10 + 10 + 17 + 10 = 77.
        WHOLE + "expect total = 77 points; grade = B; category inputs = 40 points; rank = 1",
        # With a provincial award 77 + 2 = 79; with a national one 82, an A, held down to B by the fraud.
        WHOLE.replace("awards none", "awards { provincial, day: 2018-05-01 }")
        + "expect total = 79 points; total rounded = 79 points; grade = B",
        WHOLE.replace("awards none", "awards { national, day: 2018-05-01 }") + "expect grade = A",
        WHOLE.replace("awards none", "awards { national, day: 2018-05-01 }").replace("fraud no", "fraud yes")
        + "expect grade = B",
        WHOLE.replace("fraud no", "fraud not reported") + "expect grade = B",
        # Two regions alike share the first place, and a worse one is third.
        WHOLE
        + WHOLE.replace("North", "South")
        + WHOLE.replace("North", "East").replace("verdict good", "verdict poor")
        + "expect North rank = 1; South rank = 1; East rank = 3; rank within group = 3; total = 67 points",
    ],
)
def test_what_is_worked_out_by_hand_comes_as_expected(example):
    assert [one.in_("en") for one in ran(example).findings] == []


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("given North { rd 10 亿元; gdp 500 亿元 } expect indicator 1 = 29.99 points", "example-failed"),
        ("given North { rd 10 亿元 } expect indicator 1 = 30 points", "example-lacks-data"),
        ("given North { rd 10 亿元; gdp 500 亿元 } expect indicator 2 = 0 points", "example-lacks-data"),
        (WHOLE.replace("fraud no", "") + "expect grade = B", "example-lacks-data"),
        (WHOLE.replace("awards none;", "") + "expect total = 77 points", "example-lacks-data"),
        ("given North { panel 101 } expect indicator 4 = 20 points", "data-out-of-range"),
        ("given North { verdict splendid } expect indicator 5 = 0 points", "data-unknown-level"),
        ("given North { plan 3 points } expect indicator 3 = 0 points", "data-not-yes-or-no"),
        ("given North { awards { national } } expect bonus fame = 5 points", "data-missing-field"),
        ('given data "north.csv" expect North total = 0 points', "example-file-unplaced"),
        ("given North { verdict withheld } expect indicator 5 not reported", "example-failed"),
        (WHOLE + "expect grade = A", "example-failed"),
        (WHOLE + "expect rank = 2", "example-failed"),
    ],
)
def test_what_is_wrong_with_an_example_is_one_finding(example, code):
    assert codes(example) == [code]


VETOED = (
    RULES
    + """
    veto cheat "Cheating" when fraud: grade at most B, out of ranking, barred from "the prize"
"""
)
BOTH = WHOLE + WHOLE.replace("North", "South").replace("fraud no", "fraud yes")


@pytest.mark.parametrize(
    "example",
    [
        # What is refused, and why; a score that is only absent is not refused.
        "given North { verdict not reported } expect indicator 5 error data-missing; indicator 5 not reported",
        WHOLE.replace("verdict good", "verdict missing")
        + "expect total error data-missing; grade none; rank none",
        "given Harbour { panel missing } expect indicator 4 error data-missing",
        # A veto of which nothing but the award depends, and who is out of the ranking.
        BOTH + "expect South veto cheat; rank none; grade = B; North not veto cheat; rank = 1",
        # Withheld data are not computed: there is a total for nobody, and so neither grade nor place.
        WHOLE.replace("verdict good", "verdict withheld") + "expect total withheld; grade none; rank none",
    ],
)
def test_refusals_vetoes_and_that_there_is_no_grade_or_place_may_be_expected(example):
    assert [one.in_("en") for one in ran(example, rules=VETOED).findings] == []


@pytest.mark.parametrize(
    ("example", "got"),
    [
        ("given North { verdict withheld } expect indicator 5 error data-missing", "withheld"),
        (
            "given North { verdict missing } expect indicator 5 error undefined-score",
            "refused (data-missing)",
        ),
        ("given North { verdict good } expect indicator 5 error data-missing", "10 points"),
        (BOTH + "expect North veto cheat", "not in effect"),
        (BOTH + "expect South not veto cheat", "in effect"),
        (BOTH + "expect North rank none", "place 1"),
        (BOTH + "expect North grade none", "B"),
    ],
)
def test_what_is_not_so_is_told(example, got):
    (found,) = ran(example, rules=VETOED).findings
    assert found.code == "example-failed"
    assert found.message_text.en.endswith(f"it is {got}")


@pytest.mark.parametrize("line", ["10", "10, 500, 3"])
def test_a_line_of_a_table_has_one_value_for_each_column(line):
    table = f"given table (rd in 亿元, gdp in 亿元) {{ North: {line} }}"
    with pytest.raises(assessment.RulesError) as raised:
        ran(f"{table} expect North share = 2%")
    (found,) = raised.value.diagnostics
    assert found.code == "syntax-error"
    assert "2 columns" in found.message_text.en
    assert found.span.text == f"North: {line}"


def test_what_lacks_is_named_by_input_region_and_year():
    (found,) = ran("given North { rd 10 亿元; gdp 500 亿元 } expect indicator 2 = 0 points").findings
    assert "`rd` of `North` for 2017, `gdp` of `North` for 2017" in found.help.en
    assert "`North` 2017 年的 `rd`、`North` 2017 年的 `gdp`" in found.help.zh


def test_findings_about_what_is_given_stand_where_it_is_given():
    (found,) = ran("given North { rd 1 亿元; panel 101 } expect indicator 4 = 20 points").findings
    assert found.span.text == "panel 101"


def test_what_came_otherwise_is_told_with_the_steps():
    (found,) = ran("given North { rd 10 亿元; gdp 500 亿元 } expect indicator 1 = 40 points").findings
    assert found.message_text.en.endswith("expected of `North` for 2018, and it is 30 points")
    notes = "\n".join(note.en for note in found.notes)
    assert "10 亿元 ÷ 500 亿元 = 2%" in notes
    assert "30 points" in notes


def test_figures_that_look_alike_are_told_exactly():
    (found,) = ran("given North { rd 1 亿元; gdp 30 亿元 } expect share = 3.33333333333333%").findings
    assert "10/3%" in found.message_text.en


def test_examples_change_no_score():
    plain = assessment.load(f"{RULES}}}")
    shown = assessment.load(
        f'{RULES} example "x" {{ given North {{ rd 1 亿元; gdp 1 亿元 }} expect share = 100% }} }}'
    )
    regions = [member.name for group in plain.groups for member in group.members]
    row = {"rd": 10, "gdp": 500, "plan": True, "panel": [90], "verdict": "good", "awards": []}
    data = {year: dict.fromkeys(regions, row) for year in (2017, 2018)}
    first, second = (rules.evaluate(assessment.read_data(data, rules)).to_json() for rules in (plain, shown))
    assert first == second
    assert plain.diagnostics == shown.diagnostics == ()


def test_data_may_stand_in_a_file_beside_the_rules(tmp_path):
    (tmp_path / "north.csv").write_text("region,year,rd,gdp\nNorth,2018,10,500\n", encoding="utf-8")
    path = tmp_path / "rules.assess"
    text = f'{RULES} example "x" {{ given data "north.csv" expect North indicator 1 = 30 points }} }}'
    path.write_text(text, encoding="utf-8")
    assert assessment.test(assessment.load(path)).passed
    (tmp_path / "north.csv").unlink()
    assert [one.code for one in assessment.test(assessment.load(path)).findings] == ["data-unreadable"]


def test_what_a_file_gives_is_not_given_again(tmp_path):
    (tmp_path / "north.csv").write_text("region,year,rd,gdp\nNorth,2018,10,500\n", encoding="utf-8")
    path = tmp_path / "rules.assess"
    example = 'given data "north.csv" given North { rd 10 亿元 } expect North indicator 1 = 30 points'
    path.write_text(f'{RULES} example "x" {{ {example} }} }}', encoding="utf-8")
    assert [one.code for one in assessment.test(assessment.load(path)).findings] == ["data-duplicate-cell"]


@given(st.fractions(min_value=0, max_value=20, max_denominator=1000))
def test_the_figure_that_is_computed_is_the_one_expected(rd):
    # The share by separate arithmetic, and the band by the words of the rule.
    given_rd = round(rd, 3)
    share = Fraction(given_rd) / 500
    points = 40 if share >= Fraction(25, 1000) else 30 if share >= Fraction(2, 100) else 10
    number = f"{given_rd.numerator * 1000 // given_rd.denominator / 1000:.3f}"
    example = f"given North {{ rd {number} 亿元; gdp 500 亿元 }} expect indicator 1 = {points} points"
    assert ran(example).passed


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def reached(*examples: str, kind: str) -> set[str]:
    return {one.text.en for one in ran(*examples).coverage.points if one.kind == kind and one.reached}


def test_a_band_is_reached_by_what_falls_into_it_alone():
    on_the_line = "given North { rd 10 亿元; gdp 500 亿元 } expect indicator 1 = 30 points"
    below = "given North { rd 1 亿元; gdp 500 亿元 } expect indicator 1 = 10 points"
    assert reached(on_the_line, kind="band") == {">= 2%: 30 points"}
    assert reached(on_the_line, below, kind="band") == {">= 2%: 30 points", "otherwise"}


def test_what_is_not_expected_is_not_reached():
    assert (
        reached("given North { rd 10 亿元; gdp 500 亿元; plan yes } expect share = 2%", kind="band") == set()
    )


def test_what_lacks_data_reaches_nothing():
    assert reached("given North { rd 10 亿元 } expect indicator 1 = 30 points", kind="method") == set()


def test_entries_policies_exemptions_limits_and_grades_are_reached_when_they_decide():
    assert reached("given North { plan yes } expect indicator 3 = 10 points", kind="entry") == {"plan: yes"}
    assert reached("given North { plan no } expect indicator 3 = 0 points", kind="entry") == {"plan: no"}
    undefined = "given North { rd 0 亿元; gdp 0 亿元 } expect indicator 1 = 0 points"
    assert reached(undefined, kind="policy") == {"undefined: zero"}
    exempt = "given Harbour { } expect indicator 3 not applicable"
    assert reached(exempt, kind="exemption") == {"not applicable to Zones"}
    assert reached(WHOLE + "expect grade = B", kind="limit") == set()
    fraud = WHOLE.replace("fraud no", "fraud yes") + "expect grade = B"
    assert reached(fraud, kind="limit") == {"limit when fraud: grade at most B"}
    assert reached(fraud, kind="grade") == {"B >= 60 points"}


def test_grades_with_quotas_and_conditions_are_counted_too():
    quota = RULES.replace(
        "grade A >= 80 points;",
        "grade A >= 70 points when not fraud, at most 1 regions within all (ties in);",
    )
    points = ran(WHOLE + "expect grade = A", rules=quota).coverage.points
    grades = {one.text.en: one.reached for one in points if one.kind == "grade"}
    first = "grade A >= 70 points when not fraud, at most 1 regions within all (ties in)"
    assert grades == {first: True, "B >= 60 points": False, "C otherwise": False}
    assert not [one.text.en for one in points if one.kind == "band" and "60 points" in one.text.en]


def test_what_cannot_be_reached_may_be_allowed_with_the_reason():
    allowed = RULES.replace(
        'by office; cite "Annex" item 5', 'by office; cite "Annex" item 5; allow not-reached "no"'
    )
    coverage = ran(rules=allowed).coverage
    assert {one.text.en for one in coverage.points if one.allowed == "no"} == {
        "levels(verdict) { good: 10 points; fair: 6 points; poor: 0 points }",
        "good: 10 points",
        "fair: 6 points",
        "poor: 0 points",
    }
    assert coverage.remarks == ()
    known = [
        f"given North {{ verdict {one} }} expect indicator 5 >= 0 points" for one in ("good", "fair", "poor")
    ]
    assert [one.code for one in ran(*known, rules=allowed).coverage.remarks] == ["allow-without-effect"]
    assert not ran(*known, rules=allowed).coverage.full
