"""Units that data state, as exact factors into the scale in which a value is kept.

Quantities are kept in the unit of their input; shares, growths, rates and percentage points as plain ratios; points,
ranks and plain numbers as they are. `%` is not a unit of percentage points, nor `百分点` one of shares: which was meant
is for the author of the data to say.
"""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from assessment import units
from assessment.core.types import RATIOS, Kind
from assessment.data.grid import clipped
from assessment.data.words import folded
from assessment.diagnostics.bilingual import Text
from assessment.number import decimal_places, plain_text
from assessment.semantics.model import Input

_PERCENT = frozenset({"%", "百分比", "百分数", "percent", "pct"})
_PERMILLE = frozenset({"‰", "千分比", "permille"})
_PP = frozenset({"pp", "百分点", "个百分点", "percentagepoint", "percentagepoints"})
_RATIO = frozenset({"1", "小数", "比值", "ratio", "fraction"})
_POINTS = frozenset({"分", "点", "points", "point", "1"})
_RANK = frozenset({"位", "名", "名次", "rank", "1"})
_NUMBER = frozenset({"1", "倍", "times", "number"})
_MARKS = _PERCENT | _PERMILLE | _PP | _RATIO | _POINTS | _RANK | _NUMBER


@frozen(kw_only=True)
class Scale:
    """A unit as the data write it, and what a number in it is multiplied by to be kept."""

    text: str
    factor: Fraction


class UnitFlaw(ValueError):
    """A stated unit does not go with its input; `code` is the diagnostic's, `reason` and `help` its texts."""

    def __init__(self, code: str, reason: Text, help: Text | None = None) -> None:
        super().__init__(code, reason, help)
        self.code = code
        self.reason = reason
        self.help = help


def declared(spec: Input) -> Scale:
    """The scale of a number that stands without a unit: that of the declaration."""
    kind = spec.type.kind
    if kind in RATIOS or kind is Kind.PP:
        written = spec.unit or "1"
        return Scale(text=written, factor=_ratio_factor(folded(written)) or Fraction(1))
    return Scale(text=spec.unit or "", factor=Fraction(1))


def scale_of(text: str, spec: Input) -> Scale:
    """The scale of a stated unit for an input.

    Errors: `UnitFlaw` for a unit that is not known, or that measures something else.
    """
    shown = _bare(text)
    word = _word(shown)
    kind = spec.type.kind
    if spec.form in ("yes/no", "choice", "events"):
        raise _misfit(shown, spec)
    if kind in RATIOS or kind is Kind.PP:
        factor = _ratio_factor(word)
        if factor is None:
            _unit(shown)
            raise _misfit(shown, spec)
        if factor != 1 and (word in _PP) != (kind is Kind.PP):
            raise _percent_or_points(shown, spec)
        return Scale(text=shown, factor=factor)
    if spec.type.unit is not None and spec.type.unit.dimension:
        if word in _MARKS and not _is_unit(shown):
            raise _misfit(shown, spec)
        found = _unit(shown)
        if not units.same_dimension(found, spec.type.unit):
            raise _misfit(shown, spec)
        return Scale(text=shown, factor=units.factor(found, spec.type.unit))
    fitting = {Kind.POINTS: _POINTS, Kind.RANK: _RANK}.get(
        kind, _POINTS if spec.form == "ratings" else _NUMBER
    )
    if word in fitting:
        return Scale(text=shown, factor=Fraction(1))
    if word not in _MARKS:
        _unit(shown)
    raise _misfit(shown, spec)


def is_unit_text(text: str) -> bool:
    """Whether a text names a unit or one of the marks that stand in place of one."""
    shown = _bare(text)
    return _word(shown) in _MARKS - {"1"} or _is_unit(shown)


def value_text(stored: Fraction, spec: Input) -> str:
    """A kept value in the unit of its input, as a reader writes it.

    A value that no decimal writes is cut and marked.
    """
    scale = declared(spec)
    shown = stored / scale.factor
    number = plain_text(shown, 30) if decimal_places(shown) is not None else plain_text(shown)
    if scale.text in ("", "1"):
        return number
    return f"{number}{scale.text}" if scale.text in ("%", "‰") else f"{number} {scale.text}"


