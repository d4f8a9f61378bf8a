"""Each step of a breakdown as a sentence in Chinese and in English, to be checked with a calculator.

A method says its own sentence (`Step.template`); the other kinds of step have theirs here. The figures are those of the
record: nothing is calculated again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from assessment import number
from assessment.audit.amount import (
    amount_text,
    decimal_of,
    digits_before_rounding,
    equals,
    exact_note,
    with_unit,
)
from assessment.audit.formula import conversions, titled, with_year, written
from assessment.audit.record import Amount, Ingredient, Line, Step
from assessment.core.absence import Absence
from assessment.core.nodes import Definition
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Lang, Text
from assessment.evaluation.facts import Undecided
from assessment.number import Irrational
from assessment.semantics.model import COUNTS_AS
from assessment.syntax.words import spelling

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WIDE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_NARROW = re.compile(r"[0-9A-Za-z%≈$-]")
_OPERATORS = tuple("＋－×÷+-*/")
_LONGEST_FRACTION = 20


def sentence(step: Step, lang: Lang, *, line: Line | None = None, period: int | None = None) -> str:
    """What happened in a step, in one language.

    `line` is the line that the step belongs to: with it, a value that a measure of the line made is called by its
    title, and a mean names its weights. `period` is the assessed year, the step's own unless stated: what belongs to
    another year is said with that year.
    """
    assessed = step.period if period is None else period
    match step.kind:
        case "input":
            return "；".join(input_text(one, lang) for one in step.ingredients)
        case "measure":
            return _measure(step, lang, assessed)
        case "method":
            return _method(step, lang, line, assessed)
        case "estimate":
            return _estimate(step, lang, assessed)
        case "policy":
            return _policy(step, lang, assessed)
        case "coverage":
            return _coverage(step, lang)
        case "ceiling":
            return _ceiling(step, lang)
        case "points":
            return _points(step, lang, line)
        case "join":
            return _join(step, lang, line)
        case "rescaling":
            return _rescaling(step, lang)
        case "adjustment":
            return _adjustment(step, lang)
        case "rounding":
            return _rounding(step, lang, line)
        case "grade":
            return _grade(step, lang)
        case "condition":
            return _condition(step, lang)
        case "quota":
            return _quota(step, lang)
        case "limit":
            return _limit(step, lang)
        case "veto":
            return _veto(step, lang)
        case "mark":
            return _mark(step, lang)
        case _:
            assert_never(step.kind)


def both(step: Step, line: Line | None = None, period: int | None = None) -> Text:
    """The sentence in both languages."""
    return Text(
        en=sentence(step, "en", line=line, period=period), zh=sentence(step, "zh", line=line, period=period)
    )


# ── inputs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def input_text(one: Ingredient, lang: Lang) -> str:
    """An input with its year, its value, the cell it was read from and what was done to it."""
    name = with_year(one.title.in_(lang) or one.name, one.period, lang)
    if one.lag:
        name += f"（滞后 {one.lag} 年）" if lang == "zh" else f" [lag {one.lag}]"
    shown = amount_text(one.amount, lang)
    seen = one.observation
    if seen is None:
        if lang == "zh":
            return f"{name}：{shown}，数据中没有这一项"
        return f"{name}: {shown}, the data do not mention it"
    held = seen.text.strip()
    # A cell that shows the very figure needs no second telling.
    plain = bool(held) and shown.split(" ")[0].rstrip("%") == held and not seen.unit
    remarks = [remark.in_(lang) for remark in seen.remarks]
    if lang == "zh":
        unit = f"（单位 {seen.unit}）" if seen.unit else ""
        cell = "" if plain else f"，原文“{held}”{unit}" if held else "，原为空白"
        return "；".join([f"{name}：{shown}，取自 {seen.origin.text(lang)}{cell}", *remarks])
    unit = f" in {seen.unit}" if seen.unit else ""
    cell = "" if plain else f", which held “{held}”{unit}" if held else ", which was empty"
    return "; ".join([f"{name}: {shown}, from {seen.origin.text(lang)}{cell}", *remarks])


# ── measures and methods ─────────────────────────────────────────────────────────────────────────────────────────────


def _measure(step: Step, lang: Lang, assessed: int) -> str:
    """`title = formula in words = formula in numbers = result`, repeating nothing."""
    title = step.title.in_(lang) or step.name
    title = title if step.period == assessed else with_year(title, step.period, lang)
    text = written(step.formula, step.ingredients, lang, period=step.period, assessed=assessed)
    result = amount_text(step.result, lang)
    parts = [title]
    for part in (text.words, text.numbers):
        if part and part not in (parts[-1], result):
            parts.append(part)
    shown = " = ".join(parts)
    shown = f"{shown} → {result}" if _is_unavailable(step.result) else f"{shown} {equals(result)}"
    notes = [f"{titled(one, assessed, lang)} {amount_text(one.amount, lang)}" for one in text.unused]
    return _with_notes(shown, [*notes, *conversions(step.ingredients)], lang)


def _method(step: Step, lang: Lang, line: Line | None, assessed: int) -> str:
    result = amount_text(step.result, lang)
    title = step.title.in_(lang)
    if step.period != assessed:
        title = with_year(title, step.period, lang)
    if _is_unavailable(step.result):
        named = [one for one in step.ingredients if _is_named(one, line)]
        known = [f"{titled(one, assessed, lang)} {amount_text(one.amount, lang)}" for one in named]
        if not known:
            return f"{title}：{result}" if lang == "zh" else f"{title}: {result}"
        if lang == "zh":
            return f"{title}：{'，'.join([*known, f'结果{result}'])}"
        return f"{title}: {', '.join([*known, f'so the result is {result}'])}"
    if step.definition is not None:
        return _own(step, step.definition, lang, line, assessed)
    if step.template is None:
        text = written(step.formula, step.ingredients, lang, period=step.period, assessed=assessed)
        colon = "：" if lang == "zh" else ": "
        return f"{title}{colon}{text.words} {equals(result)}"
    values = {one.name: _spoken(one, lang, line, assessed) for one in reversed(step.ingredients)}
    values["result"] = result
    values["branch"] = "" if step.branch is None else typeset(step.branch.in_(lang))
    template = step.template.in_(lang)
    filled = _filled(template, values)
    colon = "：" if lang == "zh" else ": "
    notes = _scores_within(step, template, lang, assessed)
    if step.branch is not None and "{branch}" not in template and step.branch.in_(lang) not in filled:
        notes.append(_applied(step.branch, lang))
    return _with_notes(f"{title}{colon}{filled}", notes, lang)


def _scores_within(step: Step, template: str, lang: Lang, assessed: int) -> list[str]:
    """The scores that an argument is made from and that the sentence does not name: nothing else shows their values."""
    told = set(_PLACEHOLDER.findall(template))
    return [
        f"{titled(one, assessed, lang)} {amount_text(one.amount, lang)}"
        for one in step.ingredients
        if one.is_score and one.name not in told
    ]


def _own(step: Step, definition: Definition, lang: Lang, line: Line | None, assessed: int) -> str:
    """A method that the file defines: the call with its arguments by name, then the formula in words and in figures."""
    named = step.ingredients[: len(definition.parameters)]
    given = [f"{one.name} = {_spoken(one, lang, line, assessed)}" for one in named]
    given += [f"{name} = {said.in_(lang)}" for name, said in definition.words]
    result = amount_text(step.result, lang)
    text = written(
        definition.text,
        step.ingredients,
        lang,
        period=step.period,
        assessed=assessed,
        parameters=len(definition.parameters),
    )
    parts = [text.words]
    if text.numbers not in (text.words, result):
        parts.append(text.numbers)
    formula = f"{' = '.join(parts)} {equals(result)}"
    title = step.title.in_(lang)
    if lang == "zh":
        return f"{title}：{'，'.join(given)}；{formula}"
    return f"{title} with {', '.join(given)}: {formula}"


def _applied(branch: Text, lang: Lang) -> str:
    shown = typeset(branch.in_(lang))
    return f"适用档次 {shown}" if lang == "zh" else f"the row that applies is {shown}"


def typeset(text: str) -> str:
    """A text with comparisons as people write them.

    >>> typeset(">= 6 件/万人")
    '≥ 6 件/万人'
    """
    return text.replace(">=", "≥").replace("<=", "≤")


def _spoken(one: Ingredient, lang: Lang, line: Line | None, assessed: int) -> str:
    """A value in a sentence: by its name and value where it is an input or a measure, otherwise by its value alone."""
    value = amount_text(one.amount, lang)
    if one.amount.type.kind is Kind.LEVEL or not _is_named(one, line):
        return value
    title = titled(one, assessed, lang)
    return f"{title}（{value}）" if lang == "zh" else f"{title} ({value})"


def _is_named(one: Ingredient, line: Line | None) -> bool:
    """Whether a value has a name that people know: that of an input or of a measure."""
    if one.input is not None or one.is_score:
        return True
    made_by = None if line is None else next((other for other in line.steps if other.id == one.step), None)
    return made_by is not None and made_by.kind == "measure"


def _filled(template: str, values: dict[str, str]) -> str:
    """The template with values; a blank stands between Chinese characters and figures, as printers set it."""
    pieces: list[str] = []
    rest = 0
    for match in _PLACEHOLDER.finditer(template):
        pieces.append(template[rest : match.start()])
        value = values.get(match[1], match[0])
        lead = template[rest : match.start()].rstrip() if rest < match.start() else ""
        if value[:1] == "-" and lead[-1:] in _OPERATORS:
            # Two signs in a row would be hard to read.
            value = f"（{value}）" if lead[-1:] in "＋－" else f"({value})"
        pieces.append(value)
        rest = match.end()
    pieces.append(template[rest:])
    text = ""
    for piece in pieces:
        if text and piece and _meet(text[-1], piece[0]):
            text += " "
        text += piece
    return text


def _meet(left: str, right: str) -> bool:
    return bool(_WIDE.match(left) and _NARROW.match(right)) or bool(
        _NARROW.match(left) and _WIDE.match(right)
    )


# ── what happens to every score ──────────────────────────────────────────────────────────────────────────────────────


def _rule(step: Step, lang: Lang) -> str:
    """The statement that a step follows, in the words of a language; as it is written where nothing else is known."""
    return step.formula if step.template is None else step.template.in_(lang)


def _policy(step: Step, lang: Lang, assessed: int) -> str:
    # What the file states as a policy is its own title in both languages; anything else is quoted as it is written.
    stated = bool(step.formula) and step.title.en.startswith(step.formula)
    rule = step.title.in_(lang) if stated else policy_text(step.formula or step.name, lang)
    rule = rule if step.template is None else _rule(step, lang)
    if step.name == COUNTS_AS:
        return _counted_as(step, rule, lang, assessed)
    result = amount_text(step.result, lang)
    if isinstance(step.result.value, Absence):
        return f"按规则“{rule}”，本项{result}" if lang == "zh" else f"by the rule “{rule}” this is {result}"
    rate = step.result.type.kind is Kind.RATE
    if lang == "zh":
        return f"按规则“{rule}”，{'得分率' if rate else ''}取 {result}"
    return f"by the rule “{rule}” {'the rate' if rate else 'the value'} is {result}"


def _counted_as(step: Step, rule: str, lang: Lang, assessed: int) -> str:
    """A figure that an input's own rule puts in the place of one that is lacking."""
    reported, result = step.ingredients[0], amount_text(step.result, lang)
    name, lacking = titled(reported, assessed, lang), amount_text(reported.amount, lang)
    if not _is_unavailable(reported.amount):
        return f"{name}：已报 {lacking}" if lang == "zh" else f"{name}: {lacking} is reported"
    if lang == "zh":
        return f"{name}{lacking}，按规则“{rule}”取 {result}"
    return f"{name} is {lacking}; by the rule “{rule}” it is {result}"


