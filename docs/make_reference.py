"""Writes the pages that say what the code says: `python docs/make_reference.py`.

They are `reference/methods/`, one page for each method and an index by family, and `reference/api.md`. What stands there
comes from the classes and docstrings; only the words around it are here. `tests/test_reference_pages.py` says when the
pages are no longer current.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from enum import Enum
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import attrs

import assessment
from assessment.core.types import POINTS, RATE, Kind, Type
from assessment.methods import base
from assessment.methods.base import Call, Method, Parameter, Rows, Sort, Yields
from assessment.methods.registry import FAMILIES, methods
from assessment.methods.wording import amount
from assessment.result import IndicatorResult, RegionResult
from assessment.ruleset import Indicator

FOLDER = Path(__file__).parent / "reference"


def pages() -> dict[str, str]:
    """Every generated page by its path below `reference`."""
    made = {f"methods/{method.en}.md": _method_page(method) for method in _own_methods()}
    return {**made, "methods/README.md": _index(), "api.md": _api()}


def stale(folder: Path = FOLDER) -> list[Path]:
    """Pages of methods that there are no longer."""
    known = pages()
    return sorted(path for path in folder.glob("methods/*.md") if f"methods/{path.name}" not in known)


# ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────

_YIELDS = {
    Yields.RATE: "a rate: the share of its points that the part earns",
    Yields.POINTS: "points",
    Yields.SCORE: "a rate, or points where the argument is in points",
    Yields.MEASURE: "a measure",
}
_SECTIONS = re.compile(r"^(Edges|Undefined|Source|Worked):", re.MULTILINE)


def _own_methods() -> Iterator[Method]:
    """The methods of this distribution, family by family."""
    return (method for method in methods() if type(method).__module__.startswith("assessment.methods."))


def _family(method: Method) -> str:
    return type(method).__module__.split(".")[-2]


def _method_page(method: Method) -> str:
    return "\n".join(
        [
            f"# {method.en} · {method.zh}",
            "",
            f"Gives {_YIELDS[method.yields]}. All methods are in [the index](README.md).",
            "",
            _SECTIONS.sub(r"\n**\1.**", inspect.getdoc(type(method)) or ""),
            "",
            "## Parameters",
            "",
            "| name | 名称 | takes | unless written | |",
            "|---|---|---|---|---|",
            *(_parameter_row(parameter) for parameter in method.parameters),
            "",
            *_table(method),
            *_policies(method),
            *_directions(method),
            "## In a breakdown",
            "",
            "```text",
            method.sentence.en,
            method.sentence.zh,
            "```",
            "",
            "## Examples",
            "",
            "```assess",
            *method.examples,
            "```",
            "",
        ]
    )


def _parameter_row(parameter: Parameter) -> str:
    cells = (
        f"`{parameter.en}`",
        parameter.zh,
        _takes(parameter),
        _default(parameter),
        _joined(parameter.about.en, parameter.about.zh),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(parameter: Parameter) -> str:
    if parameter.sort is Sort.WORD:
        return ", ".join(f"`{en}` {zh}" for en, zh in parameter.choices)
    words = [f"[{parameter.sort.value}](README.md#what-an-argument-may-be)"]
    if parameter.of is not None:
        words.append(f"of `{parameter.of}`")
    if parameter.low is not None:
        words.append(f"from {parameter.low}")
    if parameter.constant:
        words.append("the same for all regions")
    if parameter.many:
        words.append("any number of them")
    return ", ".join([" ".join(words[:2]), *words[2:]]) if parameter.of else ", ".join(words)


def _default(parameter: Parameter) -> str:
    match parameter.default:
        case None:
            return "may be left out" if parameter.optional else "must be written"
        case str() as word:
            return f"`{word}`"
        case Fraction() as value:
            shown = amount(value, {Sort.RATE: RATE, Sort.POINTS: POINTS}.get(parameter.sort, Type(kind=Kind.NUMBER)))
            return f"`{shown.en}`"
        case whole:
            return f"`{whole}`"


def _table(method: Method) -> Iterator[str]:
    if method.rows is not Rows.NONE:
        yield from ("## Table", "", _members(Rows)[method.rows.name], "")


def _policies(method: Method) -> Iterator[str]:
    if not method.needs:
        return
    unless = "" if type(method).needed is Method.needed else ", unless an argument of the call takes its place"
    for key in method.needs:
        yield from ("## Policies", "", f"The file must state the policy `{key}`{unless}.", "")


def _directions(method: Method) -> Iterator[str]:
    """In which parameters the result moves one way, for each direction that the call can choose."""
    words = next((p.choices for p in method.parameters if p.en == "better"), (("", ""),))
    said: list[str] = []
    for word, _ in words:
        arguments = {"within": "group", **({"better": word} if word else {})}
        rising, falling = method.directions(Call(arguments=arguments))
        where = f"With `better: {word}`, a" if word else "A"
        said += [f"- {where} higher `{name}` never lowers the result." for name in rising]
        said += [f"- {where} higher `{name}` never raises the result." for name in falling]
    if said:
        yield from ("## Directions", "", "As long as the parameters touch nothing else:", "", *said, "")


def _index() -> str:
    lines = [
        "# Methods",
        "",
        "A method is called by its English or its Chinese name; the first argument needs no name. These pages are written by",
        "`docs/make_reference.py` from the classes themselves. [How to write one](../../how-to/write-a-method.md) is a page of",
        "its own.",
    ]
    for family in FAMILIES:
        about = inspect.getdoc(importlib.import_module(f"assessment.methods.{family}")) or ""
        title, _, rest = about.partition(":")
        lines += ["", f"## {title}", "", _sentence(rest), "", "| | | |", "|---|---|---|"]
        for method in _own_methods():
            if _family(method) == family:
                first = (inspect.getdoc(type(method)) or "").splitlines()[0].replace("|", "\\|")
                lines.append(f"| [{method.en}]({method.en}.md) | {method.zh} | {first} |")
    lines += ["", "## What an argument may be", "", "| | |", "|---|---|"]
    about_sorts = _members(Sort)
    lines += [f"| {sort.value} | {about_sorts[sort.name]} |" for sort in Sort]
    return "\n".join(lines) + "\n"


def _members(kind: type[Enum]) -> dict[str, str]:
    """What is written below each member of an enumeration, by the name of the member."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef), kind  # noqa: S101 - what a class's source is
    found: dict[str, str] = {}
    name = ""
    for statement in definition.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case ast.Expr(value=ast.Constant(value=str() as about)) if name:
                found[name] = " ".join(about.split())
            case _:
                pass
    return found


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