def range_text(spec: Input) -> Text:
    """The declared range in words."""
    bounds = spec.bounds
    low = None if bounds.low is None else value_text(bounds.low, spec)
    high = None if bounds.high is None else value_text(bounds.high, spec)
    if low is not None and high is not None:
        en = f"{low} to {high}"
        zh = f"{low} 至 {high}"
        if not bounds.low_closed:
            en, zh = f"{en}, without {low}", f"{zh}（不含 {low}）"
        if not bounds.high_closed:
            en, zh = f"{en}, without {high}", f"{zh}（不含 {high}）"
        return Text(en=en, zh=zh)
    if low is not None:
        return (
            Text(en=f"{low} or more", zh=f"不小于 {low}")
            if bounds.low_closed
            else Text(en=f"more than {low}", zh=f"大于 {low}")
        )
    return (
        Text(en=f"{high} or less", zh=f"不大于 {high}")
        if bounds.high_closed
        else Text(en=f"less than {high}", zh=f"小于 {high}")
    )


def _bare(text: str) -> str:
    """The unit without blanks around it and without the word `unit:` before it."""
    return re.sub(r"^(?:单位|units?)\s*[:：]?\s*(?=\S)", "", text.strip(), flags=re.IGNORECASE).strip()


def _word(shown: str) -> str:
    """The folded unit; only a plain 1 is the unit of ratios, not the mark of a footnote such as ①."""
    word = folded(shown)
    return word if word != "1" or shown == "1" else shown


def _ratio_factor(word: str) -> Fraction | None:
    if word in _PERCENT or word in _PP:
        return Fraction(1, 100)
    if word in _PERMILLE:
        return Fraction(1, 1000)
    return Fraction(1) if word in _RATIO else None


def _is_unit(text: str) -> bool:
    try:
        units.unit(text)
    except units.UnknownUnit:
        return False
    return True


def _unit(text: str) -> units.Unit:
    try:
        return units.unit(text)
    except units.UnknownUnit as unknown:
        near = unknown.nearest[0] if unknown.nearest else None
        raise UnitFlaw(
            "data-unknown-unit",
            Text(en=f"`{clipped(text)}` is not a known unit", zh=f"`{clipped(text)}` 不是已知的单位"),
            None if near is None else Text(en=f"did you mean `{near}`?", zh=f"是否应为 `{near}`？"),
        ) from unknown


def _wanted(spec: Input) -> Text:
    if spec.unit:
        return Text.same(f"`{spec.unit}`")
    return spec.type.kind.label


def _misfit(shown: str, spec: Input) -> UnitFlaw:
    wanted = _wanted(spec)
    return UnitFlaw(
        "data-unit-mismatch",
        Text(
            en=f"`{clipped(shown)}` cannot be converted into the unit of `{spec.name}`, {wanted.en}",
            zh=f"`{clipped(shown)}` 不能换算为 `{spec.name}` 的单位 {wanted.zh}",
        ),
        Text(en=f"give the values in {wanted.en}", zh=f"请以 {wanted.zh} 填报"),
    )


def _percent_or_points(shown: str, spec: Input) -> UnitFlaw:
    kind = spec.type.kind
    wanted = "百分点" if kind is Kind.PP else "%"
    return UnitFlaw(
        "data-unit-mismatch",
        Text(
            en=f"the data state `{clipped(shown)}`, but `{spec.name}` is {kind.label.en}",
            zh=f"数据注明 `{clipped(shown)}`，而 `{spec.name}` 是{kind.label.zh}",
        ),
        Text(
            en=f"if the numbers are what the rules ask for, write `{wanted}` in place of `{clipped(shown)}`",
            zh=f"若数值口径与规则一致，请把 `{clipped(shown)}` 改为 `{wanted}`",
        ),
    )
