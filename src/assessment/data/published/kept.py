"""The results that the library itself keeps as JSON, as a published table: `{region: {figure: value}}`.

Scores are taken in full, as fractions or by their certified ends, not as they are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from assessment.core.absence import Absence
from assessment.data.grid import BEFORE_ALL, MOST_BYTES, Found
from assessment.data.sources import DataSource
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import CellPlace, Diagnostic, diagnostic

__all__ = ["Kept", "kept_in"]

_RESULT, _PERIODS, _ONE = "assessment.result/1", "assessment.periods/1", "assessment.breakdown/1"
_Cell: TypeAlias = str | Absence | None
_IN_PERCENT = ("share", "growth", "pp")


@frozen(kw_only=True)
class Kept:
    """What a source of JSON gives: a mapping for each period, or what is wrong with it."""

    by_period: dict[str, dict[str, dict[str, _Cell]]]
    name: str
    found: tuple[Found, ...] = ()


def kept_in(source: DataSource) -> Kept | None:
    """The results in a source; None where it is no JSON."""
    name, content = _content_of(source)
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        by_period = {str(one["period"]): _regions(one) for one in _results(json.loads(text))}
    except (ValueError, RecursionError):
        return Kept(by_period={}, name=name, found=(_unreadable(name),))
    except (LookupError, TypeError, AttributeError):
        return Kept(by_period={}, name=name, found=(_another_form(name),))
    return Kept(by_period=by_period, name=name)


def _content_of(source: DataSource) -> tuple[str, bytes | str | None]:
    match source:
        case bytes() if source[:64].lstrip().startswith(b"{"):
            return "text", source
        case str() if source[:64].lstrip().startswith("{"):
            return "text", source
        case str() | Path() if str(source).lower().endswith(".json"):
            path = Path(source)
            try:
                with path.open("rb") as stream:
                    return path.name, stream.read(MOST_BYTES)
            except OSError:
                return path.name, None  # told like any other file that cannot be read
    return "", None


def _results(stored: Any) -> list[Any]:
    match stored["form"]:
        case form if form == _RESULT:
            return [stored]
        case form if form == _PERIODS:
            return list(stored["results"])
        case form if form == _ONE:
            return [{"period": stored["period"], "regions": [stored]}]
    raise LookupError


def _regions(result: Any) -> dict[str, dict[str, _Cell]]:
    return {
        str(region["region"]): {key: text for key, text in _figures(region) if text is not None}
        for region in result["regions"]
    }


def _figures(region: Any) -> Iterator[tuple[str, _Cell]]:
    """Every figure of a region by the id of `Figure`, the total first."""
    yield "total", _text(region["root"]["score"])
    for within, rank in region["ranks"].items():
        yield f"rank in {within}", _text(rank)
    yield "grade", None if region["grade"] is None else _text(region["grade"])
    yield "key total", None if region["key_total"] is None else _text(region["key_total"])
    yield from _lines(region["root"])
    for result in region["results"]:
        yield from _lines(result["root"])
        yield result["root"]["id"], _text(result["root"]["score"])
        for within, rank in result["ranks"].items():
            yield f"{result['root']['id']} rank in {within}", _text(rank)


def _lines(line: Any) -> Iterator[tuple[str, _Cell]]:
    for one in (*line["children"], *line["adjustments"]):
        yield one["id"], _text(one["score"])
        yield from _lines(one)


def _text(amount: Any) -> _Cell:
    """An amount as a published table may write it; an absence by its name."""
    value = amount["value"]
    match value["form"]:
        case "number" if amount["kind"] == "rank":
            return str(value["value"])
        case "number":
            number = _published(Fraction(value["value"]), amount)
            return f"{number.numerator}/{number.denominator}"
        case "enclosure":
            ends = [_published(Fraction(value[end]), amount) for end in ("low", "high")]
            return f"[{ends[0]}, {ends[1]}]"
        case "absent":
            return Absence(value["status"])
        case "level":
            return str(value["value"])
    return None


def _published(value: Fraction, amount: Any) -> Fraction:
    return value * 100 if amount["kind"] in _IN_PERCENT else value


def _unreadable(name: str) -> Found:
    text = Text(en=f"`{name}` is no valid JSON", zh=f"`{name}` 不是有效的 JSON")
    return _refused(name, text)


def _another_form(name: str) -> Found:
    text = Text(
        en=f"`{name}` is JSON, but no result that `assessment score` has written",
        zh=f"`{name}` 是 JSON，但不是 `assessment score` 输出的结果",
    )
    return _refused(name, text)


def _refused(name: str, text: Text) -> Found:
    help = Text(
        en="give the table as CSV, as a workbook, or as the JSON of `assessment score`",
        zh="请提供 CSV、工作簿，或 `assessment score` 输出的 JSON",
    )
    one: Diagnostic = diagnostic("data-unreadable", text, CellPlace(file=name), help=help)
    return Found(at=BEFORE_ALL, diagnostic=one)