def _estimate(step: Step, lang: Lang, assessed: int) -> str:
    """What was estimated, by which rule, from what; or that a report made it unnecessary."""
    reported, *rest = step.ingredients
    name = (
        with_year(reported.title.in_(lang), step.period, lang)
        if step.period != assessed
        else (reported.title.in_(lang))
    )
    if not _is_unavailable(reported.amount):
        shown = amount_text(reported.amount, lang)
        return (
            f"{name}：已报 {shown}，无须估算"
            if lang == "zh"
            else f"{name}: {shown} is reported, nothing is estimated"
        )
    lacking, result = amount_text(reported.amount, lang), amount_text(step.result, lang)
    rule = _rule(step, lang)
    used = [
        f"{with_year(one.title.in_(lang), one.period, lang)} {amount_text(one.amount, lang)}" for one in rest
    ]
    if _is_unavailable(step.result):
        if lang == "zh":
            return _with_notes(f"{name}{lacking}，按规则“{rule}”也无法估算", used, lang)
        return _with_notes(f"{name} is {lacking}, and “{rule}” gives no estimate", used, lang)
    if lang == "zh":
        return _with_notes(f"{name}{lacking}，按规则“{rule}”估算为 {result}", used, lang)
    return _with_notes(f"{name} is {lacking}; by the rule “{rule}” it is estimated at {result}", used, lang)


