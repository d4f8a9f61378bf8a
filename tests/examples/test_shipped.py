"""The shipped rule files: every example comes as expected, and together they reach every rule."""

from pathlib import Path

import pytest

import assessment

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "rules").rglob("*.assess"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_hold_and_reach_every_rule(path: Path) -> None:
    rules = assessment.load(path)
    tested = assessment.test(rules)
    assert rules.diagnostics == ()
    assert tested.examples
    assert [one.in_("en") for one in tested.findings] == []
    assert [one.text.en for one in tested.coverage.points if not one.reached] == []
    assert tested.coverage.remarks == ()


def test_the_amendment_answers_for_what_it_changes() -> None:
    coverage = assessment.test(assessment.load(ROOT / "rules" / "liaocheng" / "2019.assess")).coverage
    # Indicator 7 with its new method, target and old exemption; indicator 8 with its points.
    assert {one.text.zh.split("（")[0].split(" ")[0] for one in coverage.points} == {
        "达标",
        "目标值",
        "不适用",
        "位次",
    }
    base = assessment.test(assessment.load(ROOT / "rules" / "liaocheng" / "2018.assess")).coverage
    # Of the 57 rules of 2018 the bands of indicator 7 (4) and its method are gone; two are counted above.
    assert coverage.taken_over == len(base.points) - 4 - 1 - 2
