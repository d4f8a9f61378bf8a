"""A reconciliation as plain text: what was counted, the causes with the figures that each explains, what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from assessment.analysis.reconcile.hypotheses import CauseKind
from assessment.analysis.reconcile.model import Cause, Findings, Judgement, Status
from assessment.data.grid import clipped
from assessment.diagnostics.bilingual import Lang, Text
from assessment.diagnostics.text import visible
from assessment.number import exact_text
from assessment.report import words
from assessment.report.table import Cell, Column, Table
from assessment.report.terminal import table_lines

__all__ = ["reconciliation_text"]

_MOST_ROWS = 40
"""So many figures of one cause are listed; the JSON form has all."""
_MOST_INPUTS = 6
_LONGEST = 24
"""Characters of a title or heading that are shown in a row."""

_HEADING = Text(en="held against the published table", zh="与公布结果核对")
_STATUS: dict[Status, Text] = {
    "equal": Text(en="equal", zh="相等"),
    "consistent": Text(en="consistent with the rounding of the inputs", zh="与数据的修约相容"),
    "not excluded": Text(en="not excluded by the rounding of the inputs", zh="因数据修约而不能排除"),
    "contradicted": Text(en="contradicted", zh="不符"),
    "undecided": Text(en="undecided", zh="无法判定"),
}
_KIND: dict[CauseKind, Text] = {
    "rounding mode": Text(en="rounding mode", zh="修约方式"),
    "rounding places": Text(en="decimal places", zh="保留位数"),
    "rounding stage": Text(en="stage of rounding", zh="修约环节"),
    "carry": Text(en="what is added up", zh="汇总所用的值"),
    "compare": Text(en="what ranks and grades compare", zh="名次和等次所比较的值"),
    "ties": Text(en="ties", zh="并列"),
    "tie-break": Text(en="order among ties", zh="同分先后"),
    "field of ranks": Text(en="field of the ranks", zh="排名范围"),
    "redistribution": Text(en="redistribution of points", zh="分值分摊"),
    "binary floats": Text(en="binary floats", zh="二进制浮点数"),
    "wrong figure": Text(en="wrong figure", zh="数值有误"),
}
_CAUSE = Text(en="Cause", zh="原因")
_FIGURE = Text(en="Figure", zh="数值")
_PUBLISHED = Text(en="Published", zh="公布")
_COMPUTED = Text(en="By the rules", zh="按规则")
_RANGE = Text(en="Range", zh="范围")
_WHERE = Text(en="Where", zh="位置")


def reconciliation_text(found: Findings, lang: Lang) -> str:
    """The whole reconciliation as text in one language."""
    lines = [*_head(found, lang), ""]
    for number, cause in enumerate(found.causes, start=1):
        lines += [*_cause(number, cause, found.judgements, lang), ""]
    for status in ("consistent", "not excluded", "undecided"):
        lines += _open(status, found.of(status), lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(found: Findings, lang: Lang) -> Iterator[str]:
    en = lang == "en"
    heading = f"{found.title} ({found.period})" if en else f"{found.title}（{found.period} 年度）"
    yield visible(f"{heading}{words.COLON.in_(lang)}{_HEADING.in_(lang)}")
    for label in found.labels:
        yield visible(f"※ {words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}{label}")
    yield ""
    total = len(found.judgements)
    yield (
        f"{total} published figures in `{visible(found.source)}`"
        if en
        else f"`{visible(found.source)}` 公布的数值共 {total} 个"
    )
    for status, text in _STATUS.items():
        count = len(found.of(status))
        if count or status in ("equal", "contradicted"):
            yield f"  {count:>5}  {text.in_(lang)}"
    if found.unpublished:
        left = found.unpublished
        yield (f"  {left:>5}  left empty in the table" if en else f"  {left:>5}  表中空缺")


def _cause(number: int, cause: Cause, judgements: Sequence[Judgement], lang: Lang) -> Iterator[str]:
    en = lang == "en"
    kind = _KIND[cause.kind].in_(lang)
    title = f"{_CAUSE.in_(lang)} {number} ({kind})" if en else f"{_CAUSE.in_(lang)} {number}（{kind}）"
    yield visible(f"{title}{words.COLON.in_(lang)}{cause.text.in_(lang)}")
    for text in cause.also:
        lead = ("also possible: " if en else "也可能是：") if cause.kind != "wrong figure" else ""
        yield visible(f"  {lead}{text.in_(lang)}")
    if cause.kind != "wrong figure":
        many = len(cause.explains)
        yield f"  explains {many} figure{'s' if many != 1 else ''}" if en else f"  解释 {many} 个数值"
        if cause.against:
            yield (
                f"  {cause.against} equal figure{'s' if cause.against != 1 else ''} would not be equal then"
                if en
                else f"  但会使 {cause.against} 个相等的数值变为不符"
            )
    yield from _rows([judgements[at] for at in cause.explains], lang)
    if cause.follows:
        yield ("  from it follow:" if en else "  由此推出：")
        yield from _rows([judgements[at] for at in cause.follows], lang)


def _rows(found: Sequence[Judgement], lang: Lang) -> Iterator[str]:
    shown = found[:_MOST_ROWS]
    ranged = any(one.range is not None for one in shown)
    titles = [words.REGION, _FIGURE, _PUBLISHED, _COMPUTED, *([_RANGE] if ranged else []), _WHERE]
    right = {_PUBLISHED, _COMPUTED}
    table = Table(
        name="",
        title="",
        columns=tuple(Column(title=title.in_(lang), number=title in right) for title in titles),
        rows=tuple(_row(one, lang, ranged=ranged) for one in shown),
    )
    for line in table_lines(table):
        yield f"  {line}"
    more = len(found) - len(shown)
    if more:
        yield (
            f"  … and {more} more; `--json` lists all"
            if lang == "en"
            else f"  ……另有 {more} 个，`--json` 全部列出"
        )


def _row(one: Judgement, lang: Lang, *, ranged: bool) -> tuple[Cell, ...]:
    published = one.published
    texts = [published.region, clipped(one.title.in_(lang), _LONGEST), published.text, one.shown.in_(lang)]
    if ranged:
        texts.append(_range(one))
    column = published.origin.column
    place = evolve(published.origin, column=clipped(column, _LONGEST) if isinstance(column, str) else column)
    return tuple(Cell(text=text) for text in (*texts, place.text(lang)))


def _range(one: Judgement) -> str:
    interval = one.range
    if interval is None or one.published.figure.kind == "grade":
        return ""
    low = (
        "(-∞"
        if interval.low is None
        else f"{'(' if interval.low_open else '['}{_short(exact_text(interval.low))}"
    )
    high = (
        "∞)"
        if interval.high is None
        else f"{_short(exact_text(interval.high))}{')' if interval.high_open else ']'}"
    )
    return f"{low}, {high}"


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}…"


def _open(status: Status, found: Sequence[Judgement], lang: Lang) -> Iterator[str]:
    if not found:
        return
    yield f"{_STATUS[status].in_(lang)}{words.COLON.in_(lang)}".rstrip()
    yield from _rows(found, lang)
    for one in found[:_MOST_ROWS]:
        inputs = [
            f"{name} {year} {region} = {_short(exact_text(value))}"
            for (name, year, region), value in one.inputs.items()
            if region == one.published.region
        ]
        if inputs:
            lead = "for instance with" if lang == "en" else "例如"
            more = "…" if len(inputs) > _MOST_INPUTS else ""
            joined = words.LISTED.in_(lang).join(inputs[:_MOST_INPUTS])
            yield visible(f"  {one.published.region} {one.title.in_(lang)}: {lead} {joined}{more}")
    yield ""
