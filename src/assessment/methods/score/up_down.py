"""A basic score at a reference value, with steps up and steps down that have nothing to do with one another (加减分)."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import POINTS, Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Sort,
    Yields,
    constant,
    defined_where,
)
from assessment.methods.ends import between_ends, ends_problems, ends_said
from assessment.methods.parameters import BETTER, COUNTING
from assessment.methods.steps import counted, never_incomplete, step_problem
from assessment.methods.wording import amount


class UpDown(Method):
    """A basic score at `from`; so much more for each step beyond it, and so much less for each step that is lacking.

    `points = base + gained - lost`, held between `floor` and `ceiling` where they are written;
    `gained = min(gain * steps, most)` with steps of size `up` on the better side of `from`, and
    `lost = min(loss * steps, worst)` with steps of size `down` on the worse side. Each side has its own step, its own
    amount, its own counting and its own limit, and either may be left out: that side then changes nothing.

    A step is written as a share *of the reference* (`up: 5%`) or as a difference in the kind of the measure (`up: 5 pp`,
    `up: 3 亿元`). `up_counting` and `down_counting` say what an incomplete step counts; they may be left out only where
    there is none. A side is limited by itself (`most`, `worst`) or by the whole (`ceiling`, `floor`): one of the two is
    written for each side that is there, `none` where nothing limits it. With `better: lower` the better side lies below.

    Undefined: with a share of the reference, a reference of zero or below; a step of zero that comes from data.
    Source: 每超出基数 3 亿元加 0.5 分，10 分封顶，每低于基数 2 亿元减 0.5 分; 每差 1 微克/立方米扣 0.5 分，扣完为止;
    持平得基本分值的 80 %，每超 5 % 加 1 分，加分最高不超过基本分值的 50 %.
    Worked: basis 100 亿元 and 5 points, whole steps: 107 earn 5 + 2 * 0.5 = 6 points, 97 earn 5 - 1 * 0.5 = 4.5. With
    8 points at last year's value and 1 for every 5 %, +60 % are 12 steps: 8 + 5 = 13 points where the *bonus* ends at 5,
    15 where the *total* ends at 15.
    """

    en = "up_down"
    zh = "加减分"
    yields = Yields.POINTS
    parameters = (
        Parameter(en="x", zh="数值", sort=Sort.MEASURE),
        Parameter(
            en="from",
            zh="基数",
            sort=Sort.LIKE,
            of="x",
            about=Text(en="the value that earns the basic score", zh="得基本分的数值"),
        ),
        Parameter(en="base", zh="基本分", sort=Sort.POINTS),
        Parameter(
            en="up",
            zh="加分步长",
            sort=Sort.STEP,
            of="x",
            optional=True,
            about=Text(en="the size of a step on the better side", zh="优于基数一侧的步长"),
        ),
        Parameter(en="gain", zh="每步加", sort=Sort.POINTS, optional=True),
        evolve(COUNTING, en="up_counting", zh="加分计法", optional=True),
        Parameter(
            en="most",
            zh="加分至多",
            sort=Sort.POINTS,
            optional=True,
            unlimited=True,
            about=Text(en="the most that is added", zh="加分的上限"),
        ),
        Parameter(
            en="down",
            zh="减分步长",
            sort=Sort.STEP,
            of="x",
            optional=True,
            about=Text(en="the size of a step on the worse side", zh="劣于基数一侧的步长"),
        ),
        Parameter(en="loss", zh="每步减", sort=Sort.POINTS, optional=True),
        evolve(COUNTING, en="down_counting", zh="减分计法", optional=True),
        Parameter(
            en="worst",
            zh="减分至多",
            sort=Sort.POINTS,
            optional=True,
            unlimited=True,
            about=Text(en="the most that is taken off", zh="减分的上限"),
        ),
        Parameter(
            en="ceiling",
            zh="不高于",
            sort=Sort.POINTS,
            optional=True,
            unlimited=True,
            about=Text(en="the most in all", zh="合计的上限"),
        ),
        Parameter(
            en="floor",
            zh="不低于",
            sort=Sort.POINTS,
            optional=True,
            unlimited=True,
            about=Text(en="the least in all", zh="合计的下限"),
        ),
        BETTER,
    )
    rising = ("x", "base", "gain", "most", "down", "ceiling", "floor")
    falling = ("up", "loss", "worst")
    sentence = Text(
        en="{x} against {from}; above it by {up_by}, {up_steps} steps of {up} ({up_counting}), adds {gained}; "
        "below it by {down_by}, {down_steps} steps of {down} ({down_counting}), takes {lost}; "
        "{base} + {gained} - {lost}: {result}",
        zh="{x}，基数{from}；高出{up_by}，每{up}为一步，合 {up_steps} 步（{up_counting}），加{gained}；"
        "低于{down_by}，每{down}为一步，合 {down_steps} 步（{down_counting}），减{lost}；"
        "{base}＋{gained}－{lost}，得{result}",
    )
    examples = (
        (
            "up_down(x, from: 100, base: 5 points, up: 3, gain: 0.5 points, up_counting: whole, ceiling: 10 points, "
            "down: 2, loss: 0.5 points, down_counting: whole, floor: 0 points)"
        ),
        "up_down(x, from: x[-1], base: 8 points, up: 5%, gain: 1 points, up_counting: whole, most: 5 points)",
        "加减分（浓度，基数：35 微克/立方米，基本分：10 分，减分步长：1 微克/立方米，每步减：0.5 分，减分计法：按比例，不低于：0 分，方向：越低越好）",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        sides = [side for side in _SIDES if _is_there(call, side)]
        if not sides:
            return (_NO_SIDE,)
        found = [problem for side in sides for problem in _side_problems(call, side)]
        found += [
            _beside_nothing(side) for side in _SIDES if side not in sides and _written(call, side.whole)
        ]
        return tuple(found) or _crossed(call)

    def phrase(self, call: Call) -> Text:
        lower = call.word("better") == "lower"
        said = [
            _said(call, side, above=(side is _UP) is not lower) for side in _SIDES if _is_there(call, side)
        ]
        there = [side for side in _SIDES if _is_there(call, side)]
        sum_ = "".join(f" {side.sign} {{{side.moved}}}" for side in there)
        ends = ends_said(call)
        return Text(
            en="{x} against {from}; "
            + "; ".join(text.en for text in said)
            + f"; {{base}}{sum_}{ends.en}: {{result}}",
            zh="{x}，基数{from}；"
            + "；".join(text.zh for text in said)
            + f"；{{base}}{sum_.replace(' + ', '＋').replace(' - ', '－')}{ends.zh}，得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        x, start, base = call.node("x"), call.node("from"), call.node("base")
        better = b.subtract(start, x) if call.word("better") == "lower" else b.subtract(x, start)
        points, notes, relative = base, [], False
        for side in _SIDES:
            if not _is_there(call, side):
                continue
            width = call.node(side.width)
            apart = better if side is _UP else b.negate(better)
            by = b.maximum(apart, b.const(0, apart.type))
            if width.type.kind is Kind.RATE:
                relative = True
                by = b.cast(b.divide(by, start), Kind.RATE)
            steps = b.divide(by, width)
            count = counted(steps, call.maybe_word(side.counting) or "line")
            moved = b.multiply(call.node(side.amount), count)
            limit = call.limit(side.own)
            moved = moved if limit is None else b.minimum(moved, limit)
            points = b.add(points, moved) if side is _UP else b.subtract(points, moved)
            notes += [
                n.Named(name=f"{side.width}_by", node=by),
                n.Named(name=f"{side.width}_steps", node=steps),
                n.Named(name=f"{side.width}_counted", node=count),
                n.Named(name=side.moved, node=moved),
            ]
        points = between_ends(points, call)
        if relative:
            points = defined_where(b.compare(">", start, b.const(0, start.type)), points)
        low, high = _reach(call)
        return Lowered(node=points, notes=tuple(notes), low=low, high=high)


@frozen(kw_only=True)
class _Side:
    """The names of the parameters of one side: its step, amount, counting and limits, and what it moves the score by."""

    width: str
    amount: str
    counting: str
    own: str
    whole: str
    moved: str
    sign: str
    chinese: tuple[str, ...]


_UP = _Side(
    width="up",
    amount="gain",
    counting="up_counting",
    own="most",
    whole="ceiling",
    moved="gained",
    sign="+",
    chinese=("加分步长", "每步加", "加分计法", "加分至多", "不高于"),
)
_DOWN = _Side(
    width="down",
    amount="loss",
    counting="down_counting",
    own="worst",
    whole="floor",
    moved="lost",
    sign="-",
    chinese=("减分步长", "每步减", "减分计法", "减分至多", "不低于"),
)
_SIDES = (_UP, _DOWN)
_NO_SIDE = Problem(
    code="missing-argument",
    text=Text(en="no step is written, so nothing moves the basic score", zh="没有写明步长，基本分不会增减"),
    help=Text(
        en="write `up: …, gain: …` for the better side, `down: …, loss: …` for the worse one, or both",
        zh="写明 `加分步长：…，每步加：…`，或 `减分步长：…，每步减：…`，或两者都写",
    ),
)


def _written(call: Call, name: str) -> bool:
    return call.arguments.get(name) is not None


def _is_there(call: Call, side: _Side) -> bool:
    return any(_written(call, name) for name in (side.width, side.amount, side.counting, side.own))


def _side_problems(call: Call, side: _Side) -> list[Problem]:
    """What is lacking of a side, and amounts without meaning."""
    lacking = [
        (name, zh)
        for name, zh in zip((side.width, side.amount), side.chinese[:2], strict=True)
        if not _written(call, name)
    ]
    if lacking:
        return [_lacking(*each) for each in lacking]
    found = list(step_problem(call, side.width))
    width = call.node(side.width)
    absolute = width.type.kind is not Kind.RATE or call.node("x").type.kind is Kind.RATE
    if not _written(call, side.counting) and not (
        absolute and never_incomplete(width, call.node("x"), call.node("from"))
    ):
        found.append(
            Problem(
                code="missing-argument",
                text=Text(en="it is not said what an incomplete step counts", zh="未说明不足一步如何计"),
                help=Text(
                    en=" or ".join(f"`{side.counting}: {word}`" for word in ("line", "whole", "started")),
                    zh="、".join(f"`{side.chinese[2]}：{zh}`" for _, zh in COUNTING.choices),
                ),
            )
        )
    if not _written(call, side.own) and not _written(call, side.whole):
        own, whole = side.chinese[3:]
        found.append(
            Problem(
                code="missing-argument",
                text=Text(
                    en=f"it is not said where `{side.amount}` ends", zh=f"未说明 `{side.chinese[1]}` 的限度"
                ),
                help=Text(
                    en=f"write `{side.own}: …` for this side alone or `{side.whole}: …` for the whole; "
                    "`none` sets no limit",
                    zh=f"写明 `{own}：…`（单就此侧）或 `{whole}：…`（就合计）；`不限` 表示不设限度",
                ),
            )
        )
    for name in (side.amount, side.own):
        value = constant(call.limit(name))
        if value is not None and value < 0:
            found.append(_negative(name, value))
    return found


def _lacking(en: str, zh: str) -> Problem:
    return Problem(
        code="missing-argument",
        text=Text(en=f"this side lacks `{en}`", zh=f"此侧缺少参数 `{zh}`"),
        help=Text(en=f"write `{en}: …`", zh=f"写明 `{zh}：…`"),
    )


def _beside_nothing(side: _Side) -> Problem:
    en, zh = side.whole, side.chinese[4]
    return Problem(
        code="too-many-arguments",
        text=Text(
            en=f"`{en}` limits nothing: there is no step on this side", zh=f"`{zh}` 没有意义：此侧没有步长"
        ),
        at=en,
        help=Text(
            en=f"take out `{en}`, or write `{side.width}: …`",
            zh=f"删去 `{zh}`，或写明 `{side.chinese[0]}：…`",
        ),
    )


def _negative(name: str, value: Fraction) -> Problem:
    shown = amount(value, POINTS)
    return Problem(
        code="argument-kind",
        text=Text(
            en=f"{shown.en} turn a gain into a loss, or the reverse", zh=f"{shown.zh} 使加分与减分颠倒"
        ),
        at=name,
        help=Text(en="write points from zero up", zh="应为不小于零的分值"),
    )


def _crossed(call: Call) -> tuple[Problem, ...]:
    """A floor above the ceiling, or a basic score that lies beyond one of them."""
    base = constant(call.node("base"))
    crossed = ends_problems(call)
    if crossed:
        return crossed
    floor, ceiling = constant(call.limit("floor")), constant(call.limit("ceiling"))
    if base is not None and ceiling is not None and base > ceiling:
        text = Text(en="the basic score lies above the ceiling", zh="基本分高于上限")
        help_ = Text(en="raise the ceiling", zh="提高上限")
        return (Problem(code="floor-above-cap", text=text, at="base", also="ceiling", help=help_),)
    if base is not None and floor is not None and floor > base:
        text = Text(en="the floor lies above the basic score", zh="下限高于基本分")
        help_ = Text(en="lower the floor", zh="降低下限")
        return (Problem(code="floor-above-cap", text=text, at="floor", also="base", help=help_),)
    return ()


def _said(call: Call, side: _Side, *, above: bool) -> Text:
    """One side in words: the distance, its steps, and what they add or take."""
    width, moved, rated = side.width, side.moved, call.node(side.width).type.kind is Kind.RATE
    counting = f" ({{{side.counting}}})" if _written(call, side.counting) else ""
    limit_en = f", at most {{{side.own}}}" if call.limit(side.own) is not None else ""
    limit_zh = f"、至多{{{side.own}}}" if call.limit(side.own) is not None else ""
    en = f"{'above' if above else 'below'} it by {{{width}_by}}{' of it' if rated else ''}, "
    zh = f"{'高出' if above else '低于'}基数{{{width}_by}}，"
    return Text(
        en=f"{en}{{{width}_steps}} steps of {{{width}}}{counting}, "
        f"{'adds' if side is _UP else 'takes'} {{{side.amount}}} × {{{width}_counted}}{limit_en}, {{{moved}}}",
        zh=f"{zh}每{{{width}}}为一步，合 {{{width}_steps}} 步{counting.replace(' (', '（').replace(')', '）')}，"
        f"{'加' if side is _UP else '减'}{{{side.amount}}}×{{{width}_counted}}{limit_zh}，计{{{moved}}}",
    )


def _reach(call: Call) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most in all; None for an end that is open or that data move."""
    floor, ceiling = constant(call.limit("floor")), constant(call.limit("ceiling"))
    if (call.limit("floor") is not None and floor is None) or (
        call.limit("ceiling") is not None and ceiling is None
    ):
        return None, None
    base = constant(call.node("base"))
    most, worst = (_most(call, side) for side in _SIDES)
    high = None if base is None or most is None else base + most
    low = None if base is None or worst is None else base - worst
    if ceiling is not None:
        high = ceiling if high is None else min(high, ceiling)
        low = None if low is None else min(low, ceiling)
    if floor is not None:
        low = floor if low is None else max(low, floor)
        high = None if high is None else max(high, floor)
    return low, high


def _most(call: Call, side: _Side) -> Fraction | None:
    """The most that one side moves the score by, 0 where it is not there."""
    if not _is_there(call, side):
        return Fraction(0)
    size = constant(call.node(side.amount))
    # An amount or a step from the data may be below zero, and the side then moves the other way.
    if size is None or constant(call.node(side.width)) is None:
        return None
    return constant(call.limit(side.own))