def _joined(*texts: str) -> str:
    return " / ".join(text for text in texts if text)


# ── the Python API ───────────────────────────────────────────────────────────────────────────────────────────

_API_HEAD = '''# The Python API

```python
>>> import assessment
>>> rules = assessment.load("docs/reference/diagnostics/example.assess")
>>> rules.points, [one.title for one in rules.indicators][:2]
(Fraction(50, 1), ['R&D intensity', 'High-tech industry'])
>>> data = assessment.read_data("region,rd,gdp\\\\nNorth,3,200\\\\nSouth,4,200\\\\n", rules)
>>> result = rules.evaluate(data)
>>> result["North"].total, result["North"].indicator(1).exact
(Decimal('7.5'), Fraction(15, 2))
>>> print(result["North"].indicator(1).explain(lang="en").splitlines()[0])
HEADLINE
>>> assessment.load(\'assessment example for 2018 "Example" { total 100 point }\')
Traceback (most recent call last):
...
assessment.errors.RulesError: ...
```

Everything is imported from `assessment`; the package has no other public names but those of `assessment.methods.base` (see
[How to write a scoring method](../how-to/write-a-method.md)) and `assessment.testing`. Nothing is printed, values are
not changed in place, and arguments beyond the first two go by name. This page is written by `docs/make_reference.py`.
'''

_FUNCTIONS = ("load", "check", "read_data")
_CLASSES = (
    ("RuleSet", assessment.RuleSet),
    ("Indicator", Indicator),
    ("Data", assessment.Data),
    ("Result", assessment.Result),
    ("RegionResult", RegionResult),
    ("IndicatorResult", IndicatorResult),
    ("Diagnostic", assessment.Diagnostic),
)
_ERRORS = ("RulesError", "DataError", "UsageError", "MissingExtra")


def _api() -> str:
    lines = [_API_HEAD, "## Functions", ""]
    for name in _FUNCTIONS:
        function = getattr(assessment, name)
        lines += [f"### `{name}{_signature(function)}`", "", inspect.getdoc(function) or "", ""]
    lines += ["## Values", ""]
    for name, cls in _CLASSES:
        lines += [f"### `{name}`", "", inspect.getdoc(cls) or "", "", *_class(cls), ""]
    lines += ["## Errors", "", "| | |", "|---|---|"]
    for name in _ERRORS:
        first = (inspect.getdoc(getattr(assessment, name)) or "").splitlines()[0]
        lines.append(f"| `{name}` | {first} |")
    lines += [
        "",
        "`RulesError` and `DataError` carry `.diagnostics`, a tuple of `Diagnostic`. Codes are listed among the",
        "[findings](diagnostics/README.md).",
    ]
    return "\n".join(lines) + "\n"


def _class(cls: type) -> Iterator[str]:
    """The fields, properties and methods of a class that are public and documented, in the order of the source."""
    if attrs.has(cls):
        fields = [f"`{field.name}: {_annotation(field.type)}`" for field in attrs.fields(cls)]
        yield "Fields: " + ", ".join(fields) + "."
        yield ""
    rows = [
        f"| `{name}{_shape(member)}` | {' '.join((inspect.getdoc(member) or '').split())} |".replace("||", "\\|\\|")
        for name, member in vars(cls).items()
        if _is_documented(name, member)
    ]
    if rows:
        yield from ("| | |", "|---|---|", *rows)


def _is_documented(name: str, member: object) -> bool:
    if name.startswith("_") and name != "__getitem__":
        return False
    return isinstance(member, property | cached_property) or inspect.isfunction(member)


def _shape(member: object) -> str:
    """The signature of a method; the type of a property."""
    match member:
        case property(fget=getter) if getter is not None:
            return f": {_annotation(getter.__annotations__.get('return'))}"
        case cached_property(func=getter):
            return f": {_annotation(getter.__annotations__.get('return'))}"
    assert callable(member), member  # noqa: S101 - see _is_documented
    return _signature(member, bound=True)


def _signature(function: Callable[..., object], *, bound: bool = False) -> str:
    """The signature as it is written, without quotation marks around annotations."""
    parts: list[str] = []
    starred = False
    for parameter in list(inspect.signature(function).parameters.values())[bound:]:
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        text = f"{parameter.name}: {_annotation(parameter.annotation)}"
        parts.append(text if parameter.default is parameter.empty else f"{text} = {parameter.default!r}")
    returned = _annotation(function.__annotations__.get("return"))
    return f"({', '.join(parts)}) -> {returned}"


def _annotation(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


if __name__ == "__main__":
    for path in stale():
        path.unlink()
        print(f"removed {path.relative_to(FOLDER)}")
    for name, text in pages().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(name)
