"""A method that the file defines, as a breakdown tells it: the call, the definition, and what happened inside."""

import json
from fractions import Fraction

import jsonschema
import pytest

import assessment
from assessment.audit.json import schema_text, to_json
from assessment.audit.sentences import sentence

RULES = """assessment t.own for 2018 "Own" {
    authority "doc 1"
    total 10 points
    round none
    policies { missing: error; undefined: not computed }
    rank none
    department d "Office"
    input rd "R&D spending" in 亿元 { from d; range >= 0 }
    input gdp "Output" in 亿元 { from d; range > 0 }
    let share "R&D share" = rd / gdp in %
    method both "Level and growth" (x, target, step = 0.2 pp, way = higher) =
        attain(x, target: target, better: way) * 60% + attain(change(x), target: step) * 40%
    indicator 1 "Research" 10 points {
        by d
        cite "doc" item 1
        score = both(share, target: 2.5%)
    }
}
"""


@pytest.fixture(scope="module")
def region():
    """2.0 % of a target of 2.5 % is 80 %; up 0.1 of 0.2 points is 50 %: 0.8 × 0.6 + 0.5 × 0.4 = 0.68."""
    rules = assessment.load(RULES)
    data = assessment.read_data(
        {2018: {"A": {"rd": "2", "gdp": "100"}}, 2017: {"A": {"rd": "1.9", "gdp": "100"}}}, rules
    )
    return rules.evaluate(data)["A"]


@pytest.fixture
def line(region):
    return next(line for line in region.breakdown.root.walk() if line.id == "indicator 1")


def test_the_score_is_that_of_the_formula(line):
    assert line.exact.value == Fraction(68, 10)


def test_the_steps_of_the_body_stand_before_the_call(line):
    assert [step.name for step in line.steps] == [
        "share",
        "attain",
        "share",
        "change",
        "attain",
        "both",
        "points",
    ]


def test_the_step_has_the_call_and_the_definition(line):
    step = next(step for step in line.steps if step.name == "both")
    assert step.formula == "both(share, target: 2.5%)"
    assert step.span is not None
    assert step.span.text == step.formula
    assert step.definition is not None
    assert step.definition.text.startswith("attain(x, target: target, better: way) * 60%")
    assert step.definition.span is not None
    assert step.definition.span.text.startswith('method both "Level and growth" (x, target')
    assert [one.name for one in step.ingredients][:3] == ["x", "target", "step"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "Level and growth with x = R&D share (2%), target = 2.5%, step = 0.2 percentage points, way = higher: "
                "attain(x, target: target, better: way) × 60% + attain(change(x), target: step) × 40% "
                "= 80% × 60% + 50% × 40% = 68%"
            ),
        ),
        (
            "zh",
            (
                "Level and growth：x = R&D share（2%），target = 2.5%，step = 0.2 个百分点，way = 越高越好；"
                "达标（x，目标：target，方向：way） × 60% + 达标（变化（x），目标：step） × 40% "
                "= 80% × 60% + 50% × 40% = 68%"
            ),
        ),
    ],
)
def test_the_sentence_names_the_arguments_and_shows_the_formula_in_figures(line, lang, text):
    step = next(step for step in line.steps if step.name == "both")
    assert sentence(step, lang, line=line) == text


def test_json_tells_where_the_method_is_defined(region):
    document = to_json(region.breakdown)
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(document)
    steps = document["root"]["children"][0]["steps"]
    told = next(step["definition"] for step in steps if step["name"] == "both")
    assert told["formula"].startswith("attain(x, target: target, better: way) * 60%")
    assert (told["rule"]["line"], told["rule"]["end_line"]) == (11, 12)
    assert {step["name"]: step["definition"] for step in steps}["change"] is None


def test_a_call_in_the_body_is_not_shown_as_the_argument_that_the_same_method_made(assess):
    # x is made by attain as well: 50 %; the body's own attain gives 25 %.
    result = assess(
        "indicator 1 10 points = both(y: a, x: attain(a, target: 50%))",
        {"R": {"a": "25"}},
        inputs="input a in % { range 0% to 100% }\n"
        "method both(x, y) = x * 60% + attain(y, target: 100%) * 40%",
    )
    said = result["R"].explain(lang="zh")
    assert "x × 60% + 达标（y，目标：100%） × 40% = 50% × 60% + 25% × 40% = 40%" in " ".join(
        str(said).split()
    )
