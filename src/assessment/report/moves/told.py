"""What is said of moves in sentences: whether it is a trial, the whole in one sentence, who passes whom, what holds a region down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.analysis.moves import Move, Moves, Shift, Under
from assessment.diagnostics.bilingual import Lang, Text
from assessment.report import words
from assessment.report.moves.figures import rough, signed

_RULES = {"old": Text(en="old", zh="原"), "new": Text(en="new", zh="新")}


def trial_told(found: Moves, lang: Lang) -> Iterator[str]:
    """That this is a trial, and which data count as those of which year."""
    for one in found.shifts:
        yield _shift_zh(one) if lang == "zh" else _shift_en(one)


def _shift_en(one: Shift) -> str:
    years = one.counts_as - one.data_year
    by = f"{abs(years)} year{'s' * (abs(years) != 1)} {'later' if years > 0 else 'earlier'}"
    return (
        f"※ Trial: under the {_RULES[one.rules].en} rules the data of {one.data_year} count as data of {one.counts_as} "
        f"(all years of the data, and the dates in them, {by}); these are no results of {one.counts_as}."
    )


def _shift_zh(one: Shift) -> str:
    years = one.counts_as - one.data_year
    return (
        f"※ 试算：按{_RULES[one.rules].zh}规则计分时，{one.data_year} 年数据视同 {one.counts_as} 年数据"
        f"（各年数据及其中的日期一律{'后' if years > 0 else '前'}移 {abs(years)} 年）；试算结果不是 {one.counts_as} 年度的得分。"
    )


def summary_told(found: Moves, lang: Lang) -> str:
    """Who gains, who loses, who most, and how many change rank and grade, in one sentence."""
    both = [one for one in found.regions if one.total.move is not None]
    up = [one for one in both if rough(one.total.move) > 0]
    down = [one for one in both if rough(one.total.move) < 0]
    kept, apart = len(both) - len(up) - len(down), len(found.regions) - len(both)
    states = [(one.old, one.new) for one in both if one.old is not None and one.new is not None]
    ranks = [(old.rank, new.rank) for old, new in states if new.rank is not None]
    grades = [(old.grade, new.grade) for old, new in states if new.grade is not None]
    if lang == "zh":
        parts = [
            f"{len(up)} 个得分上升{_most(up, found, lang)}" * bool(up),
            f"{len(down)} 个得分下降{_most(down, found, lang)}" * bool(down),
            f"{kept} 个得分不变" * bool(kept),
            f"{apart} 个无法比较" * bool(apart),
        ]
        rest = [_differing_zh(ranks, "名次"), _differing_zh(grades, "等次")]
        return f"{len(found.regions)} 个地区中，{'；'.join(filter(None, ['，'.join(filter(None, parts)), *rest]))}。"
    parts = [
        f"{_verb(len(up), 'gain')}{_most(up, found, lang)}" * bool(up),
        f"{_verb(len(down), 'lose')}{_most(down, found, lang)}" * bool(down),
        f"{_verb(kept, 'keep')} the total" * bool(kept),
        f"{apart} cannot be compared" * bool(apart),
    ]
    rest = [_differing_en(ranks, "rank"), _differing_en(grades, "grade")]
    regions = f"{len(found.regions)} region{'s' * (len(found.regions) != 1)}"
    return f"Of {regions}, {'; '.join(filter(None, [', '.join(filter(None, parts)), *rest]))}."


def _differing_zh(pairs: Sequence[tuple[object, object]], what: str) -> str:
    count = sum(old != new for old, new in pairs)
    return "" if not pairs else f"{count} 个{what}变动" if count else f"{what}均不变"


def _differing_en(pairs: Sequence[tuple[object, object]], what: str) -> str:
    count = sum(old != new for old, new in pairs)
    return "" if not pairs else f"{_verb(count, 'change')} {what}" if count else f"no {what} changes"


def _verb(count: int, verb: str) -> str:
    return f"{count} {verb}{'s' * (count == 1)}"


def _most(moved: Sequence[Move], found: Moves, lang: Lang) -> str:
    """The greatest move among them, all that share it."""
    if not moved:
        return ""
    greatest = max(abs(rough(one.total.move)) for one in moved)
    first = [one for one in moved if abs(rough(one.total.move)) == greatest]
    names = words.LISTED.in_(lang).join(one.region for one in first)
    move = signed(first[0].total.move, found.type)
    if lang == "zh":
        return f"（{'最多的是' if len(moved) > len(first) else ''}{names}，{move}）"
    return f" ({'most: ' if len(moved) > len(first) else ''}{names} {move})"


def passed_told(one: Move, lang: Lang) -> Iterator[str]:
    """Whom a region passes; that they are passed is told here and not again with them."""
    if one.passed:
        listed = words.LISTED.in_(lang).join(one.passed)
        yield f"{one.region}超过{listed}" if lang == "zh" else f"{one.region} passes {listed}"


_UNDER = {
    ("limit", True): Text(en="comes under", zh="新受限制"),
    ("limit", False): Text(en="is no longer under", zh="不再受限制"),
    ("veto", True): Text(en="comes under", zh="新触发否决"),
    ("veto", False): Text(en="is no longer under", zh="不再触发否决"),
    ("condition", True): Text(
        en="has the points for grade {name} but no longer meets its condition",
        zh="达到{name}的分数线，但不再符合其条件",
    ),
    ("condition", False): Text(
        en="is no longer kept from grade {name} by its condition", zh="不再因条件不符而无缘{name}"
    ),
    ("quota", True): Text(
        en="stands for grade {name} but is now beyond its quota", zh="符合{name}的条件，但现已超出名额"
    ),
    ("quota", False): Text(
        en="is no longer beyond the quota of grade {name}", zh="不再因名额所限而无缘{name}"
    ),
}
_CAUSES = {"rules": Text(en="by the rules", zh="规则影响"), "data": Text(en="by the data", zh="数据影响")}


def under_told(one: Move, found: Moves, lang: Lang) -> Iterator[str]:
    """The limits, vetoes, conditions and quotas that begin or cease to hold a region down."""
    for under in sorted(one.under, key=lambda each: each.new):
        if one.old is not None and one.new is not None and under.old != under.new:
            yield f"{_said(one.region, under, lang)}{_cause(under, found, lang)}"


def _said(region: str, under: Under, lang: Lang) -> str:
    verb = _UNDER[under.kind, under.new].in_(lang).format(name=under.name)
    if lang == "zh":
        return f"{region}{verb}：{under.words.zh}"
    return f"{region} {verb}: {under.words.en}"


def _cause(under: Under, found: Moves, lang: Lang) -> str:
    if under.cause is None or found.same_data:
        return ""
    cause = _CAUSES[under.cause].in_(lang)
    return f"（{cause}）" if lang == "zh" else f" ({cause})"
