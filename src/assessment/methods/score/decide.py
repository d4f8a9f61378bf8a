"""A decision table: the first row whose condition holds gives the score (判定表)."""

from __future__ import annotations

from assessment.core import build as b
from assessment.core import nodes as n
from assessment.core.types import Kind
from assessment.diagnostics.bilingual import Text
from assessment.methods.base import Call, Lowered, Method, Problem, Rows, Yields, ends_of
from assessment.methods.decisions import examine, read_by


class Decide(Method):
    """The score of the first row whose condition holds; `otherwise` takes what is left.

    Rows are read from the top, so a later row means *none of those above, and this*. A condition may ask of several
    measures (`plan >= 100% and total >= 100%`). What a row gives is written in points, or as shares of full marks, and
    may be a formula of its own: a method that yields points, `60% * 8 points`.

    One row must always apply: `otherwise` is written, or the check finds that the conditions leave nothing out. A row that
    the rows above leave nothing for is an error, and so is an `otherwise` that is never reached.

    Undefined: nowhere; where the answer to a condition is missing, what follows from it is missing as well.
    Source: decision tables (判定表) such as 年度完成且累计达标 60 分，年度未完成但累计达标 55 分，年度完成累计未达 40 分，都未 0 分;
    gates such as 浓度不降反升计 0 分.
    Worked: with the year's target met and the total not, that table gives 40 points; with both 60, with neither 0.
    """

    en = "decide"
    zh = "判定"
    yields = Yields.SCORE
    parameters = ()
    rows = Rows.DECISIONS
    sentence = Text(
        en="`{branch}` is the first row that holds: {result}", zh="首个成立的一行为“{branch}”，得{result}"
    )
    examples = (
        "decide { yearly and overall: 60 points; overall: 55 points; yearly: 40 points; otherwise: 0 points }",
        "判定 { 浓度 > 浓度[-1]：0%；浓度 <= 35 微克/立方米：100%；其余：60% }",
    )

    def check(self, call: Call) -> tuple[Problem, ...]:
        if not call.entries:
            text = Text(en="no row of this table has a condition", zh="此表没有带条件的行")
            return (
                Problem(
                    code="missing-argument",
                    text=text,
                    help=Text(en="write rows such as `x >= 5: 3 points`", zh="请写 `x >= 5：3 分` 之类的行"),
                ),
            )
        found = examine(call.entries)
        if not found.judged:
            return () if call.otherwise is not None else (_incomplete(None),)
        problems = [_unreached(place) for place in found.unreached]
        if not problems and call.otherwise is not None and not found.otherwise:
            problems.append(_NEVER)
        if call.otherwise is None and found.escape is not None:
            problems.append(_incomplete(found.escape))
        return tuple(problems)

    def phrase(self, call: Call) -> Text:
        asked = [_told(place, node) for place, node in enumerate(_asked(call), start=1)]
        if not asked:
            return self.sentence
        return Text(
            en=f"{', '.join(asked)}; {self.sentence.en}", zh=f"{'、'.join(asked)}；{self.sentence.zh}"
        )

    def lower(self, call: Call) -> Lowered:
        # The number of the row that applies, so that the table knows which one it was.
        places = len(call.entries)
        which: n.Node = b.const(places if call.otherwise is not None else places - 1)
        for place in range(places - (call.otherwise is None) - 1, -1, -1):
            which = b.select(call.entries[place].key, b.const(place), which)
        ranges = [
            n.Range(low=b.const(place), high=b.const(place), label=entry.label, span=entry.span)
            for place, entry in enumerate(call.entries)
        ]
        results = tuple(entry.value for entry in call.entries)
        low, high = ends_of((*results, *(() if call.otherwise is None else (call.otherwise,))))
        asked = [(f"asked{place}", node) for place, node in enumerate(_asked(call), start=1)]
        used = [(f"used{place}", node) for place, node in enumerate(read_by(results), start=1)]
        notes = tuple(n.Named(name=name, node=node) for name, node in (*asked, *used))
        return Lowered(node=b.step(which, ranges, results, call.otherwise), notes=notes, low=low, high=high)


def _asked(call: Call) -> tuple[n.Node, ...]:
    """What the conditions read."""
    return read_by([entry.key for entry in call.entries])


def _told(place: int, node: n.Node) -> str:
    """The placeholder of what a condition read; a level alone would not say of what."""
    named = node.value if isinstance(node, n.Shift) else node
    name = f"{named.name} " if isinstance(named, n.Input) and named.type.kind is Kind.LEVEL else ""
    return f"{name}{{asked{place}}}"


_NEVER = Problem(
    code="band-unreachable",
    text=Text(
        en="`otherwise` is never reached: the rows hold every case", zh="“其余”不会用到：各行已包含全部情形"
    ),
    help=Text(en="take `otherwise` out", zh="删去“其余”"),
)


def _unreached(place: int) -> Problem:
    return Problem(
        code="band-unreachable",
        text=Text(
            en="this row never applies: where its condition holds, a row above holds already",
            zh="本行不会命中：其条件成立时，上面某行已先成立",
        ),
        at=place,
        help=Text(en="move the row up, or take it out", zh="把本行上移，或删去"),
    )


def _incomplete(escape: Text | None) -> Problem:
    case = Text(en="", zh="") if escape is None else Text(en=f": {escape.en}", zh=f"：{escape.zh}")
    return Problem(
        code="band-uncovered",
        text=Text(en=f"no row holds in this case{case.en}", zh=f"此种情形没有一行成立{case.zh}")
        if escape is not None
        else Text(en="it is not certain that a row always holds", zh="不能确定总有一行成立"),
        help=Text(en="add a row `otherwise: 0 points`", zh="增加一行 `其余：0 分`"),
    )
