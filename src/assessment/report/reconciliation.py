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

_MOST_NAMED = 8
"""Changes that explain the same, and figures that a table leaves out, so many of which are named."""

_FEW = 3
_DOUBT = Text(
    en="Most figures differ, and nothing that was tried explains them: are rules, data and table of one scheme and year?",
    zh="多数数值不符且无法解释：请核实规则、数据和公布表是否属于同一办法、同一年度。",
)
"""What is said where more than a few figures, and half of all, have no explanation."""

_HEADING = Text(en="held against the published table", zh="与公布结果核对")
_STATUS: dict[Status, Text] = {
    "contradicted": Text(en="contradicted", zh="不符"),
    "undecided": Text(en="undecided", zh="无法判定"),
    "not excluded": Text(en="not excluded by the rounding of the inputs", zh="因数据修约而不能排除"),
    "consistent": Text(en="consistent with the rounding of the inputs", zh="与数据的修约相容"),
    "equal": Text(en="equal", zh="相等"),
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
    """The whole reconciliation as text in one language: first in a sentence, then what is contradicted, then what is open."""
    lines = [*_head(found, lang), ""]
    alone = [one for one in found.causes if one.kind == "wrong figure" and not one.follows]
    together = alone if len(alone) > 1 else []
    for number, cause in enumerate(found.causes, start=1):
        if cause not in together:
            lines += [*_cause(number, cause, found, lang), ""]
    if together:
        lines += [*_wrong(together, found, lang), ""]
    for status in ("undecided", "not excluded", "consistent"):
        lines += _open(status, found.of(status), lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(found: Findings, lang: Lang) -> Iterator[str]:
    en = lang == "en"
    heading = f"{found.title} ({found.period})" if en else f"{found.title}（{found.period} 年度）"
    yield visible(f"{heading}{words.COLON.in_(lang)}{_HEADING.in_(lang)}")
    for label in found.labels:
        yield visible(f"※ {words.DATA_LABEL.in_(lang)}{words.COLON.in_(lang)}{label}")
    yield ""
    yield visible(_summary(found).in_(lang))
    unexplained = sum(one.kind == "wrong figure" for one in found.causes)
    if unexplained > _FEW and 2 * unexplained >= len(found.judgements):
        yield _DOUBT.in_(lang)
    yield ""
    for status, text in _STATUS.items():
        count = len(found.of(status))
        if count or status in ("equal", "contradicted"):
            yield f"  {count:>5}  {text.in_(lang)}"
    if found.unpublished:
        left = found.unpublished
        yield (f"  {left:>5}  left empty in the table" if en else f"  {left:>5}  表中空缺")
    if found.left_out:
        shown = words.LISTED.in_(lang).join(one.in_(lang) for one in found.left_out[:_MOST_NAMED])
        more = len(found.left_out) - _MOST_NAMED
        rest = "" if more <= 0 else f" and {more} more" if en else f" 等 {len(found.left_out)} 项"
        yield visible(f"  {'not in the table: ' if en else '表中未列：'}{shown}{rest}")


def _summary(found: Findings) -> Text:
    """The outcome in one sentence."""
    total, wrong = len(found.judgements), len(found.of("contradicted"))
    if wrong:
        parts = [*_explained(found)]
        return Text(
            en=f"{wrong} of {total} published figures in `{found.source}` {_are(wrong)} contradicted: "
            f"{', '.join(part.en for part in parts)}.",
            zh=f"`{found.source}` 公布的 {total} 个数值中有 {wrong} 个不符：{'，'.join(part.zh for part in parts)}。",
        )
    if len(found.of("equal")) == total:
        return Text(
            en=f"All {total} published figures in `{found.source}` are what the rules make of the data.",
            zh=f"`{found.source}` 公布的 {total} 个数值与按规则计算的结果全部相等。",
        )
    return Text(
        en=f"None of {total} published figures in `{found.source}` is contradicted, but not all are equal.",
        zh=f"`{found.source}` 公布的 {total} 个数值均无不符，但并非全部相等。",
    )


def _explained(found: Findings) -> Iterator[Text]:
    """How many contradicted figures a cause explains, how many are wrong, and how many follow from these."""
    causes = [one for one in found.causes if one.kind != "wrong figure"]
    explained = sum(len(one.explains) for one in causes)
    if causes:
        many = len(causes)
        every = explained == len(found.of("contradicted"))
        yield Text(
            en=f"{'all' if every else explained} {_are(2 if every else explained)} explained by "
            + ("one cause" if many == 1 else f"{many} causes"),
            zh=f"{'均' if every else f'{explained} 个'}可由 {many} 种原因解释",
        )
    wrong = [one for one in found.causes if one.kind == "wrong figure"]
    if wrong:
        many, follow = len(wrong), sum(len(one.follows) for one in wrong)
        yield Text(
            en=f"{many} {_are(many)} wrong in {'itself' if many == 1 else 'themselves'}",
            zh=f"{many} 个数值有误",
        )
        if follow:
            yield Text(
                en=f"{follow} follow{'s' if follow == 1 else ''} from {'that' if many == 1 else 'those'}",
                zh=f"{follow} 个由其推出",
            )


def _are(many: int) -> str:
    return "is" if many == 1 else "are"


def _cause(number: int, cause: Cause, found: Findings, lang: Lang) -> Iterator[str]:
    en = lang == "en"
    title = f"{_CAUSE.in_(lang)} {number}"
    if cause.besides is not None:
        other = cause.besides + 1
        title += f", together with cause {other}" if en else f"（与原因 {other} 并存）"
    colon = words.COLON.in_(lang)
    told = [(cause.kind, cause.text), *((one.kind, one.text) for one in cause.others)]
    if cause.kind == "wrong figure":
        yield visible(f"{title}{colon}{cause.text.in_(lang)}")
    elif len(told) == 1:
        kind = _KIND[cause.kind].in_(lang)
        yield visible(f"{title}{f' ({kind})' if en else f'（{kind}）'}{colon}{cause.text.in_(lang)}")
        yield _reach(cause, found, lang)
    else:
        same = Text(
            en="each of these explains the same figures, and the table does not tell them apart",
            zh="以下各项均可解释同样的数值，仅凭该表无法区分",
        )
        yield f"{title}{colon}{same.in_(lang)}"
        for kind, text in told[:_MOST_NAMED]:
            yield visible(f"  - {_KIND[kind].in_(lang)}{colon}{text.in_(lang)}")
        more = len(told) - _MOST_NAMED
        if more > 0:
            yield (
                f"  - … and {more} more; `--json` lists all"
                if en
                else f"  - ……另有 {more} 项，`--json` 全部列出"
            )
        yield _reach(cause, found, lang)
    for text in cause.hints:
        yield visible(f"  {text.in_(lang)}")
    yield from _rows([found.judgements[at] for at in cause.explains], lang)
    if cause.follows:
        yield ("  from it follow:" if en else "  由此推出：")
        yield from _rows([found.judgements[at] for at in cause.follows], lang)


def _wrong(causes: Sequence[Cause], found: Findings, lang: Lang) -> Iterator[str]:
    """The figures that nothing explains and from which nothing follows, in one table, with what each looks like."""
    many = len(causes)
    yield (
        f"{many} wrong figures: no rounding, order or float that was tried gives them"
        if lang == "en"
        else f"有误的数值 {many} 个：所试的修约、排序和浮点算法都得不出"
    )
    notes = [words.SEMICOLON.in_(lang).join(text.in_(lang) for text in one.hints) for one in causes]
    yield from _rows([found.judgements[one.explains[0]] for one in causes], lang, notes)


def _reach(cause: Cause, found: Findings, lang: Lang) -> str:
    """How many of the contradicted figures a cause explains, and how many equal ones speak against it."""
    many, all_of, against = len(cause.explains), len(found.of("contradicted")), cause.against
    if lang == "en":
        text = f"explains {many} of {all_of} contradicted figures"
        if against:
            text += f", but {against} equal figure{'' if against == 1 else 's'} would not be equal then"
    else:
        text = f"解释 {all_of} 个不符数值中的 {many} 个"
        if against:
            text += f"，但会使 {against} 个相等的数值变为不符"
    return f"  {text}"


def _rows(found: Sequence[Judgement], lang: Lang, notes: Sequence[str] = ()) -> Iterator[str]:
    """Figures as a table; `notes` stand behind them."""
    shown = found[:_MOST_ROWS]
    ranged = any(one.range is not None for one in shown)
    titles = [words.REGION, _FIGURE, _PUBLISHED, _COMPUTED, *([_RANGE] if ranged else []), _WHERE]
    titles += [words.REMARK] if any(notes) else []
    right = {_PUBLISHED, _COMPUTED}
    table = Table(
        name="",
        title="",
        columns=tuple(Column(title=title.in_(lang), number=title in right) for title in titles),
        rows=tuple(
            (*_row(one, lang, ranged=ranged), *([Cell(text=notes[at])] if any(notes) else []))
            for at, one in enumerate(shown)
        ),
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
            label = f"{one.published.region} {one.title.in_(lang)}{words.COLON.in_(lang)}"
            yield visible(f"  {label}{lead} {joined}{more}")
    yield ""
