"""Which rules count, and what reaches them: policies, caps, quotas, conditions, vetoes, and what an amendment changes."""

from pathlib import Path

import pytest

import assessment
from assessment.examples.coverage import Coverage

HEAD = """assessment example for 2018 {
    authority "Document 1"
    total 100 points
    round none
    policies { missing: error; withheld: not computed; undefined: zero; all equal: half; ties: min; zero base: undefined }
    rank within all
    department office "Office"
    group county "Counties" { North; South; East; West }
    input rd in 亿元 { range >= 0 }
    input gdp in 亿元 { range >= 0 }
    input fame in points { range >= 0; missing counts as 0 points }
    input fraud "Fraud" yes/no { missing counts as no }
    indicator 1 "Level" 60 points {
        by office; cite "Annex" item 1
        score = minmax(rd, within: all)
    }
    indicator 2 "Growth" 40 points {
        by office; cite "Annex" item 2
        score = attain(growth(gdp), target: 10%)
    }
"""
BODY = """
    bonus fame "Fame" up to 5 points { by office; cite "Annex" item 3; score = fame }
    bonus more "More" up to 5 points { by office; cite "Annex" item 4; score = fame / 2 }
    bonuses up to 6 points
    compare full after adjustments
    cap after adjustments
    grade A >= 60 points when not fraud, at most 1 regions within all (ties out)
    grade B >= 50 points
    grade C otherwise
    veto cheat "Cheating" when fraud: indicator 1 zero, grade at most B, out of ranking
"""

BARE = HEAD + BODY[: BODY.index("    veto")]
"""Without the veto, which asks of everybody whether there was fraud."""


def coverage(*examples: str, rules: str = HEAD + BODY) -> Coverage:
    text = "".join(f'    example "{place}" {{ {one} }}\n' for place, one in enumerate(examples))
    tested = assessment.test(assessment.load(f"{rules}{text}}}"))
    assert [one.in_("en") for one in tested.findings] == []
    return tested.coverage


def reached(*examples: str, kind: str, rules: str = HEAD + BODY) -> set[str]:
    points = coverage(*examples, rules=rules).points
    return {one.text.en for one in points if one.kind == kind and one.reached}


def there(kind: str, rules: str = HEAD + BODY) -> list[str]:
    return [one.text.en for one in coverage(rules=rules).points if one.kind == kind]


def test_every_policy_that_something_may_come_to_counts() -> None:
    assert there("policy") == [
        "missing: error",
        "withheld: not computed",
        "undefined: zero",
        "all equal: half",
        "ties: min",
        "zero base: undefined",
        "missing counts as 0 points",
        "missing counts as no",
    ]


def test_a_policy_that_nothing_comes_to_does_not_count() -> None:
    # What minmax gives is never undefined.
    alone = HEAD.replace("attain(growth(gdp), target: 10%)", "minmax(gdp, within: all)")
    assert "undefined: zero" not in there("policy", alone)
    assert "zero base: undefined" not in there("policy", alone)


LEVELS = "given North { rd 1 亿元 } given South { rd 2 亿元 } "


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (LEVELS + "expect North indicator 1 = 0 points; South indicator 1 = 60 points", set()),
        ("given North { rd missing } expect indicator 1 not reported", {"missing: error"}),
        ("given North { rd withheld } expect indicator 1 withheld", {"withheld: not computed"}),
        # One region alone has no spread: half of 60 points.
        ("given North { rd 1 亿元 } expect indicator 1 = 30 points", {"all equal: half"}),
        # From nothing there is no growth: undefined, and so zero.
        (
            "given North 2017 { gdp 0 亿元 } given North { gdp 5 亿元 } expect indicator 2 = 0 points",
            {"undefined: zero", "zero base: undefined"},
        ),
        ("given North { fame missing } expect bonus fame = 0 points", {"missing counts as 0 points"}),
    ],
)
def test_a_policy_is_reached_where_it_decides(example: str, expected: set[str]) -> None:
    assert reached(example, kind="policy", rules=BARE) == expected


WHOLE = """
    given North, South, East 2017 { gdp 100 亿元 }
    given North, South, East { gdp 110 亿元; fame 0 points; fraud no }
    given North, South { rd 2 亿元 } given East { rd 1 亿元 }
"""


def test_ties_are_reached_by_one_of_equal_regions_only() -> None:
    # 60 + 40 for two of them, 0 + 40 for the third.
    assert "ties: min" in reached(WHOLE + "expect North rank = 1; South rank = 1", kind="policy")
    assert "ties: min" not in reached(WHOLE + "expect East rank = 3", kind="policy")


def test_a_quota_is_reached_by_who_is_beyond_the_line() -> None:
    quota = {"at most 1 regions within all (ties out)"}
    # Both have 100 points, there is one place, and neither gets it.
    assert reached(WHOLE + "expect North grade = B", kind="quota") == quota
    alone = WHOLE.replace(
        "given North, South { rd 2 亿元 }", "given North { rd 2 亿元 } given South { rd 1 亿元 }"
    )
    assert reached(alone + "expect North grade = A", kind="quota") == set()
    assert reached(alone + "expect South grade = C", kind="quota") == set()