def _coverage(step: Step, lang: Lang) -> str:
    """How much is covered, of how much, and whether that is enough."""
    by_name = {one.name: one.amount for one in step.ingredients}
    covered, counted = (amount_text(by_name[name], lang) for name in ("covered", "counted"))
    share = amount_text(step.result, lang)
    below, rule = by_name["below"].value is True, _rule(step, lang)
    if lang == "zh":
        verdict = "不满足" if below else "满足"
        return f"覆盖率：{covered} ÷ {counted} {equals(share)}，{verdict}“{rule}”"
    verdict = "is not met" if below else "is met"
    return f"coverage: {covered} ÷ {counted} {equals(share)}; “{rule}” {verdict}"


def policy_text(policy: str, lang: Lang) -> str:
    """A policy such as `missing: zero` in the words of the rule file; any other text as it was written.

    >>> policy_text("missing: zero", "zh")
    '缺失：零分'
    """
    key, found, value = policy.partition(": ")
    try:
        left, right = spelling("POLICY_KEY", key, lang), spelling("POLICY_VALUE", value, lang)
    except KeyError:
        return policy
    return f"{left}{'：' if lang == 'zh' else found}{right}"


def _ceiling(step: Step, lang: Lang) -> str:
    result = amount_text(step.result, lang)
    in_points = step.result.type.kind is Kind.POINTS
    if lang == "zh":
        return f"{step.title.zh}：{'得分' if in_points else '得分率'}按 {result} 计"
    return f"{step.title.en}: the {'score' if in_points else 'rate'} counts as {result}"


