"""The resolved document says the same as the file: every score of it, and every statement written out where it applies."""

import json
from pathlib import Path

import pytest

import assessment
from assessment.diagnostics.model import Source, has_errors
from assessment.semantics.check import check
from assessment.semantics.resolved import resolved
from assessment.semantics.traverse import below
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

SUITE = Path(__file__).parents[1] / "conformance"
CASES = [
    path.parent
    for area in ("own-methods", "defaults", "tables")
    for path in sorted((SUITE / area).glob("*/rules.assess"))
    if "refused" not in json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
]


def tree(text):
    file, found = parse(Source(name="rules.assess", text=text))
    assert not has_errors(found)
    return file


def scores(text, folder):
    rules = assessment.load(text)
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    plain = {
        int(year): {
            region: {name: value for name, value in given.items() if isinstance(value, str)}
            for region, given in regions.items()
        }
        for year, regions in data["values"].items()
    }
    result = rules.evaluate(assessment.read_data(plain, rules))
    return {
        (one.region, line.id): (line.status, line.exact.value, line.possible.value)
        for one in result
        for line in one.breakdown.root.walk()
    }


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_resolved_rules_give_the_same_scores(folder, lang):
    text = (folder / "rules.assess").read_text(encoding="utf-8")
    written = print_rules(resolved(tree(text)), lang)
    assert not any(isinstance(node, ast.Default | ast.It | ast.SizesFrom) for node in below(tree(written)))
    assert scores(written, folder) == scores(text, folder)


def test_default_direction_points_and_standard_are_written_out():
    text = """assessment a for 2018 {
        total 15 points
        round none
        policies { missing: error; undefined: zero }
        rank none
        input x in yuan { range >= 0 }
        table sizes by indicator { 1: 5 points; 2: 10 points }
        table goals by indicator in yuan { 1: 6; 2: 7 yuan }
        points from table sizes
        default score = attain(it, target: entry(goals), better: its direction)
        indicator 1 measure x, lower is better
        indicator 2 { measure x / 2, higher is better part a 4 points = attain(it, target: 3 yuan) part b 6 points { } }
    }"""
    lines = print_rules(resolved(tree(text)), "en").splitlines()
    assert [" ".join(line.split()) for line in lines[6:-1]] == [
        "indicator 1 5 points = attain(x, target: 6 yuan, better: lower)",
        "indicator 2 10 points {",
        "part a 4 points = attain(x / 2, target: 3 yuan)",
        "part b 6 points = attain(x / 2, target: 7 yuan, better: higher)",
        "}",
    ]
    assert check(tree("\n".join(lines)))[0] is not None