def test_the_condition_of_a_grade_is_reached_by_who_earns_it_without() -> None:
    grade = "grade A >= 60 points when not fraud, at most 1 regions within all (ties out)"
    fraud = WHOLE.replace("fraud no", "fraud yes")
    assert reached(fraud + "expect North grade = B", kind="condition", rules=BARE) == {grade}
    assert reached(fraud + "expect East grade = C", kind="condition", rules=BARE) == set()


def test_caps_are_reached_where_they_cut() -> None:
    assert there("ceiling") == ["Fame", "More", "total"]
    assert reached("given North { fame 5 points } expect bonus fame = 5 points", kind="ceiling") == set()
    assert reached("given North { fame 6 points } expect bonus fame = 5 points", kind="ceiling") == {"Fame"}
    # 5 and 2.5 make 7.5, and together they count 6: with 0 + 40 points, 46.
    more = WHOLE.replace("fame 0 points", "fame 5 points")
    assert reached(more + "expect East total = 46 points", kind="ceiling") == {"total"}


def test_each_effect_of_a_veto_counts_by_itself() -> None:
    assert there("veto") == [
        "Cheating: indicator 1 zero",
        "Cheating: grade at most B",
        "Cheating: out of ranking",
    ]
    fraud = WHOLE.replace("fraud no", "fraud yes")
    zero, held, out = there("veto")
    assert reached(fraud + "expect North indicator 1 = 0 points", kind="veto") == {zero}
    assert reached(fraud + "expect North grade = C", kind="veto") == {zero, held}
    assert reached(fraud + "expect North rank none", kind="veto") == {out}
    assert reached(WHOLE + "expect North indicator 1 = 60 points; grade = B; rank = 1", kind="veto") == set()


def test_being_barred_is_reached_by_expecting_the_veto() -> None:
    barred = HEAD + BODY.replace("out of ranking", 'out of ranking, barred from "the prize"')
    effect = 'Cheating: barred from "the prize"'
    assert effect in there("veto", barred)
    yes, no = (WHOLE.replace("fraud no", f"fraud {answer}") for answer in ("yes", "no"))
    assert reached(yes + "expect North veto cheat", kind="veto", rules=barred) == {effect}
    assert reached(no + "expect North not veto cheat", kind="veto", rules=barred) == set()


AMENDING = """assessment example for 2019 amends "2018.assess" {{
    valid from 2019-01-01
    {changes}
}}
"""


def amended(tmp_path: Path, changes: str) -> Coverage:
    measured = HEAD.replace("    indicator 1", "    let per = rd / gdp in %\n    indicator 1").replace(
        "minmax(rd,", "minmax(per,"
    )
    (tmp_path / "2018.assess").write_text(f"{measured}{BODY}}}", encoding="utf-8")
    (tmp_path / "2019.assess").write_text(AMENDING.format(changes=changes), encoding="utf-8")
    tested = assessment.test(assessment.load(tmp_path / "2019.assess"))
    assert [one.in_("en") for one in tested.findings] == []
    return tested.coverage


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("", []),
        # Other points: everything in the indicator.
        ("change indicator 1 points to 50 points change indicator 2 points to 50 points", ["minmax", "attain", "growth"]),
        ("change indicator 2 { assume \"another year\" }", ["attain", "growth"]),
        # Another measure: the method that rests on it.
        ("replace let per = gdp / rd in %", ["minmax"]),
        ("change policies { withheld: zero }", ["withheld: zero"]),
        ("replace grade B >= 55 points", ["grade B"]),
        ("replace bonus fame \"Fame\" up to 4 points { by office; cite \"Annex\" item 3; score = fame }", ["Fame"]),
    ],
)  # fmt: skip
def test_of_an_amendment_what_it_changes_counts(tmp_path: Path, changes: str, expected: list[str]) -> None:
    found = amended(tmp_path, changes)
    assert [one.text.en for one in found.points if not any(map(one.text.en.startswith, expected))] == []
    assert len(found.points) == len(expected)
    assert found.taken_over > 0


def test_what_an_amendment_changes_is_reached_by_its_own_examples(tmp_path: Path) -> None:
    example = 'example "half" { given North 2018 { gdp 100 亿元 } given North { gdp 105 亿元 } expect indicator 2 rate = 50% }'
    found = amended(tmp_path, f'change indicator 2 {{ assume "another year" }} {example}')
    assert found.full
    assert "changed rules reached" in found.text.en


def test_marks_their_quotas_and_who_is_barred_from_them_count() -> None:
    rules = (
        HEAD
        + BODY.replace("out of ranking", "barred from first")
        + '    mark first "First of all", at most 1 regions within all (ties out, by total)\n'
        + '    mark clean "Clean" when not fraud\n'
    )
    assert len(there("mark", rules)) == 2
    (effect,) = [one for one in there("veto", rules) if "barred" in one]
    apart = WHOLE.replace(
        "given North, South { rd 2 亿元 }", "given North { rd 2 亿元 } given South { rd 1 亿元 }"
    )
    one_place = {"at most 1 regions within all (ties out, by total)"}
    held = reached(apart + "expect North marked first", kind="mark", rules=rules)
    assert len(held) == 1
    assert reached(apart + "expect South not marked first", kind="mark", rules=rules) == set()
    assert reached(apart + "expect South not marked first", kind="quota", rules=rules) == one_place
    assert reached(apart + "expect North marked first", kind="quota", rules=rules) == set()
    fraud = apart.replace("fraud no", "fraud yes")
    assert reached(fraud + "expect North not marked first", kind="veto", rules=rules) == {effect}