def _points(step: Step, lang: Lang, line: Line | None) -> str:
    by_name = {one.name: one for one in step.ingredients}
    result = amount_text(step.result, lang)
    if not {"rate", "possible"} <= by_name.keys():
        return _measure(step, lang, step.period)
    rate, possible = (by_name[name].amount for name in ("rate", "possible"))
    shown = amount_text(rate, lang)
    earned = _earned(line, rate)
    if earned is not None and line is not None and line.points is not None:
        stated = amount_text(line.points, lang)
        shown = f"{amount_text(earned, lang)} ÷ {stated} {equals(shown)}"
        shown = f"({shown})"
    exactly = _exactly(step.result, lang)
    if line is not None and line.level in ("bonus", "deduction"):
        word = {"bonus": Text(en="bonus", zh="加分"), "deduction": Text(en="deduction", zh="扣分")}[
            line.level
        ]
        return _with_notes(
            f"{word.in_(lang)} = {shown} × {amount_text(possible, lang)} {equals(result)}", exactly, lang
        )
    if lang == "zh":
        text = f"得分 = 得分率 {shown} × 可得 {amount_text(possible, lang)} {equals(result)}"
    else:
        text = f"score = rate {shown} × {amount_text(possible, lang)} possible {equals(result)}"
    return _with_notes(text, exactly, lang)


