"""Formulas as written, in the words of either language, and where two of them differ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Source
from assessment.errors import UsageError
from assessment.methods.base import Parameter
from assessment.methods.registry import method_named
from assessment.semantics.canonical import canonical
from assessment.semantics.matching import with_parameters
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_expression

__all__ = ["Part", "differing", "in_both", "same_expression"]

_HEADS = ("assessment x {{\nlet x = {}\n}}", "考核 x {{\n定义 x = {}\n}}")
_LANGUAGES: tuple[Lang, Lang] = ("en", "zh")


@frozen(kw_only=True)
class Part:
    """A part of a formula that differs; None on the side that does not have it. `name` is that of the part."""

    topic: str
    name: Text
    key: str
    old: Text | None
    new: Text | None


def in_both(text: str) -> Text:
    """A formula in both languages; as it was written where it cannot be read by itself."""
    found = _read(text)
    return Text.same(_plain(text)) if found is None else _shown(found)


def same_expression(old: str, new: str) -> bool:
    """Whether two formulas are the same but for the language, blanks and comments."""
    before, after = _read(old), _read(new)
    if before is None or after is None:
        return old.split() == new.split()
    return _print(before, "en") == _print(after, "en")


def differing(old: str, new: str) -> tuple[Part, ...] | None:
    """The arguments and rows in which two calls of one method differ; None where the formulas are no such calls."""
    before, after = _read(old), _read(new)
    if not isinstance(before, ast.Call) or not isinstance(after, ast.Call) or before.name != after.name:
        return None
    return (*_arguments(before, after), *_rows(before, after))


def _arguments(before: ast.Call, after: ast.Call) -> Iterator[Part]:
    left, right = _by_parameter(before), _by_parameter(after)
    for key in dict.fromkeys((*left, *right)):
        old, new = left.get(key), right.get(key)
        if (None if old is None else old[1].en) != (None if new is None else new[1].en):
            name = (new or old or (Text.same(key), Text.same("")))[0]
            yield Part(topic="argument", name=name, key=key, old=old and old[1], new=new and new[1])


def _by_parameter(call: ast.Call) -> dict[str, tuple[Text, Text]]:
    """What is written for each parameter: its name and its value, by the English name or the place."""
    method = method_named(call.name)
    found: dict[str, tuple[Text, Text]] = {}
    for place, (argument, parameter) in enumerate(
        with_parameters(call.arguments, () if method is None else method.parameters), start=1
    ):
        name = _name(argument, parameter, place)
        value = _shown(argument.value)
        if name.en in found:
            value = Text(en=f"{found[name.en][1].en}, {value.en}", zh=f"{found[name.en][1].zh}、{value.zh}")
        found[name.en] = (name, value)
    return found


def _name(argument: ast.Argument, parameter: Parameter | None, place: int) -> Text:
    if parameter is not None:
        return Text(en=f"`{parameter.en}`", zh=f"“{parameter.zh}”")
    if argument.name is not None:
        return Text(en=f"`{argument.name}`", zh=f"“{argument.name}”")
    return Text(en=f"argument {place}", zh=f"第 {place} 个参数")


def _rows(before: ast.Call, after: ast.Call) -> Iterator[Part]:
    left, right = _by_key(before), _by_key(after)
    for old_key, new_key in _moved(left, right):
        (old_row, value), (new_row, _) = left.pop(old_key), right.pop(new_key)
        name = Text(en=f"row for {value.en}", zh=f"“{value.zh}”一档")
        yield Part(topic="row", name=name, key=new_key, old=old_row, new=new_row)
    for key in dict.fromkeys((*left, *right)):
        old, new = left.get(key), right.get(key)
        if (None if old is None else old[1].en) != (None if new is None else new[1].en):
            name = (new or old or (Text.same(key), Text.same("")))[0]
            yield Part(
                topic="row",
                name=Text(en=f"row `{name.en}`", zh=f"“{name.zh}”一档"),
                key=key,
                old=old and old[1],
                new=new and new[1],
            )
    if list(left) != list(right) and {k: v[1].en for k, v in left.items()} == {
        k: v[1].en for k, v in right.items()
    }:
        yield Part(
            topic="row",
            name=Text(en="order of the rows", zh="各档先后"),
            key="order",
            old=Text(
                en=", ".join(v[0].en for v in left.values()), zh="、".join(v[0].zh for v in left.values())
            ),
            new=Text(
                en=", ".join(v[0].en for v in right.values()), zh="、".join(v[0].zh for v in right.values())
            ),
        )


def _moved(left: dict[str, tuple[Text, Text]], right: dict[str, tuple[Text, Text]]) -> list[tuple[str, str]]:
    """Rows that give the same as before under another condition, as pairs of what stands before the colon."""
    gone = {key: row[1].en for key, row in left.items() if key not in right}
    come = {key: row[1].en for key, row in right.items() if key not in left}
    found = []
    for key, value in come.items():
        same = [old for old, given in gone.items() if given == value]
        if len(same) == 1 and list(come.values()).count(value) == 1:
            found.append((same[0], key))
    return found


def _by_key(call: ast.Call) -> dict[str, tuple[Text, Text]]:
    """What each row of a table gives, by what is written before the colon."""
    found: dict[str, tuple[Text, Text]] = {}
    for row in () if call.table is None else call.table.rows:
        printed = {lang: _row(call, row, lang) for lang in _LANGUAGES}
        key, value = (Text(en=printed["en"][at], zh=printed["zh"][at]) for at in (0, 1))
        found[key.en] = (key, value)
    return found


def _row(call: ast.Call, row: ast.Row, lang: Lang) -> tuple[str, str]:
    """A row before and behind its colon."""
    table = call.table
    if table is None:
        return "", ""
    one = evolve(call, name="x", arguments=(), table=evolve(table, rows=(row,)))
    text = _print(one, lang).removeprefix("x {").removesuffix("}").strip()
    key, _, value = text.partition("：" if lang == "zh" else ": ")
    return key.strip(), value.strip()


@lru_cache(maxsize=4096)
def _read(text: str) -> ast.Expr | None:
    """The tree of a formula in English words; None where the text is not one by itself."""
    if not text.strip():
        return None
    for head in _HEADS:
        file, found = parse(Source(name="formula", text=head.format(text)))
        if file is not None and not found and len(file.body) == 1 and isinstance(file.body[0], ast.Let):
            return canonical(file.body[0].value, "en")
    return None


def _shown(expression: ast.Expr) -> Text:
    return Text(en=_print(expression, "en"), zh=_print(canonical(expression, "zh"), "zh"))


def _print(expression: ast.Expr, lang: Lang) -> str:
    try:
        return print_expression(expression, lang)
    except UsageError:
        return _plain(expression.span.text)


def _plain(text: str) -> str:
    return " ".join(text.split())
