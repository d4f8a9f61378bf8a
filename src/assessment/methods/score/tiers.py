"""Marginal tiers: each stretch beyond a reference value earns at its own rate, as tax brackets do (分段累进)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import (
    Band,
    Call,
    Lowered,
    Method,
    Parameter,
    Problem,
    Rows,
    Sort,
    Yields,
    constant,
)
from assessment.methods.ends import between_ends, ends_problems, ends_said
from assessment.methods.intervals import Interval, flaws, interval
from assessment.methods.parameters import BETTER
from assessment.methods.steps import step_problem
from assessment.methods.wording import stretch


class Tiers(Method):
    """A basic score, and for each stretch beyond a reference value so many points for every unit that lies in it.

    The rows are ranges of the *distance* from `from`, in the kind of a difference (percentage points for a share),
    starting at zero and joined end to end: `[0, 10) pp: 0.5 points; [10, 20) pp: 0.25 points; >= 20 pp: 0.1 points`
    gives 0.5 points for `each` of the first ten, 0.25 for each of the next ten. Only the part inside a stretch earns at
    its rate, so there is no jump and it does not matter which end is closed; parts of a unit count in proportion.

    `below` says what a value on the other side of the reference means: `mirrored` takes off by the same table, `none`
    takes nothing off. `ceiling` and `floor` hold the result; each must be written, `none` included, where the last row
    has no end (the floor only where there is something taken off). `better: lower` counts downwards.

    Undefined: `each` of zero that comes from data; written out it is an error.
    Source: progressive tiers (分段累进): 得分＝基础分＋x1×(基础分/20)＋x2×(基础分/40)＋x3×(基础分/60)…, x1 the part up to 10
    points above the provincial average, x2 from 10 to 20, x3 beyond; 低于的反向扣分.
    Worked: basis 10 points, 25 above: 10 + 10 * 10/20 + 10 * 10/40 + 5 * 10/60 = 18.33 points; 25 below: 1.67.
    """

    en = "tiers"
    zh = "累进"
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
            en="each",
            zh="每",
            sort=Sort.DIFFERENCE,
            of="x",
            about=Text(en="the unit for which a row states points", zh="各行分值所对应的单位量"),
        ),
        Parameter(
            en="below",
            zh="反向",
            sort=Sort.WORD,
            choices=(("mirrored", "对称扣分"), ("none", "不扣分")),
            said=(
                Text(en="on the other side the same is taken off", zh="反向按同表扣分"),
                Text(en="on the other side nothing is taken off", zh="反向不扣分"),
            ),
            about=Text(en="what the worse side of the reference means", zh="劣于基数时如何计"),
        ),
        Parameter(en="ceiling", zh="不高于", sort=Sort.POINTS, optional=True, unlimited=True),
        Parameter(en="floor", zh="不低于", sort=Sort.POINTS, optional=True, unlimited=True),
        BETTER,
    )
    rows = Rows.TIERS
    rising = ("base", "ceiling", "floor")
    sentence = Text(
        en="{x} against {from}, apart by {apart}; {rows}; {below}; {base} + {moved}: {result}",
        zh="{x}，基数{from}，相差{apart}；{rows}；{below}；{base}＋{moved}，得{result}",
    )
    examples = (
        (
            "tiers(x, from: m, base: 10 points, each: 1, below: mirrored, ceiling: none, floor: 0 points) "
            "{ [0, 10): 0.5 points; [10, 20): 0.25 points; >= 20: 0.1 points }"
        ),
        (
            "累进（增速，基数：均值（增速，范围：全部），基本分：10 分，每：1 百分点，反向：不扣分） "
            "{ 0（含）至 10（不含）百分点：0.5 分；10（含）至 20（含）百分点：0.25 分 }"
        ),
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        found = [*step_problem(call, "each"), *_row_problems(call)]
        if found:
            return tuple(found)
        if call.bands[-1].range.high is None:
            wanted = ["ceiling"] + (["floor"] if call.word("below") == "mirrored" else [])
            found += [_no_end(name) for name in wanted if call.arguments.get(name) is None]
        return (*found, *ends_problems(call))

    def directions(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The value moves the result one way only where no row takes points off."""
        values = [constant(band.value) for band in call.bands]
        if not values or any(value is None or value < 0 for value in values):
            return self.rising, ()
        if call.maybe_word("better") == "lower":
            return (*self.rising, "from"), ("x",)
        return (*self.rising, "x"), ("from",)

    def phrase(self, call: Call) -> Text:
        places = range(1, len(call.bands) + 1)
        en = "; ".join(f"{{part{k}}} at {{rate{k}}} for each {{each}}, {{earned{k}}}" for k in places)
        zh = "；".join(f"{{part{k}}}，每{{each}}{{rate{k}}}，计{{earned{k}}}" for k in places)
        ends = ends_said(call)
        return Text(
            en=f"{{x}} against {{from}}, apart by {{apart}}; {en}; {{below}}; {{base}} + {{moved}}{ends.en}: {{result}}",
            zh=f"{{x}}，基数{{from}}，相差{{apart}}；{zh}；{{below}}；{{base}}＋{{moved}}{ends.zh}，得{{result}}",
        )

    def lower(self, call: Call) -> Lowered:
        x, start, each = call.node("x"), call.node("from"), call.node("each")
        apart = b.subtract(start, x) if call.word("better") == "lower" else b.subtract(x, start)
        zero = b.const(0, apart.type)
        mirrored = call.word("below") == "mirrored"
        distance = b.maximum(apart, b.negate(apart)) if mirrored else b.maximum(apart, zero)
        notes = [n.Named(name="apart", node=apart)]
        earned: list[n.Node] = []
        for place, band in enumerate(call.bands, start=1):
            part = _inside(distance, band)
            points = b.multiply(band.value, b.divide(part, each))
            earned.append(points)
            notes += [
                n.Named(name=f"part{place}", node=part),
                n.Named(name=f"rate{place}", node=band.value),
                n.Named(name=f"earned{place}", node=points),
            ]
        moved = b.add(*earned)
        if mirrored:
            moved = b.select(b.compare(">=", apart, zero), moved, b.negate(moved))
        notes.append(n.Named(name="moved", node=moved))
        points = between_ends(b.add(call.node("base"), moved), call)
        low, high = _reach(call)
        return Lowered(node=points, notes=tuple(notes), low=low, high=high)