def _earned(line: Line | None, rate: Amount) -> Amount | None:
    """The points that the method gave, where the rate is made from them."""
    if line is None or line.points is None or not isinstance(line.points.value, Fraction):
        return None
    last = next((step for step in reversed(line.steps) if step.kind in ("method", "policy", "ceiling")), None)
    if (
        last is None
        or last.result.type.kind is not Kind.POINTS
        or not isinstance(last.result.value, Fraction)
    ):
        return None
    made = isinstance(rate.value, Fraction) and rate.value * line.points.value == last.result.value
    return last.result if made else None


def _reasons(read: Sequence[Ingredient], step: Step, lang: Lang) -> list[str]:
    """What made a condition hold or not, with the year of what is another year's."""
    titles = [
        one.title.in_(lang)
        if one.input is not None or one.period == step.period
        else with_year(one.title.in_(lang), one.period, lang)
        for one in read
    ]
    return [f"{title} {amount_text(one.amount, lang)}" for title, one in zip(titles, read, strict=True)]


def _limit(step: Step, lang: Lang) -> str:
    """A limit that held, with the scores that made it hold."""
    grade = amount_text(step.result, lang)
    reasons = _reasons(step.ingredients, step, lang)
    if lang == "zh":
        found = _with_notes(f"符合“{_rule(step, lang)}”", reasons, lang)
        return f"{found}，等次不高于{step.name}；最终等次为{grade}"
    found = _with_notes(f"“{_rule(step, lang)}” holds", reasons, lang)
    return f"{found}: no grade above {step.name}; the grade is {grade}"


def _veto(step: Step, lang: Lang) -> str:
    """A veto that held: what it did to a score, or, of the whole, its rule, what made it hold and its effects."""
    if step.branch is None:
        (before,) = step.ingredients
        shown = (
            f"{before.title.in_(lang)} {amount_text(before.amount, lang)} → {amount_text(step.result, lang)}"
        )
        title = step.title.in_(lang)
        return f"否决“{title}”：{shown}" if lang == "zh" else f"veto “{title}”: {shown}"
    reasons = _reasons(step.ingredients, step, lang)
    if lang == "zh":
        found = _with_notes(f"符合“{_rule(step, lang)}”", reasons, lang)
        return f"{found}，后果为：{step.branch.zh}"
    return f"{_with_notes(f'“{_rule(step, lang)}” holds', reasons, lang)}: {step.branch.en}"


def _mark(step: Step, lang: Lang) -> str:
    """Whether a region has a mark: its rule, what it reads, and what keeps the region from it."""
    reasons = [f"{one.title.in_(lang)} {amount_text(one.amount, lang)}" for one in step.ingredients]
    held = amount_text(step.result, lang)
    if isinstance(step.result.value, bool):
        held = (
            ("认定" if step.result.value else "不认定")
            if lang == "zh"
            else "given"
            if step.result.value
            else "not given"
        )
    if step.branch is not None:
        held += f"，{step.branch.zh}" if lang == "zh" else f", {step.branch.en}"
    return _with_notes(f"“{_rule(step, lang)}”{'：' if lang == 'zh' else ': '}{held}", reasons, lang)


def _condition(step: Step, lang: Lang) -> str:
    """A condition of a grade that was not met, though the total was enough."""
    total, *scores = step.ingredients
    branch = "" if step.branch is None else typeset(step.branch.in_(lang))
    reasons = _reasons(scores, step, lang)
    reached = f"{total.title.in_(lang)} {amount_text(total.amount, lang)}"
    if lang == "zh":
        return (
            _with_notes(f"{reached}（{branch}），但不符合“{_rule(step, lang)}”的条件", reasons, lang)
            + f"，不评为{step.name}"
        )
    found = _with_notes(
        f"{reached} ({branch}), but the condition of “{_rule(step, lang)}” is not met", reasons, lang
    )
    return f"{found}: not {step.name}"


