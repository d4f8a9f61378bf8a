"""What rules say of scores before there are data holds for every score of the conformance suite, and is sharp where nothing moves."""

from fractions import Fraction

import pytest
from tests.conformance.test_conformance import evaluated, folders, named, read

import assessment
from assessment.core import nodes as n
from assessment.core.bounds import bounds
from assessment.core.intervals import EVERYTHING
from assessment.core.types import POINTS
from assessment.semantics.score_bounds import ScoreBounds

SCORED = [folder for folder in folders() if "refused" not in read(folder / "expected.json")]


def of_formula(leaf):
    return bounds(leaf.formula).interval or EVERYTHING


def asked(path, reading="score", taken="full"):
    return n.Score(path=path, reading=reading, taken=taken, type=POINTS)


@pytest.mark.parametrize("folder", SCORED, ids=named)
def test_every_score_lies_in_its_range(folder):
    rules = assessment.load(folder / "rules.assess")
    data = read(folder / "data.json")
    for run in read(folder / "expected.json")["runs"]:
        of_it = rules.of_year(run["period"]) if "period" in run else rules
        ranges = ScoreBounds(of_it.checked, of_formula)
        result = evaluated(rules, data, run)
        for region in result:
            for path, line in region.lines.items():
                for found, reading, taken in (
                    (line.exact.value, "score", "full"),
                    (line.score.value, "score", "rounded"),
                    (line.rate.value, "rate", "full"),
                ):
                    if isinstance(found, Fraction) and path in ranges.paths:
                        within = ranges.of(asked(path, reading, taken))
                        assert within.has(found), (path, reading, taken, found, within)


def test_a_leaf_is_bounded_by_its_formula_and_what_policies_put_in_its_place(rules_of, scheme):
    def found(policies, path="indicator 1", reading="score"):
        inputs = "input x in yuan { range 2 to 4 }"
        rules = rules_of(scheme(policies=policies, inputs=inputs))
        return ScoreBounds(rules, of_formula).of(asked(path, reading)).text

    assert found("policies { missing: error }") == "[4, 8]"
    assert found("policies { missing: error }", "total", "rate") == "[2/5, 4/5]"
    assert found("policies { missing: zero }") == "[0, 8]"
    assert found("policies { missing: full }") == "[4, 10]"
    assert found("policies { missing: 30% }", "total") == "[3, 8]"


def test_points_that_are_passed_on_leave_only_the_total_sharp(rules_of, scheme):
    tree = (
        "indicator 1 4 points = attain(x, target: 5 yuan)\nindicator 2 6 points = attain(x, target: 5 yuan)"
    )
    inputs = "input x in yuan { range 2 to 4 }"

    def found(missing, path):
        rules = rules_of(scheme(policies=f"policies {{ missing: {missing} }}", inputs=inputs, indicator=tree))
        return ScoreBounds(rules, of_formula).of(asked(path)).text

    assert found("error", "indicator 1") == "[8/5, 16/5]"
    assert found("rescale in category", "indicator 1") == "[0, 8]"
    assert found("rescale in category", "total") == "[4, 8]"
