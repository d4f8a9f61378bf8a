"""Writes the page of each method and their index: `python docs/reference/methods/make_pages.py`.

What stands on a page comes from the class of the method; only the words around it are here.
`tests/test_reference_pages.py` says when the pages are no longer current.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from pathlib import Path

from assessment.core.types import POINTS, RATE, Kind, Type
from assessment.methods.base import Call, Method, Parameter, Rows, Sort, Yields
from assessment.methods.registry import FAMILIES, methods
from assessment.methods.wording import amount

FOLDER = Path(__file__).parent

_YIELDS = {
    Yields.RATE: "a rate: the share of its points that the part earns",
    Yields.POINTS: "points",
    Yields.SCORE: "points where the argument or the rows are in points, else a rate",
    Yields.MEASURE: "a measure",
}
_SECTIONS = re.compile(r"\n*^(Edges|Undefined|Source|Worked):", re.MULTILINE)
_NUMBERS = {Sort.RATE: RATE, Sort.POINTS: POINTS}


def pages() -> dict[str, str]:
    """The text of every page by its name."""
    return {**{f"{method.en}.md": page(method) for method in _own()}, "README.md": _index()}


def _own() -> Iterator[Method]:
    """The methods of this distribution, family by family."""
    return (method for method in methods() if type(method).__module__.startswith("assessment.methods."))


def page(method: Method) -> str:
    """The page of one method, also of another distribution."""
    lines = [
        f"# {method.en} · {method.zh}",
        "",
        f"Gives {_YIELDS[method.yields]}. All methods are in [the index](README.md).",
        "",
        _SECTIONS.sub(r"\n\n**\1:**", inspect.getdoc(type(method)) or ""),
        "",
        "## Parameters",
        "",
        "| name | 名称 | takes | where it is not written | |",
        "|---|---|---|---|---|",
        *(_parameter(parameter) for parameter in method.parameters),
        "",
        *_table(method),
        *_policies(method),
        *_directions(method),
        "## Sentence",
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
    ]
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    about = " / ".join(text for text in (parameter.about.en, parameter.about.zh) if text)
    cells = (f"`{parameter.en}`", parameter.zh, _takes(parameter), _default(parameter), about)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(parameter: Parameter) -> str:
    if parameter.sort is Sort.WORD:
        return ", ".join(f"`{en}` {zh}" for en, zh in parameter.choices)
    sort = f"[{parameter.sort.value}](README.md#what-an-argument-may-be)"
    words = [sort if parameter.of is None else f"{sort} of `{parameter.of}`"]
    if parameter.low is not None:
        words.append(f"{parameter.low} or more")
    if parameter.constant:
        words.append("the same for all regions")
    if parameter.many:
        words.append("any number of them")
    if parameter.unlimited:
        words.append("or `none` 不限")
    return ", ".join(words)


def _default(parameter: Parameter) -> str:
    default = parameter.default
    if default is None:
        return "may be left out" if parameter.optional else "must be written"
    if isinstance(default, Fraction):
        return f"`{amount(default, _NUMBERS.get(parameter.sort, Type(kind=Kind.NUMBER))).en}`"
    return f"`{default}`"


def _table(method: Method) -> Iterator[str]:
    if method.rows is not Rows.NONE:
        yield from ("## Table", "", _members(Rows)[method.rows.name], "")


def _policies(method: Method) -> Iterator[str]:
    if method.needs:
        keys = " and ".join(f"`{key}`" for key in method.needs)
        unless = (
            "" if type(method).needed is Method.needed else ", unless an argument of the call takes its place"
        )
        yield from ("## Policies", "", f"The file must state the policy for {keys}{unless}.", "")


def _directions(method: Method) -> Iterator[str]:
    """In which parameters the result moves one way, for each direction that the call can name."""
    better = next((parameter.choices for parameter in method.parameters if parameter.en == "better"), ())
    calls = [
        (f"With `better: {word}`, a", Call(arguments={"within": "group", "better": word}))
        for word, _ in better
    ]
    promised = [(lead, *method.directions(call)) for lead, call in calls] or [
        ("A", method.rising, method.falling)
    ]
    said: list[str] = []
    for lead, rising, falling in promised:
        said += [f"- {lead} higher `{name}` never lowers the result." for name in rising]
        said += [f"- {lead} higher `{name}` never raises the result." for name in falling]
    if said:
        turned = not better and type(method).directions is not Method.directions
        also = " Arguments that say that lower is better turn it." if turned else ""
        yield from (
            "## Directions",
            "",
            f"As long as the parameters touch nothing else.{also}",
            "",
            *said,
            "",
        )


def _index() -> str:
    lines = [
        "# Methods",
        "",
        "A method is called by its English or its Chinese name, in rule files of either language. Arguments stand in the order of",
        "the parameters, or have their names before them. These pages are written by `make_pages.py` from the classes themselves;",
        "how to write one is told in [How to write a scoring method](../../how-to/write-a-method.md).",
    ]
    for family in FAMILIES:
        about = inspect.getdoc(importlib.import_module(f"assessment.methods.{family}")) or ""
        title, _, rest = " ".join(about.split()).partition(": ")
        lines += ["", f"## {title}", "", rest[:1].upper() + rest[1:], "", "| | | |", "|---|---|---|"]
        for method in _own():
            if type(method).__module__.split(".")[-2] == family:
                first = (inspect.getdoc(type(method)) or "").splitlines()[0].replace("|", "\\|")
                lines.append(f"| [{method.en}]({method.en}.md) | {method.zh} | {first} |")
    sorts = _members(Sort)
    lines += ["", "## What an argument may be", "", "| | |", "|---|---|"]
    lines += [f"| {sort.value} | {sorts[sort.name]} |" for sort in Sort]
    return "\n".join(lines) + "\n"


def _members(kind: type[Enum]) -> dict[str, str]:
    """What the source says below each member of an enumeration, by the name of the member."""
    definition = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    found: dict[str, str] = {}
    name = ""
    for statement in definition.body if isinstance(definition, ast.ClassDef) else ():
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case ast.Expr(value=ast.Constant(value=str() as about)) if name:
                found[name] = " ".join(about.split())
            case _:
                pass
    return found


if __name__ == "__main__":
    made = pages()
    for path in sorted(FOLDER.glob("*.md")):
        if path.name not in made:
            path.unlink()
            print(f"removed {path.name}")
    for name, text in made.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(name)
