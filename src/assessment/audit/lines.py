"""What is said of a line as a whole: its heading, and where points beyond those stated came from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import PurePath
from typing import Literal, assert_never

from attrs import evolve

from assessment import number
from assessment.audit.amount import amount_text, equals, exact_note
from assessment.audit.record import Breakdown, Line, Marking
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.model import Span


def stated_for(line: Line, lang: Lang) -> str | None:
    """For which group the points of a line are stated, where they differ by group; None elsewhere."""
    if line.points_for is None:
        return None
    stated = ("无" if lang == "zh" else "none") if line.points is None else amount_text(line.points, lang)
    return (
        f"分值按组别：{line.points_for} {stated}"
        if lang == "zh"
        else f"points by group: {stated} for {line.points_for}"
    )


def redistribution(line: Line, parent: Line | None, lang: Lang) -> str | None:
    """Where points beyond those stated came from, with the calculation; None where none moved."""
    if line.points is None or parent is None or line.points.value == line.possible.value:
        return None
    if line.level in ("bonus", "deduction"):
        return None
    if line.share is None:
        return _among_siblings(line, parent, lang)
    said = [_among_siblings(_at_share(line), _at_share(parent), lang), _over_all(line, lang)]
    return ("；" if lang == "zh" else "; ").join(text for text in said if text is not None) or None


def _at_share(line: Line) -> Line:
    """The line with its share, as it was before anything was left out over all."""
    if line.share is None:
        return line
    children = tuple(_at_share(child) for child in line.children)
    return evolve(line, possible=line.share, children=children)


def _over_all(line: Line, lang: Lang) -> str | None:
    """That what is left out over all was shared out over everything; None where nothing was."""
    share, held, whole = (
        None if amount is None else amount.value for amount in (line.share, line.held, line.whole)
    )
    possible = line.possible.value
    if (
        not isinstance(share, Fraction)
        or not isinstance(held, Fraction)
        or not isinstance(whole, Fraction)
        or not isinstance(possible, Fraction)
        or share == 0
        or held in (0, whole)
    ):
        return None
    if possible == 0:
        why = "" if not isinstance(line.status, Absence) else line.status.label.in_(lang)
        shown = amount_text(evolve(line.possible, value=share), lang)
        if lang == "zh":
            return f"本项{why}，{shown}由全部仍计分的项目按分值分摊"
        return f"{why}: its {shown} are shared out over everything that is still scored"
    scored = amount_text(evolve(line.possible, value=possible * held / whole), lang)
    found = f"{scored} × {number.plain_text(whole)} ÷ {number.plain_text(held)} {equals(amount_text(line.possible, lang))}"
    exactly = exact_note(line.possible, lang)
    if exactly is not None:
        found += f"（{exactly}）" if lang == "zh" else f" ({exactly})"
    if lang == "zh":
        return f"全部分摊后可得 {found}"
    return f"with the points that are left out shared out over all, {found} can be had"


def _among_siblings(line: Line, parent: Line, lang: Lang) -> str | None:
    """Where points came from that went from siblings to siblings, or came down from above."""
    if line.points is None or line.points.value == line.possible.value:
        return None
    stated, possible = line.points, line.possible
    if stated.type.kind is not Kind.POINTS or not isinstance(stated.value, Fraction):
        return None
    if any(step.kind == "join" and step.name in ("min", "max") for step in parent.steps):
        return _with_the_line_above(line, lang)
    left_out = [child for child in parent.children if child.possible.value == 0 and _has_points(child)]
    kept = [child for child in parent.children if child not in left_out]
    shown = amount_text(stated, lang)
    if line in left_out:
        why = "" if not isinstance(line.status, Absence) else line.status.label.in_(lang)
        if lang == "zh":
            return f"本项{why}，{shown}由同级其他项目按分值分摊"
        return f"{why}: its {shown} are passed on to its siblings in proportion to theirs"
    sizes = [child.points.value for child in kept if child.points is not None]
    numbers = [size for size in sizes if isinstance(size, Fraction)]
    base = " + ".join(number.plain_text(size) for size in numbers)
    base = f"({base})" if len(numbers) > 1 else base
    whole = amount_text(parent.possible, lang)
    found = f"{whole} × {number.plain_text(stated.value)} ÷ {base} {equals(amount_text(possible, lang))}"
    exactly = exact_note(possible, lang)
    if exactly is not None:
        found += f"（{exactly}）" if lang == "zh" else f" ({exactly})"
    givers = [_giver(child, lang) for child in left_out]
    if lang == "zh":
        if not givers:
            return f"可得分值随上级由 {shown}变为 {found}"
        return f"可得分值由 {shown}变为 {found}；{'、'.join(givers)}的分值由其余项目按比例分摊"
    if not givers:
        return f"points possible go with the line above from {shown} to {found}"
    return f"points possible go from {shown} to {found}: those of {', '.join(givers)} are shared out in proportion"


def _with_the_line_above(line: Line, lang: Lang) -> str | None:
    """What is said where each child stands for the whole: its points are those of the parent, and never move aside."""
    if line.points is None or line.possible.value == 0:
        return None
    stated, possible = amount_text(line.points, lang), amount_text(line.possible, lang)
    if lang == "zh":
        return f"可得分值随上级由 {stated}变为 {possible}"
    return f"points possible go with the line above from {stated} to {possible}"


def _has_points(line: Line) -> bool:
    return line.points is not None and line.points.value != 0


def _giver(line: Line, lang: Lang) -> str:
    why = line.status.label.in_(lang) if isinstance(line.status, Absence) else ""
    points = "" if line.points is None else amount_text(line.points, lang)
    name = heading(line, lang, title=False)
    return f"{name}（{points}，{why}）" if lang == "zh" else f"{name} ({points}, {why})"


def number_of(line: Line) -> str | None:
    """The number of an indicator; a name that stands in its place is none."""
    return line.number if line.number is not None and line.number[:1].isdecimal() else None


def adjustment_heading(level: Literal["bonus", "deduction"], title: str, lang: Lang) -> str:
    """What a bonus or deduction is called: `加分 表彰`, `Deduction: False figures`."""
    if lang == "zh":
        return f"{'加分' if level == 'bonus' else '扣分'} {title}"
    return f"{'Bonus' if level == 'bonus' else 'Deduction'}: {title}"


def heading(line: Line, lang: Lang, *, title: bool = True) -> str:
    """What a line is called: `指标 2 ※ 全社会R&D经费支出占GDP比重及增幅`."""
    key = "※" if line.key else None
    match line.level:
        case "total":
            return "总分" if lang == "zh" else "Total"
        case "category":
            return line.title or line.name
        case "indicator":
            word = "指标" if lang == "zh" else "Indicator"
            number_ = number_of(line)
            first = None if number_ is None else f"{word} {number_}"
            return " ".join(
                piece for piece in (first, key, line.title if title or first is None else None) if piece
            )
        case "part" | "result":
            return line.title or line.name
        case "bonus" | "deduction":
            return adjustment_heading(line.level, line.title or line.name, lang)
        case _:
            assert_never(line.level)


def published_lines(root: Line) -> tuple[Line, ...]:
    """The lines that make a total: indicators, categories that have none, and what is added to any line above these."""
    found: list[Line] = []
    for line in root.children:
        if line.level == "category" and line.children:
            found += published_lines(line)
        else:
            found.append(line)
    return (*found, *root.adjustments)


def estimated_lines(breakdown: Breakdown) -> tuple[Line, ...]:
    """The published lines, and the further results, that rest on an estimate; the whole where none below it does."""
    found = [line for line in published_lines(breakdown.root) if line.status == "estimated"]
    if not found and breakdown.root.status == "estimated":
        found.append(breakdown.root)
    return (*found, *(one.root for one in breakdown.results if one.root.status == "estimated"))


def file_of(span: Span) -> str:
    """The name of a rule file without its folder, so that a record reads the same on every machine."""
    return PurePath(span.source.name).name


def limit_note(breakdown: Breakdown, lang: Lang) -> str | None:
    """That limits or quotas lowered the grade, and from which; None where they did not."""
    earned, grade = breakdown.earned_grade, breakdown.grade
    if earned is None or grade is None or earned.value == grade.value:
        return None
    beyond = any(step.kind == "quota" and step.result.value is False for step in breakdown.standing)
    causes = [_VETOES] * breakdown.grade_vetoed + [_LIMITS] * bool(breakdown.limits) + [_QUOTA] * beyond
    if not causes:
        return None
    before, after = amount_text(earned, lang), amount_text(grade, lang)
    why = Text(en=" and ", zh="和").in_(lang).join(cause.in_(lang) for cause in causes)
    if lang == "zh":
        return f"按得分应为{before}，因{why}降为{after}"
    return f"{before} by its score, lowered to {after} by {why}"


def veto_note(breakdown: Breakdown, lang: Lang) -> str | None:
    """Which vetoes held, with the total before them, and what else than score and grade they cost; None where none held."""
    if not breakdown.vetoes:
        return None
    comma = "，" if lang == "zh" else ", "
    titles = ("、" if lang == "zh" else ", ").join(step.title.in_(lang) for step in breakdown.vetoes)
    found = [f"否决：{titles}" if lang == "zh" else f"veto: {titles}"]
    before = breakdown.unvetoed
    if before is not None and before.value != breakdown.root.score.value:
        shown = amount_text(before, lang)
        found.append(f"否决前 {shown}" if lang == "zh" else f"{shown} before")
    found += [f"不得参加“{what}”" if lang == "zh" else f"barred from “{what}”" for what in breakdown.barred]
    if breakdown.unranked:
        found.append("不参加排名" if lang == "zh" else "out of the ranking")
    return comma.join(found)


def marks_note(breakdown: Breakdown, lang: Lang) -> str | None:
    """The marks that a region has, by title; None where it has none."""
    titles = [one.title for one in breakdown.marks if one.held.value is True]
    return ("、" if lang == "zh" else ", ").join(titles) or None


def places_note(marking: Marking, lang: Lang) -> tuple[str, ...]:
    """Who has the places of a mark and where the line is, and who was equal at it; nothing where there is no quota."""
    comma = "、" if lang == "zh" else ", "
    found = []
    if marking.line is not None:
        names, line = comma.join(marking.holders), amount_text(marking.line, lang)
        found.append(
            f"获得名额：{names}；末位 {line}" if lang == "zh" else f"places: {names}; the line is at {line}"
        )
    if marking.tied:
        names, came = comma.join(marking.tied), marking.tied[0] in marking.holders
        if lang == "zh":
            found.append(f"线上同分：{names}，{'均进入' if came else '均不进入'}")
        else:
            found.append(f"equal at the line: {names}, who all {'come in' if came else 'stay out'}")
    return tuple(found)


_VETOES = Text(en="a veto", zh="否决")
_LIMITS = Text(en="the limits", zh="限制条件")
_QUOTA = Text(en="the quota", zh="名额限制")
