"""The JSON form keeps its schema, its ids, and every digit."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assessment.audit.json import dumps, result_to_json, schema_text, to_json
from assessment.result import Result
from assessment.ruleset import RuleSet

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    found = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def everything(data: Any) -> list[Any]:
    """All values inside a JSON form."""
    match data:
        case dict():
            return [data, *(inner for value in data.values() for inner in everything(value))]
        case list():
            return [data, *(inner for value in data for inner in everything(value))]
        case _:
            return [data]


@pytest.mark.parametrize("name", ["mini", "index", "liaocheng"])
def test_real_results_keep_the_schema(
    name: str, request: pytest.FixtureRequest, schema: jsonschema.Draft202012Validator
) -> None:
    result = request.getfixturevalue(name)
    assert list(schema.iter_errors(result_to_json(result))) == []
    assert list(schema.iter_errors(to_json(next(iter(result)).breakdown))) == []


def test_schema_refuses_a_key_it_does_not_know(mini: Result, schema: jsonschema.Draft202012Validator) -> None:
    data = {**to_json(mini["A"].breakdown), "grades": "good"}
    assert not schema.is_valid(data)


def test_every_object_of_the_schema_is_closed() -> None:
    objects = [
        one for one in everything(json.loads(schema_text())) if isinstance(one, dict) and "properties" in one
    ]
    assert [
        one for one in objects if one.get("type") == "object" and one.get("additionalProperties") is not False
    ] == []


def test_published_copy_of_the_schema_is_the_shipped_one(golden: Any) -> None:
    golden("docs/reference/breakdown.schema.json", schema_text())


def test_no_number_is_a_binary_float(liaocheng: Result) -> None:
    assert [one for one in everything(result_to_json(liaocheng)) if isinstance(one, float)] == []


def test_ids_of_steps_are_unique_and_stay_the_same_between_runs(
    liaocheng: Result, liaocheng_rules: RuleSet
) -> None:
    def ids(result: Result) -> list[str]:
        return [step.id for line in result["莘县"].breakdown.root.walk() for step in line.steps]

    again = liaocheng_rules.evaluate(liaocheng.outcome.data)
    assert ids(liaocheng) == ids(again)
    assert len(ids(liaocheng)) == len(set(ids(liaocheng)))


def test_contributions_add_up_to_the_published_total(liaocheng: Result) -> None:
    for one in result_to_json(liaocheng)["regions"]:
        shown = [
            Fraction(part["published"]) for part in one["contributions"] if part["published"] is not None
        ]
        assert sum(shown) == Fraction(one["total"])


def test_exact_value_of_a_score_can_be_read_back(mini: Result) -> None:
    data = to_json(mini["B"].breakdown)
    research = data["root"]["children"][0]["children"][0]
    assert research["exact"]["value"] == {"form": "number", "value": "20/7"}
    assert research["published"] == "2.86"


def test_origin_of_an_input_has_its_cell_and_its_text(liaocheng: Result) -> None:
    data = to_json(liaocheng["东昌府区"].breakdown)
    seen = [one for one in everything(data) if isinstance(one, dict) and one.get("text") == "139200"]
    assert seen[0]["file"] == "liaocheng-2018.csv"
    assert (seen[0]["row"], seen[0]["column"], seen[0]["unit"]) == (26, "全社会R&D经费支出（万元）", "万元")
    assert seen[0]["remarks"][0]["zh"] == "换算：139200 万元 = 13.92 亿元"


def test_record_holds_no_folder_of_the_machine(liaocheng: Result) -> None:
    assert str(ROOT) not in dumps(result_to_json(liaocheng))


def test_lone_surrogate_does_not_break_the_output() -> None:
    assert json.loads(dumps({"region": "\ud800"}).encode("utf-8"))["region"] == "\ud800"