def _inside(distance: n.Node, band: Band) -> n.Node:
    """The part of a distance that lies in a stretch."""
    low = band.range.low
    if low is None or constant(low) == 0:
        low = b.const(0, distance.type)
    held = b.clamp(distance, low, band.range.high)
    return b.subtract(held, low)


_WRITTEN = Text(
    en="write the ends in figures, as in `[0, 10): 0.5 points`", zh="请直接写数字，如 `[0, 10)：0.5 分`"
)


def _row_problems(call: Call) -> list[Problem]:
    """Ends that are not written numbers, a first row that does not begin at zero, and rows that do not join."""
    found: list[Problem] = []
    rows: list[Interval] = []
    for place, band in enumerate(call.bands):
        row = interval(band.range)
        if row is None:
            text = Text(en="a tier has written numbers as its ends", zh="累进各行的端点应为写明的数值")
            found.append(Problem(code="argument-kind", text=text, at=place, help=_WRITTEN))
        elif place == 0 and row.start[:2] != (0, Fraction(0)):
            text = Text(en="the first tier does not begin at zero", zh="第一段没有从零开始")
            found.append(
                Problem(
                    code="band-uncovered",
                    text=text,
                    at=place,
                    help=Text(
                        en="tiers are distances from the reference: begin at 0",
                        zh="各段为与基数的距离，应从 0 开始",
                    ),
                )
            )
        else:
            # Which end is closed makes no difference: a point has no length.
            high = row.end if row.end[0] else (0, row.end[1], 0)
            rows.append(evolve(row, start=(0, row.start[1], 0), end=high, listed=True))
    if found:
        return found
    for flaw in flaws(rows, otherwise=False, floor=Fraction(0), roof=max(row.end for row in rows)):
        where = stretch(flaw.low, flaw.high, call.node("each").type)
        found.append(
            Problem(
                code=flaw.code,
                text=Text(
                    en=f"the tiers do not join end to end: {where.en}", zh=f"各段没有首尾相接：{where.zh}"
                ),
                at=flaw.at,
                also=flaw.also,
                also_text=None if flaw.also is None else Text(en="the other row", zh="另一行"),
                help=Text(
                    en="let each tier begin where the one before ends", zh="每一段应从前一段的终点开始"
                ),
            )
        )
    return found or _falling(rows)


def _falling(rows: list[Interval]) -> list[Problem]:
    if all(first.start < second.start for first, second in pairwise(rows)):
        return []
    text = Text(en="the tiers are out of order", zh="各段次序颠倒")
    help_ = Text(en="list them from the reference outwards", zh="应从基数起由近及远排列")
    return [Problem(code="band-order", text=text, at=0, help=help_)]


def _no_end(name: str) -> Problem:
    zh = {"ceiling": "不高于", "floor": "不低于"}[name]
    return Problem(
        code="missing-argument",
        text=Text(
            en=f"the last tier has no end, and no `{name}` is written",
            zh=f"最后一段没有终点，也没有写明 `{zh}`",
        ),
        help=Text(en=f"write `{name}: …`, or `{name}: none`", zh=f"写明 `{zh}：…`，或 `{zh}：不限`"),
    )


def _reach(call: Call) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most in all; None for an end that is open or that data move."""
    floor, ceiling = constant(call.limit("floor")), constant(call.limit("ceiling"))
    open_floor = call.limit("floor") is not None and floor is None
    open_ceiling = call.limit("ceiling") is not None and ceiling is None
    if open_floor or open_ceiling:
        return None, None
    low, high = _unheld(call)
    if floor is not None:
        low = floor if low is None else max(low, floor)
        high = None if high is None else max(high, floor)
    if ceiling is not None:
        high = ceiling if high is None else min(high, ceiling)
        low = None if low is None else min(low, ceiling)
    return low, high


def _unheld(call: Call) -> tuple[Fraction | None, Fraction | None]:
    """What the tiers reach before anything holds them."""
    base, each = constant(call.node("base")), constant(call.node("each"))
    if base is None or each is None:
        return None, None
    least = most = total = Fraction(0)
    for band in call.bands:
        rate, low, high = constant(band.value), constant(band.range.low), constant(band.range.high)
        if rate is None:
            return None, None
        if high is None:
            # The last row goes on for ever, in the direction of its sign.
            open_up, open_down = rate > 0, rate < 0
            if call.word("below") == "mirrored":
                open_up = open_down = rate != 0
                least, most = min(least, -most), max(most, -least)
            return None if open_down else base + least, None if open_up else base + most
        total += rate * (high - (low or 0)) / each
        least, most = min(least, total), max(most, total)
    if call.word("below") == "mirrored":
        least, most = min(least, -most), max(most, -least)
    return base + least, base + most