def _quota(step: Step, lang: Lang) -> str:
    """A quota that a region stood for: how many places there were, and which was its own."""
    field, places, place = (amount_text(one.amount, lang) for one in step.ingredients)
    of, _, among = (one.title.in_(lang) for one in step.ingredients)
    inside = step.result.value is True
    how = ""
    if step.branch is not None and step.rounding is not None:
        share, rounding = step.branch.in_(lang), step.rounding.in_(lang)
        how = f"（{share}，{rounding}）" if lang == "zh" else f" ({share}, {rounding})"
    if lang == "zh":
        return f"{step.name}：{of} {field} 个，名额 {places} 个{how}，{among}{place}，{'' if inside else '未'}进入名额"
    quota = f"quota {places}{how}"
    return (
        f"{step.name}: {field} {of}, {quota}, {place} {among}: {'within' if inside else 'beyond'} the quota"
    )


def _join(step: Step, lang: Lang, line: Line | None) -> str:
    title = step.title.in_(lang)
    kept = [one for one in step.ingredients if not _is_unavailable(one.amount)]
    left_out = [one for one in step.ingredients if _is_unavailable(one.amount)]
    result = amount_text(step.result, lang)
    colon = "：" if lang == "zh" else ": "
    if not kept or _is_unavailable(step.result):
        names = [f"{one.title.in_(lang)} {amount_text(one.amount, lang)}" for one in left_out]
        return _with_notes(f"{title}{colon}{result}", names, lang)
    notes = [*_exactly(step.result, lang), *(_not_counted(one, lang) for one in left_out)]
    terms = [f"{one.title.in_(lang)} {amount_text(one.amount, lang)}" for one in kept]
    weights = _weights(kept, line)
    match step.name:
        case "sum":
            formula = " + ".join(terms)
        case "mean":
            formula = _mean(
                [f"{term} × {weight}" for term, weight in zip(terms, weights, strict=True)], weights
            )
        case "geometric":
            powers = [
                term if weight == 1 else f"({term})^{weight}"
                for term, weight in zip(terms, weights, strict=True)
            ]
            whole = sum(weights, Fraction(0))
            formula = f"({' × '.join(powers)})^(1/{whole})" if whole != 1 else " × ".join(powers)
        case "harmonic":
            whole = sum(weights, Fraction(0))
            parts = [f"{weight} ÷ {term}" for term, weight in zip(terms, weights, strict=True)]
            formula = f"{whole} ÷ ({' + '.join(parts)})"
        case "min" | "max":
            formula = f"{step.name}({', '.join(terms)})"
        case _:
            formula = ", ".join(terms)
    return _with_notes(f"{title}{colon}{formula} {equals(result)}", notes, lang)


def _rescaling(step: Step, lang: Lang) -> str:
    """The rate of a score by the rate of the best of its field, times what is possible."""
    by_name = {one.name: one.amount for one in step.ingredients}
    result, title, colon = (
        amount_text(step.result, lang),
        step.title.in_(lang),
        "：" if lang == "zh" else ": ",
    )
    if _is_unavailable(step.result) or _is_unavailable(by_name["best"]):
        return f"{title}{colon}{result}"
    mine, best = (amount_text(by_name[name], lang) for name in ("rate", "best"))
    possible = f" × {amount_text(by_name['possible'], lang)}" if "possible" in by_name else ""
    if lang == "zh":
        text = f"{title}：得分率 {mine} ÷ 最高 {best}{possible} {equals(result)}"
    else:
        text = f"{title}: rate {mine} ÷ {best} of the best{possible} {equals(result)}"
    return _with_notes(text, _exactly(step.result, lang), lang)


