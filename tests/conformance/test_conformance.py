"""The conformance suite, run with this library: every folder of cases, every difference of a case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import assessment
from assessment import number
from assessment.audit.record import Line
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.model import Diagnostic, Severity
from assessment.number import Irrational
from assessment.result import NamedResult, RegionResult, Result
from assessment.ruleset import RuleSet

HERE = Path(__file__).parent
FILES = ("data.json", "expected.json", "rules.assess")
FRACTION = re.compile(r"-?[0-9]+/[1-9][0-9]*")

# What a run asks of a result is found here; a new kind of expectation gets one function and one line.


def folders() -> list[Path]:
    """Every folder two levels below this one: area and slug."""
    return sorted(
        path
        for area in HERE.iterdir()
        if area.is_dir() and area.name != "__pycache__"
        for path in area.iterdir()
    )


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


CASES = pytest.mark.parametrize("folder", folders(), ids=named)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; a key that stands twice is an error, where the standard library would take the last."""
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), f"a key stands twice: {keys}"
    return dict(pairs)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)


def schema(kind: str) -> Draft202012Validator:
    return Draft202012Validator(read(HERE / f"{kind}.schema.json"))


def codes(found: tuple[Diagnostic, ...], severity: Severity) -> list[str]:
    return sorted(one.code for one in found if one.severity is severity)


def value_of(written: Any) -> Any:
    """A value of `data.json` as `read_data` takes it from a mapping."""
    match written:
        case {"absent": status, **rest} if not rest:
            return Absence(status)
        case dict():
            return {key: value_of(one) for key, one in written.items()}
        case list():
            return [value_of(one) for one in written]
        case str() if FRACTION.fullmatch(written):
            return Fraction(written)
        case _:
            return written


def table_of(data: dict[str, Any]) -> dict[int, Any]:
    return {
        int(year): {
            region: {name: value_of(one) for name, one in row.items()} for region, row in regions.items()
        }
        for year, regions in data["values"].items()
    }


def evaluated(rules: RuleSet, data: dict[str, Any], run: dict[str, Any]) -> Result:
    period = run.get("period")
    read_in = assessment.read_data(table_of(data), rules, period=period, units=data.get("units"))
    return rules.evaluate(read_in, period=period)


# ── comparing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def same_value(wanted: Any, found: object) -> bool:
    """Whether an exact number is the one that is wanted, or certified bounds lie within those that are wanted."""
    if isinstance(wanted, dict):
        if not isinstance(found, Fraction | Irrational):
            return False
        low, high = number.enclosure(found)
        return Fraction(wanted["from"]) <= Fraction(low) and Fraction(high) <= Fraction(wanted["to"])
    return isinstance(found, Fraction) and found == Fraction(wanted)


def published(line: Line) -> str | None:
    value = line.score.value
    if not isinstance(value, Fraction):
        return None
    if line.score.type.kind in (Kind.SHARE, Kind.GROWTH, Kind.PP):
        value *= 100  # what is in % is published in %
    return number.exact_text(value) if line.places is None else number.decimal_text(value, line.places)


def status_of(line: Line) -> str:
    return line.status.value if isinstance(line.status, Absence) else line.status


def score_differences(wanted: dict[str, Any], line: Line) -> Iterator[tuple[str, object, object]]:
    found: dict[str, object] = {
        "status": status_of(line),
        "published": published(line),
        "exact": line.exact.value,
        "possible": line.possible.value,
        "rate": line.rate.value,
    }
    for key, value in wanted.items():
        same = found[key] == value if key in ("status", "published") else same_value(value, found[key])
        if not same:
            yield key, value, found[key]


def key_total_differences(wanted: Any, one: RegionResult) -> Iterator[tuple[str, object, object]]:
    shown = None if one.key_total is None else str(one.key_total)
    if wanted is None:
        if shown is not None:
            yield "key total", None, shown
        return
    if "published" in wanted and wanted["published"] != shown:
        yield "key total, published", wanted["published"], shown
    if "exact" in wanted:
        nodes = one._outcome.program.key_total
        exact = None if nodes is None else one.value(nodes[0])
        if not same_value(wanted["exact"], exact):
            yield "key total, exact", wanted["exact"], exact


def scores_differences(
    wanted: dict[str, Any], one: RegionResult | NamedResult
) -> Iterator[tuple[str, object, object]]:
    for path, score in wanted.items():
        if path not in one.lines:
            yield path, "a node", f"no such node; there are {', '.join(one.lines)}"
            continue
        for key, expected, found in score_differences(score, one.lines[path]):
            yield f"{path}, {key}", expected, found


def rank_differences(
    name: str, wanted: str | None, found: Fraction | int | None
) -> Iterator[tuple[str, object, object]]:
    if (None if wanted is None else Fraction(wanted)) != found:
        yield name, wanted, found


def mark_of(one: RegionResult | NamedResult, name: str) -> object:
    """Whether a region has a mark, or in which way that is open; None where the rules have no such mark."""
    held = {mark.name: mark.held.value for mark in one.breakdown.marks}.get(name)
    return held.value if isinstance(held, Absence) else held


