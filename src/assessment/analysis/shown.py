"""How the values of checked rules are shown where one changed into another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from assessment.analysis.expressions import in_both
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind, Type
from assessment.diagnostics.bilingual import Lang, Text
from assessment.methods.wording import amount
from assessment.number import exact_text
from assessment.semantics.model import (
    Bounds,
    Coverage,
    Disposal,
    Grade,
    Input,
    Ranking,
    Rescaling,
    Rounding,
    Scale,
    ScoreNode,
)
from assessment.semantics.wording import called, points
from assessment.syntax.words import spelling

NONE = Text(en="none", zh="无")
YES, NO = Text(en="yes", zh="是"), Text(en="no", zh="否")
NOT_STATED = Text(en="not stated", zh="未规定")


def yes_no(value: bool) -> Text:
    """Yes or no."""
    return YES if value else NO


def quoted(text: str) -> Text:
    """A title in quotation marks."""
    return Text(en=f'"{text}"', zh=f"“{text}”")


def listed(names: Iterable[str]) -> Text:
    """Names one after another."""
    found = list(names)
    return Text(en=", ".join(found), zh="、".join(found)) if found else NONE


def joined(texts: Iterable[Text]) -> Text:
    """Texts one after another."""
    found = list(texts)
    return Text(en="; ".join(x.en for x in found), zh="；".join(x.zh for x in found)) if found else NONE


def spelt(terminal: str, meaning: str) -> Text:
    """A word of the language in both spellings."""

    def one(lang: Lang) -> str:
        try:
            return spelling(terminal, meaning, lang)
        except KeyError:
            return meaning

    return Text(en=one("en"), zh=one("zh"))


_READINGS = {
    "rate": spelt("RATE", "rate"),
    "rank": spelt("RANK_READ", "rank"),
    "bottom": spelt("BOTTOM_READ", "rank from the bottom"),
}


def size(value: Fraction | None, *, in_points: bool = True) -> Text:
    """Points, or a share of full marks where there are none."""
    if value is None:
        return NOT_STATED
    return points(value) if in_points else Text.same(exact_text(value))


def by_group(value: Mapping[str, Fraction | None]) -> Text:
    """The points of each group."""
    none = Text(en="not on the sheet", zh="不考核")
    shown = [(group, none if found is None else points(found)) for group, found in value.items()]
    return joined(Text(en=f"{group} {found.en}", zh=f"{group} {found.zh}") for group, found in shown)


def rounding(value: Rounding | None) -> Text:
    """A rounding."""
    if value is None:
        return NONE
    mode = spelt("MODE", value.mode.value)
    return Text(en=f"{mode.en} to {value.places} places", zh=f"{mode.zh} {value.places} 位")


def disposal(value: Disposal | None) -> Text:
    """What a policy puts in the place of an absence."""
    return NOT_STATED if value is None else value.text


def within(field: str | None) -> Text:
    """A field of regions."""
    return NONE if field is None else spelt("FIELD", field)


def ranking(value: Ranking | None) -> Text:
    """The field, the keys in order and the rule for ties."""
    if value is None:
        return Text(en="no ranking", zh="不排名")
    lowest = spelt("FIRST", "lowest")
    keys = [
        key if highest else Text(en=f"{key.en} {lowest.en}", zh=f"{key.zh}{lowest.zh}")
        for key, highest in ((node_text(key), highest) for key, highest in value.keys)
    ]
    ends = spelt("BOTH_ENDS", "from both ends") if value.both_ends else Text.same("")
    comma = Text(en=", ", zh="，") if value.both_ends else Text.same("")
    ties = spelt("POLICY_VALUE", value.ties)
    over = within(value.within)
    return Text(
        en=f"within {over.en}{comma.en}{ends.en}, by {', '.join(k.en for k in keys)} (ties: {ties.en})",
        zh=f"{over.zh}{comma.zh}{ends.zh}，先后 {'、'.join(k.zh for k in keys)}（并列：{ties.zh}）",
    )


def node_text(node: n.Node) -> Text:
    """A graph by the words it was written in."""
    match node:
        case n.Frame(text=text) if text and node.role != "score":
            return in_both(text)
        case n.Frame(node=inner):
            return node_text(inner)
        case n.Score(path=path, reading=reading):
            whose = called(path)
            if reading == "score":
                return whose
            said = _READINGS[reading]
            return Text(en=f"{whose.en} {said.en}", zh=f"{whose.zh}{said.zh}")
        case _ if node.span is not None:
            return in_both(node.span.text)
        case n.Const(value=value):
            return value_text(value, node.type)
        case _:
            return Text(en="a formula", zh="公式")


def value_text(value: object, type_: Type) -> Text:
    """A constant of a type."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Absence):
        return value.label
    if isinstance(value, Fraction):
        if type_.kind is Kind.LEVEL and value.denominator == 1 and 0 <= value < len(type_.levels):
            return Text.same(type_.levels[int(value)])
        return amount(value, type_)
    return quoted(str(value))