def _adjustment(step: Step, lang: Lang) -> str:
    """A score, plus bonuses, minus deductions."""
    first, *others = step.ingredients
    text = f"{first.title.in_(lang)} {amount_text(first.amount, lang)}"
    for one in others:
        value = one.amount.value
        taken = isinstance(value, Fraction) and value < 0
        taken = taken or one.name.startswith("deduction")
        amount = (
            Amount(value=-value, type=one.amount.type)
            if isinstance(value, Fraction) and taken
            else one.amount
        )
        text += f" {'−' if taken else '+'} {one.title.in_(lang)} {amount_text(amount, lang)}"
    result, colon = amount_text(step.result, lang), "：" if lang == "zh" else ": "
    if _is_unavailable(step.result):
        return f"{step.title.in_(lang)}{colon}{text} → {result}"
    found = f"{step.title.in_(lang)}{colon}{text} {equals(result)}"
    return _with_notes(found, _exactly(step.result, lang), lang)


def _mean(terms: list[str], weights: list[Fraction]) -> str:
    whole = sum(weights, Fraction(0))
    return f"({' + '.join(terms)}) ÷ {whole}" if whole != 1 else " + ".join(terms)


def _weights(kept: list[Ingredient], line: Line | None) -> list[Fraction]:
    """The stated sizes of the joined children, 1 where none is stated."""
    stated = {} if line is None else {child.id: child.points for child in line.children}
    found = [stated.get(one.step or one.name) for one in kept]
    return [
        one.value if one is not None and isinstance(one.value, Fraction) else Fraction(1) for one in found
    ]


def _not_counted(one: Ingredient, lang: Lang) -> str:
    shown = amount_text(one.amount, lang)
    title = one.title.in_(lang)
    return f"{title} {shown}，不计入" if lang == "zh" else f"{title} is {shown} and does not count"


def _rounding(step: Step, lang: Lang, line: Line | None) -> str:
    before = step.ingredients[0].amount
    how = (step.rounding or step.title).in_(lang)
    result = step.result.value
    places = None if line is None else line.places
    if places is None:
        places = (number.decimal_places(result) or 0) if isinstance(result, Fraction) else 0
    kind = step.result.type
    hundredfold = kind.kind in (Kind.SHARE, Kind.GROWTH, Kind.RATE, Kind.PP)
    if hundredfold or not isinstance(before.value, (Fraction, Irrational)) or isinstance(before.value, bool):
        left, right = amount_text(before, lang), amount_text(step.result, lang)
    else:
        left = digits_before_rounding(before.value, places)
        digits = decimal_of(step.result, places) or ""
        right = with_unit(digits, kind, lang, one=result == 1)
    notes = []
    if left.endswith("…"):
        notes += _exactly(before, lang, _LONGEST_FRACTION)
    colon = "：" if lang == "zh" else ": "
    return f"{how}{colon}{_with_notes(left, notes, lang)} → {right}"


def _grade(step: Step, lang: Lang) -> str:
    total = " + ".join(f"{one.title.in_(lang)} {amount_text(one.amount, lang)}" for one in step.ingredients)
    grade = amount_text(step.result, lang)
    branch = "" if step.branch is None else typeset(step.branch.in_(lang))
    if _is_unavailable(step.result):
        return f"{total}，等次{grade}" if lang == "zh" else f"{total}: the grade is {grade}"
    if lang == "zh":
        return f"{total}（{branch}），等次为{grade}" if branch else f"{total}，等次为{grade}"
    return f"{total} ({branch}): the grade is {grade}" if branch else f"{total}: the grade is {grade}"


# ── small things ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_unavailable(amount: Amount) -> bool:
    return isinstance(amount.value, (Absence, Undecided))


def _exactly(amount: Amount, lang: Lang, longest: int = 12) -> list[str]:
    note = exact_note(amount, lang, longest)
    return [] if note is None else [note]


def _with_notes(text: str, notes: list[str], lang: Lang) -> str:
    if not notes:
        return text
    return f"{text}（{'；'.join(notes)}）" if lang == "zh" else f"{text} ({'; '.join(notes)})"