def region_differences(
    wanted: dict[str, Any], one: RegionResult | NamedResult
) -> Iterator[tuple[str, object, object]]:
    compare: dict[str, Callable[[Any], Iterator[tuple[str, object, object]]]] = {
        "scores": lambda value: scores_differences(value, one),
        "key total": lambda value: key_total_differences(value, one),
        "rank": lambda value: rank_differences("rank", value, one.rank),
        "ranks": lambda value: (
            found
            for over, rank in value.items()
            for found in rank_differences(f"rank within {over}", rank, one.ranks.get(over))
        ),
        "grade": lambda value: [("grade", value, one.grade)] if value != one.grade else [],
        "marks": lambda value: (
            (f"mark {name}", held, found)
            for name, held in value.items()
            if held != (found := mark_of(one, name))
        ),
        "barred": lambda value: (
            [("barred", value, list(one.breakdown.barred))] if value != list(one.breakdown.barred) else []
        ),
    }
    for key, value in wanted.items():
        yield from compare[key](value)


def run_differences(wanted: dict[str, Any], result: Result) -> Iterator[str]:
    for region, expected in wanted["regions"].items():
        if region not in result.regions:
            yield f"{region}: was not assessed"
            continue
        name = wanted.get("result")
        one = result[region] if name is None else result[region].result(name)
        for what, value, found in region_differences(expected, one):
            yield f"{region}, {what}: expected {value}, found {found}"


# ── the tests ────────────────────────────────────────────────────────────────────────────────────────────────────────


@CASES
def test_case_is_three_files_of_the_published_form(folder: Path) -> None:
    assert folder.is_dir()
    names = {path.name for path in folder.iterdir()}
    # Beside them stand the files that the rules amend.
    assert names >= set(FILES)
    assert {Path(name).suffix for name in names - set(FILES)} <= {".assess"}
    amending = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.assess"))
    assert {name for name in names - set(FILES) if f'"{name}"' not in amending} == set()
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name)
    for kind in ("data", "expected"):
        found = schema(kind).iter_errors(read(folder / f"{kind}.json"))
        assert [f"{one.json_path}: {one.message}" for one in found] == []


@CASES
def test_result_is_what_the_case_expects(folder: Path) -> None:
    expected, data = read(folder / "expected.json"), read(folder / "data.json")
    refused = expected.get("refused")
    found = assessment.check(folder / "rules.assess")
    errors = [one.message for one in found if one.severity is Severity.ERROR]
    if refused is not None and refused["stage"] == "rules":
        assert codes(found, Severity.ERROR) == sorted(refused["errors"]), errors
        return
    assert errors == []
    if "warnings" in expected:
        assert codes(found, Severity.WARNING) == sorted(expected["warnings"])
    rules = assessment.load(folder / "rules.assess")
    if refused is None:
        differences = [
            text for run in expected["runs"] for text in run_differences(run, evaluated(rules, data, run))
        ]
        assert differences == []
        return
    with pytest.raises(assessment.DataError) as raised:
        evaluated(rules, data, refused)
    assert codes(raised.value.diagnostics, Severity.ERROR) == sorted(refused["errors"])


def test_schemas_are_schemas() -> None:
    for kind in ("data", "expected"):
        Draft202012Validator.check_schema(read(HERE / f"{kind}.schema.json"))


def test_example_of_the_readme_is_of_the_published_form() -> None:
    blocks = re.findall(r"```json\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    kinds = ["data", "expected", "expected"]
    for kind, block in zip(kinds, blocks, strict=True):
        written = json.loads(block.replace("…", "It is refused."))
        assert [one.message for one in schema(kind).iter_errors(written)] == []


def expecting(region: Any) -> dict[str, Any]:
    return {"about": "A case.", "runs": [{"regions": {"A": region}}]}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(expecting({"grade": "a", "note": 1}), id="an unknown key"),
        pytest.param(expecting({"scores": {"total": {"exact": "1"}}}), id="no status"),
        pytest.param(
            expecting({"scores": {"total": {"status": "undefined", "exact": "1"}}}),
            id="a value of an absence",
        ),
        pytest.param(expecting({"scores": {"total": {"status": "scored", "exact": 1.5}}}), id="a float"),
        pytest.param(expecting({}), id="nothing of a region"),
        pytest.param(expecting({"grade": "a"}) | {"about": "A case"}, id="no sentence"),
        pytest.param({"runs": expecting({"grade": "a"})["runs"]}, id="no about"),
        pytest.param({"about": "A case.", "runs": []}, id="no runs"),
        pytest.param({"about": "A case."}, id="nothing expected"),
    ],
)
def test_schema_refuses(written: dict[str, Any]) -> None:
    assert list(schema("expected").iter_errors(written))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"scores": {"indicator 9": {"status": "scored"}}}, "no such node"),
        ({"scores": {"indicator 1": {"status": "scored", "exact": "7"}}}, "indicator 1, exact: expected 7"),
        ({"scores": {"indicator 1": {"status": "undefined"}}}, "expected undefined, found scored"),
        ({"scores": {"total": {"status": "scored", "published": "2.5"}}}, "expected 2.5, found 2.50"),
        ({"rank": "2"}, "rank: expected 2"),
        ({"grade": "a"}, "grade: expected a"),
        ({"key total": None}, "key total: expected None, found 2.50"),
        ({"key total": {"exact": "1", "published": "2.50"}}, "key total, exact: expected 1"),
    ],
)
def test_runner_tells_differences(wanted: dict[str, Any], told: str) -> None:
    rules = assessment.load(
        'assessment t for 2018 "T" { authority "N" total 5 points round total half-up to 2 places compare full '
        "policies { missing: zero; ties: min } rank within all input a in % { range 0% to 100% } "
        'indicator 1 ※ "One" 5 points = judged(a) grade good >= 1 points; bad otherwise }'
    )
    result = rules.evaluate(assessment.read_data({"A": {"a": "50"}}, rules))
    (difference,) = run_differences({"regions": {"A": wanted}}, result)
    assert told in difference
