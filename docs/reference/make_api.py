"""Writes `api.md`, the public names with signatures and docstrings: `python docs/reference/make_api.py`.

`tests/test_reference_pages.py` runs the example and says when the page is no longer current.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import attrs

import assessment
from assessment import result
from assessment.analysis.change import Change
from assessment.analysis.difference import Difference
from assessment.analysis.moves import Item, Move, Moves, Split
from assessment.analysis.reconcile.compare import Reconciliation
from assessment.result import IndicatorResult, NamedResult, RegionResult
from assessment.ruleset import Indicator

FOLDER = Path(__file__).parent

_HEAD = r"""# The Python API

```python
>>> import assessment
>>> rules = assessment.load("docs/reference/diagnostics/example.assess")
>>> rules.points, len(rules.indicators), rules.indicators[0].title
(Fraction(50, 1), 5, 'R&D intensity')
>>> data = assessment.read_data("region,rd,gdp\nNorth,3,200\nSouth,4,200\n", rules)
>>> result = rules.evaluate(data)
>>> result["North"].total, result["North"].indicator(1).exact
(Decimal('7.5'), Fraction(15, 2))
>>> [one.message for one in assessment.check("assessment example for 2018 { totl 10 points }")]
['rules have no word `totl`']
```

Everything is imported from `assessment`. Other public names are those of `assessment.methods.base`, for authors of methods (see
[How to write a scoring method](../how-to/write-a-method.md)), and of `assessment.testing`. Nothing is printed and no
argument is changed; arguments beyond the first two go by name. This page is written by `make_api.py`.
"""

_FUNCTIONS = ("load", "check", "show", "format_rules", "read_data", "diff", "reconcile")
_CLASSES = (
    assessment.RuleSet,
    Indicator,
    Difference,
    Change,
    Moves,
    Move,
    Split,
    Item,
    assessment.Data,
    assessment.Result,
    result.Periods,
    RegionResult,
    IndicatorResult,
    NamedResult,
    Reconciliation,
    assessment.Diagnostic,
)
_ERRORS = (assessment.RulesError, assessment.DataError, assessment.UsageError, assessment.MissingExtra)


def page() -> str:
    """The text of the page."""
    lines = [_HEAD, "## Functions", ""]
    for name in _FUNCTIONS:
        function = getattr(assessment, name)
        lines += [
            f"### `{name}`",
            "",
            "```text",
            f"{name}{_signature(function)}",
            "```",
            "",
            _doc(function),
            "",
        ]
    lines += ["## Values", ""]
    for cls in _CLASSES:
        lines += [f"### `{cls.__name__}`", "", _doc(cls), "", *_members(cls)]
    lines += ["## Aliases", "", "| | |", "|---|---|"]
    lines += [f"| `{_escaped(alias)}` | {about} |" for alias, about in _aliases()]
    lines += ["", "## Errors", "", "| | |", "|---|---|"]
    lines += [f"| `{error.__name__}` | {_doc(error).splitlines()[0]} |" for error in _ERRORS]
    lines += [
        "",
        "`RulesError` and `DataError` carry `.diagnostics`, a tuple of `Diagnostic`; the codes are listed among the",
        "[findings](diagnostics/README.md).",
    ]
    return "\n".join(lines) + "\n"


def _members(cls: type) -> Iterator[str]:
    """The fields, properties and methods of a class that are public, in the order of the source."""
    if attrs.has(cls):
        yield "```text"
        yield from (f"{field.name}: {_annotation(field.type)}" for field in attrs.fields(cls))
        yield from ("```", "")
    rows = [
        (f"{name}{_shape(member)}", " ".join(_doc(member).split()))
        for name, member in vars(cls).items()
        if (not name.startswith("_") or name == "__getitem__")
        and (isinstance(member, property | cached_property) or inspect.isfunction(member))
    ]
    if rows:
        yield from ("| | |", "|---|---|")
        for signature, about in rows:
            yield f"| `{_escaped(signature)}` | {_escaped(about)} |"
        yield ""


def _aliases() -> Iterator[tuple[str, str]]:
    """The aliases of types that results speak of, each with what the source says below it."""
    body = ast.parse(inspect.getsource(result)).body
    for first, second in pairwise(body):
        match first, second:
            case ast.Assign(targets=[ast.Name()]), ast.Expr(value=ast.Constant(value=str() as about)):
                yield ast.unparse(first), " ".join(about.split())
            case _:
                pass


def _escaped(text: str) -> str:
    """The text for a cell of a table, where a bar is escaped, in code as well."""
    return text.replace("|", "\\|")


def _shape(member: object) -> str:
    """The type of a property, the signature of a method."""
    match member:
        case property(fget=getter) if getter is not None:
            return f": {_annotation(inspect.signature(getter).return_annotation)}"
        case cached_property(func=getter):
            return f": {_annotation(inspect.signature(getter).return_annotation)}"
        case _ if callable(member):
            return _signature(member, bound=True)
    raise TypeError(f"{member!r} is neither a property nor a method")


def _signature(function: Callable[..., object], *, bound: bool = False) -> str:
    """The signature as it is written in the source; without `self` for a method."""
    signature = inspect.signature(function)
    parts: list[str] = []
    for parameter in list(signature.parameters.values())[bound:]:
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        text = f"{parameter.name}: {_annotation(parameter.annotation)}"
        parts.append(text if parameter.default is parameter.empty else f"{text} = {parameter.default!r}")
    return f"({', '.join(parts)}) -> {_annotation(signature.return_annotation)}"


def _annotation(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _doc(member: object) -> str:
    return inspect.getdoc(member) or ""


if __name__ == "__main__":
    (FOLDER / "api.md").write_text(page(), encoding="utf-8")
    print("api.md")
