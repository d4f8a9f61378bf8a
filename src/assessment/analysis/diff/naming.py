"""How the things of rule files are called, in both languages."""

from __future__ import annotations

import re
from typing import Any

from assessment.analysis import shown
from assessment.analysis.expressions import in_both
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Group, ScoreNode
from assessment.semantics.wording import called

_BACKTICKS = re.compile("`([^`]*)`")


_ITEM = re.compile(r"(.*) item (\S+)$")


def quoted(words: Text) -> Text:
    """A statement that is cited, without the blanks that align it."""
    return Text(en=f"“{' '.join(words.en.split())}”", zh=f"“{' '.join(words.zh.split())}”")


def named(en: str, zh: str, one: Any) -> Text:
    """A thing by its kind, its name and its title."""
    title = one.title if one.title and one.title != one.name else None
    if title is None:
        return Text(en=f"{en} {one.name}", zh=f"{zh} {one.name}")
    return Text(en=f'{en} {one.name} "{title}"', zh=f"{zh} {one.name} “{title}”")


def titled(group: Group) -> Text:
    """A group by its title."""
    title = group.title or group.name
    return Text(en=f'group "{title}"', zh=f"“{title}”")


def in_unit(unit: str) -> Text:
    """A unit, its word in both languages where it has one."""
    return {
        "points": Text(en="points", zh="分"),
        "pp": Text(en="pp", zh="百分点"),
    }.get(unit, Text.same(unit))


def in_english_quotes(title: str) -> str:
    """A title within English quotation marks."""
    return title.replace("“", '"').replace("”", '"') if title.count("“") == 1 else title


def called_node(one: ScoreNode) -> Text:
    """A node by its number or name alone, names in quotation marks."""
    found = called(one.path)
    return Text(en=_BACKTICKS.sub(r'"\1"', found.en), zh=_BACKTICKS.sub(r"“\1”", found.zh).replace(" “", "“"))


def clause_key(clause: str | None) -> str | None:
    """A clause with the words of either language for its item in one form."""
    return None if clause is None else _ITEM.sub(r"\1 第 \2 项", clause)


def node(one: ScoreNode) -> Text:
    """A node by its number or name, and its title."""
    if one.level == "total":
        return Text(en="the total", zh="总分")
    name = called_node(one)
    if not one.title or one.title == one.name:
        return name
    return Text(en=f'{name.en} "{one.title}"', zh=f"{name.zh} “{one.title}”")


def node_detail(one: ScoreNode) -> Text:
    """What a new or gone node is worth and how it is scored."""
    parts = [] if one.level == "total" else [shown.node_size(one)]
    if one.formula is not None and one.text:
        parts.append(in_both(one.text))
    for child in one.children:
        if child.level == "part":
            inner = node_detail(child)
            parts.append(Text(en=f"{child.title} ({inner.en})", zh=f"{child.title}（{inner.zh}）"))
    return Text(en="; ".join(p.en for p in parts), zh="；".join(p.zh for p in parts))