def bounds(value: Bounds, type_: Type) -> Text:
    """A range."""
    low, high = value.low, value.high
    if low is None and high is None:
        return NONE
    parts = []
    if low is not None:
        parts.append((">=" if value.low_closed else ">", amount(low, type_)))
    if high is not None:
        parts.append(("<=" if value.high_closed else "<", amount(high, type_)))
    return Text(
        en=", ".join(f"{op} {x.en}" for op, x in parts), zh="，".join(f"{op} {x.zh}" for op, x in parts)
    )


def grade(value: Grade, *, in_points: bool) -> Text:
    """What a grade takes: the threshold, or the whole statement where it takes more."""
    if value.words is not None and (value.condition is not None or value.quota is not None):
        return Text(en=f"“{value.words.en}”", zh=f"“{value.words.zh}”")
    if value.bound is None or value.op is None:
        return spelt("OTHERWISE", "otherwise")
    bound = size(value.bound, in_points=in_points)
    return Text(en=f"{value.op} {bound.en}", zh=f"{value.op} {bound.zh}")


def coverage(value: Coverage | None) -> Text:
    """A demand on coverage."""
    return NONE if value is None else value.words


def rescaling(value: Rescaling | None) -> Text:
    """A rescaling to the best."""
    if value is None:
        return NONE
    over = within(value.within)
    keep = (", or keep", "，否则保持") if value.keep else ("", "")
    return Text(en=f"to the best within {over.en}{keep[0]}", zh=f"按{over.zh}最高分折算{keep[1]}")


def scale(value: Scale) -> Text:
    """The scale of the result."""
    if value.points is not None:
        return points(value.points)
    if value.unbounded:
        return Text(en="unbounded", zh="不设区间")
    low, high = exact_text(value.low), exact_text(value.high)
    return Text(en=f"{low} to {high}", zh=f"{low} 到 {high}")


def node_size(value: ScoreNode) -> Text:
    """The points or the weight of a node of the score tree."""
    if value.points is not None:
        return points(value.points)
    if value.weight is not None:
        shown = exact_text(value.weight)
        return Text(en=f"weight {shown}", zh=f"权重 {shown}")
    return Text(en="no size", zh="无分值")


def end(value: Fraction | None, none: bool, in_points: bool) -> Text:
    """A cap or a floor as stated."""
    return NONE if none else size(value, in_points=in_points)


def input_form(value: Input) -> Text:
    """What an input is: its form, its levels, and whether it stands in rows."""
    forms = {
        "number": Text(en="a number", zh="数值"),
        "yes/no": Text(en="yes or no", zh="是否"),
        "choice": Text(en="a level", zh="等级"),
        "ratings": Text(en="ratings", zh="评分"),
        "events": Text(en="events", zh="事项"),
        "date": Text(en="a date", zh="日期"),
        "text": Text(en="a text", zh="文字"),
        "region": Text(en="a region", zh="地区"),
    }
    return forms.get(value.form, Text.same(value.form))
