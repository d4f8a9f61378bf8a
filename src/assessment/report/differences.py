"""A difference between two rule sets as plain text: what changed, then whose scores move."""

from __future__ import annotations

from assessment.analysis.change import Change
from assessment.analysis.difference import Difference
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.text import visible
from assessment.report import words
from assessment.report.moves import moves_lines

__all__ = ["difference_text"]

_HEADINGS = {
    "scores": Text(en="May move scores, ranks or grades", zh="可能影响得分、名次或等次"),
    "data": Text(en="What the data must supply, and for which year", zh="数据要求和年度"),
    "words": Text(en="Words only", zh="仅文字"),
}
_COUNTED = {
    "scores": Text(en="{} may move scores, ranks or grades", zh="{} 处可能影响得分、名次或等次"),
    "data": Text(en="{} of the data or the year", zh="{} 处涉及数据或年度"),
    "words": Text(en="{} of words only", zh="{} 处仅为文字"),
}
_SAME = Text(en="no change of meaning", zh="含义没有变化")
_NOTHING = Text(en="no difference", zh="没有差异")


def difference_text(found: Difference, lang: Lang) -> str:
    """The whole difference, in one language."""
    lines = [_heading(found, lang), ""]
    if not found.changes:
        lines += [_NOTHING.in_(lang), ""]
    elif found.same_meaning:
        lines += [_SAME.in_(lang), ""]
    else:
        lines += [_summary(found, lang), ""]
    for effect, title in _HEADINGS.items():
        lines += _list(title.in_(lang), [one for one in found.changes if one.effect == effect], lang)
    if found.moves is not None:
        lines += moves_lines(found.moves, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _heading(found: Difference, lang: Lang) -> str:
    old, new = (
        visible(title if year is None else f"{title} ({year})" if lang == "en" else f"{title}（{year}）")
        for title, year in ((found.old, found.old_period), (found.new, found.new_period))
    )
    return f"{old} → {new}"


def _summary(found: Difference, lang: Lang) -> str:
    """How many changes there are of each kind, in one sentence."""
    count = {effect: sum(1 for one in found.changes if one.effect == effect) for effect in _HEADINGS}
    told = [_COUNTED[effect].in_(lang).format(number) for effect, number in count.items() if number]
    if lang == "zh":
        return f"共 {len(found.changes)} 处变动：{'，'.join(told)}。"
    changes = f"{len(found.changes)} change{'s' * (len(found.changes) != 1)}"
    return f"{changes}: {', '.join(told)}."


def _list(title: str, found: list[Change], lang: Lang) -> list[str]:
    if not found:
        return []
    said = [f"- {visible(one.in_(lang))}" for one in found]
    return [f"{title}{words.COLON.in_(lang)}".rstrip(), *said, ""]
