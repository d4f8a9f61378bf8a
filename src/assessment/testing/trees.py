"""Rule files that use the whole tree: joins, caps, bonuses, policies in bodies, tables, user methods, rows, results.

Each snippet is a few lines and draws by itself; a `_Writer` puts them together and keeps count, so that the file is one that
the checker accepts: points add up, weights stand under means only, a score reads those that were written before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import Factory, define
from hypothesis import strategies as st

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

__all__ = ["in_language", "tree_files"]

_INPUTS = {
    "a": 'input a "A" in % { range 0% to 100% }',
    "b": 'input b "B" in % { range 0% to 100% }',
    "c": 'input c "C" in % { range 0% to 100% }',
    "money": 'input money "Money" in 亿元 { range >= 0 }',
    "people": 'input people "People" in 万人 { range > 0 }',
    "firms": 'input firms "Firms" in 家 { range >= 0 }',
    "gain": 'input gain "Gain" in points { range 0 to 20 }',
    "loss": 'input loss "Loss" in points { range 0 to 20 }',
    "awards": 'input awards "Awards" events level national, provincial { field sort level science, teaching required; '
    "field day date required; field late yes/no; evidence paper or not counted; no rows mean none }",
    "panel": 'input panel "Panel" ratings 0 to 100 { field home region; field weight in number required; '
    "no rows mean not reported }",
    "survey": 'input survey "Survey" events level satisfied, partly, not { field answers in number required; '
    "no rows mean not reported }",
}
_LETS = {
    "rich": 'let rich "Money per head" = money / people',
    "content": 'let content "Content" = sum_of_rows(survey, answers, where: survey = satisfied) '
    "/ sum_of_rows(survey, answers) in %",
}
_METHODS = {
    "lift": 'method lift "Level and growth" (x, target, step = 10 pp) = '
    "attain(x, target: target) * 60% + attain(change(x), target: step) * 40%",
    "held_share": 'method held_share "Held" (x) = goalposts(x, from: 0%, to: 80%)',
}
_TABLES = {
    "caps": 'table caps "Caps" by group { county: 80%; zone: 100% }',
    "factors": 'table factors "Factors" by year { 2017: 0.5; 2018: 0.8 }',
}
_RATES = (
    "judged(a)",
    "judged(b)",
    "judged(c)",
    "attain(money, target: 60 亿元)",
    "minmax(firms, within: all)",
    "goalposts(rich, from: 1 亿元/万人, to: 6 亿元/万人)",
    "attain(change(money / people), target: 2 亿元/万人)",
    "attain(larger(growth(money / people), 0%), target: 20%)",
    "lift(a, target: 60%)",
    "lift(firms, target: 20 家, step: 4 家)",
    "held_share(b)",
    "attain(money, target: 60 亿元, cap: entry(caps))",
    "attain(firms, target: 7 家) * entry(factors)",
    "by_rank(money, within: group, first: 100%, step: 20%, ties: min)",
    "decide { a >= 60% and high: 100%; firms >= 7 家 or hill: 80%; otherwise: 20% }",
    "bands(c) { >= 85%: 100%; >= 40%: 60%; otherwise: 0% }",
    "ratings(panel, where: home != own region, weight: weight)",
    "ratings(panel, drop: 1)",
    "attain(content, target: 80%)",
)
_POINTS = (
    (
        "events(awards, most: 4 points, once: paper, kind: sort, where: day in this year or (late and day in last year)) "
        "{ national: 3 points; provincial: 1.5 points; science: up to 4 points; teaching: up to 3 points }"
    ),
    (
        "highest(awards, where: day from 2018-01-01 to 2018-12-31, kind: sort) "
        "{ national: 2 points; provincial: 1 points; science: up to 2 points; teaching: up to 2 points }"
    ),
    "every(count(awards, once: paper), each: 1, gain: 2 points, most: 4 points, counting: line)",
    "every(firms, each: 4 家, gain: 0.5 points, most: 4 points, counting: whole)",
)
_MEASURES = ("a, higher is better", "firms, higher is better", "c, lower is better", "rich, higher is better")
_DISPOSALS = (
    "zero",
    "full",
    "not computed",
    "60%",
    "peer mean within all, otherwise zero",
    "peer mean within group, otherwise 40%",
)
_SUBJECTS = ("zone", "high", "hill", "Elder", "county when unreported people", "all when c >= 85%")
_MEANS = ("mean", "geometric", "harmonic")
_EXTREMES = ("min", "max")


@define(kw_only=True)
class _Writer:
    """A file as it grows: what is drawn, the numbers given out, and the points of the indicators."""

    draw: st.DrawFn
    index: bool
    """Whether the tree has weights all the way down, and no points."""
    plain: bool
    """Whether scores are added or averaged throughout, so that points may be rescaled over all."""
    from_table: bool
    """Whether indicators may take their points from a table."""
    reading: bool
    """Whether formulas read scores: then no points move, which would turn in circles."""
    number: int = 0
    names: int = 0
    tabled: dict[int, int] = Factory(dict)
    """Indicators whose points are taken from the table."""
    measured: bool = False
    rescaled: bool = False
    falling: bool = False
    """Whether something may fall below zero, so that what follows states its floor."""
    grouped: bool = False
    """Whether points differ by group somewhere, so that nothing above weighs by points."""
    read: list[int] = Factory(list)
    """Indicators whose rate may be read by those after them."""

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def one(self, choices: Sequence[str]) -> str:
        return self.draw(st.sampled_from(choices))

    def name(self, stem: str) -> str:
        self.names += 1
        return f"{stem}{self.names}"

    def disposal(self) -> str:
        """What becomes of what is absent; points are rescaled over all where everything above is added or averaged."""
        moved = ("rescale in category", "rescale over all") if self.plain else ("rescale in category",)
        return self.one(_DISPOSALS if self.reading else (*_DISPOSALS, *moved))

    def join(self, kind: str, *, added: bool) -> str:
        """How the children of a node are joined; scores are `added` where they have points."""
        first = ("sum", "sum", "sum") if added else ("mean",)
        if self.plain:
            return self.one((*first, "mean"))
        # Without a size of its own, an indicator would be looked up in the table.
        return self.one(
            (*first, *_MEANS) if self.from_table and kind == "category" else (*first, *_MEANS, *_EXTREMES)
        )

    # ── nodes ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def node(self, kind: str, size: str | None, depth: int, pad: str) -> tuple[list[str], int]:
        """A node with all below it, and its points. `size` is its weight, empty under a minimum, None for points."""
        number = 0
        if kind == "indicator":
            self.number += 1
            number = self.number
            mark = " ※" if self.chance(6) else ""
            head = f'indicator {number}{mark} "Indicator {number}"'
        else:
            head = f'{kind} {self.name(kind[0])} "Title"'
        inner = depth > 0 and self.chance(2) if kind != "category" else True
        if not inner:
            body, points = self.leaf(kind, size, pad + "    ")
        else:
            body, points = self.joined(kind, size, depth, pad + "    ")
        body = [*self.statements(kind, size, pad + "    ", inner=inner), *body]
        if size is None:
            tabled = kind == "indicator" and self.from_table and self.chance(2)
            if tabled:
                self.tabled[number] = points
            stated = "" if tabled else f" {points} points{'' if kind == 'part' else self.ceiling(points)}"
        else:
            stated = f" {size}" if size else ""
        if kind == "indicator":
            self.read.append(number)
        return [f"{pad}{head}{stated} {{", *body, f"{pad}}}"], points

    def joined(self, kind: str, size: str | None, depth: int, pad: str) -> tuple[list[str], int]:
        """The children of a node and how they are joined."""
        below = {"category": ("category", "indicator"), "indicator": ("part",), "part": ("part",)}[kind]
        child = below[-1] if depth <= 1 or not self.chance(4) else below[0]
        join = self.join(kind, added=size is None)
        lines = [] if join == "sum" else [f"{pad}join {join}"]
        total = 0
        for _ in range(self.draw(st.integers(1 if kind == "category" else 2, 2))):
            if join == "sum":
                weight = None
            else:
                weight = "" if join in _EXTREMES else f"weight {self.draw(st.integers(1, 3))}"
            found, points = self.node(child, weight, depth - 1, pad)
            lines += found
            total += points
        if join == "sum" and child in ("indicator", "part") and self.chance(5):
            lines += self.by_group(child, pad)
            total += 4
        return lines, total if join == "sum" else 4

    def by_group(self, kind: str, pad: str) -> list[str]:
        """Two scores whose points differ by group and make four points for each; one group does not have the second."""
        self.grouped = True
        lines = []
        for county, zone in (("1", "4"), ("3 points", "none")):
            if kind == "indicator":
                self.number += 1
                head = f'indicator {self.number} "Indicator {self.number}"'
            else:
                head = f'part {self.name("p")} "Title"'
            # Parts that reach further would make what they belong to exceed its points.
            cap = "" if kind == "part" else self.one(("", " up to 120%", " up to none"))
            size = f"points by group {{ county: {county}; zone: {zone} }}{cap}"
            lines.append(f"{pad}{head} {size} {{ score = {self.one(_RATES)} }}")
        return lines

    def leaf(self, kind: str, size: str | None, pad: str) -> tuple[list[str], int]:
        """A formula, a measure under a default, or points in the manner of events."""
        if kind == "indicator" and self.chance(5):
            self.measured = True
            return [f"{pad}measure {self.one(_MEASURES)}"], 4
        if size is None and self.chance(4):
            return [f"{pad}score = {self.one(_POINTS)}"], 4
        if self.reading and self.read and self.chance(2):
            return [f"{pad}score = indicator {self.draw(st.sampled_from(self.read))} rate full * 0.5"], 4
        return [f"{pad}score = {self.one(_RATES)}"], 4

    # ── what may stand in the body of a node ─────────────────────────────────────────────────────────────────────────

    def statements(self, kind: str, size: str | None, pad: str, *, inner: bool) -> list[str]:
        lines = []
        if self.chance(5):
            lines.append(f"policies {{ missing: {self.disposal()}; withheld: {self.disposal()} }}")
        if self.chance(5):
            lines.append(f"not applicable to {self.one(_SUBJECTS)} -> {self.disposal()}")
        if inner and self.chance(4):
            counted = self.one(("counted", "left out"))
            how = self.one(("weight", "count")) if size is None and not self.grouped else "count"
            least = self.one(("60%", "2/3", "100%"))
            then = self.one(("zero", "not computed", *(() if self.reading else ("rescale in category",))))
            lines.append(f"coverage at least {least} of leaves by {how}, not applicable {counted} -> {then}")
        if kind == "category" and self.chance(4):
            self.rescaled = True
            keep = self.one(("", " or keep"))
            lines.append(f"rescale to best within {self.one(('all', 'group'))}{keep}")
        if size is None and kind != "part" and self.chance(5):
            lines += self.adjustments()
        if size is None and (self.falling or self.chance(6)):
            lines.append(self.floor())
        return [pad + line for line in lines]

    def floor(self) -> str:
        floor = self.one(("floor 0 points", "floor -2 points", "floor none"))
        self.falling = self.falling or floor != "floor 0 points"
        return floor

    def ceiling(self, points: int) -> str:
        """How far a node's score reaches."""
        return self.one(("", "", "", "", f" up to {points + 1} points", " up to 120%", " up to none"))

    def adjustments(self) -> list[str]:
        """Bonuses and deductions with the order of caps."""
        lines = [
            f'bonus {self.name("b")} "Bonus" {self.one(("up to 3 points", "up to 10%", "up to none"))} = gain'
        ]
        if self.chance(2):
            self.falling = True
            name = self.name("d")
            lines.append(
                f'deduction {name} "Deduction" {self.one(("up to 3 points", "up to none"))} {{ score = loss / 2 '
                f"applies to {self.one(('all when a < 60%', 'zone', 'high'))} }}"
            )
        if self.chance(3):
            lines.append("bonuses up to 2 points")
        return [*lines, f"cap {self.one(('before', 'after'))} adjustments"]

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def file(self) -> str:
        size = f"weight {self.draw(st.integers(1, 3))}" if self.index else None
        body: list[str] = []
        points = 0
        for place in range(self.draw(st.integers(1, 2))):
            kind = "category" if place == 0 or self.chance(2) else "indicator"
            lines, found = self.node(kind, size, self.draw(st.integers(1, 3)), "    ")
            body += lines
            points += found
        adjusted = not self.index and self.chance(3)
        head = self.index_head() if self.index else self.points_head(points, adjusted=adjusted)
        body += self.index_end() if self.index else self.points_end(points, adjusted=adjusted)
        return _put_together(head, body, self)

    def policies(self) -> str:
        return (
            f"policies {{ missing: {self.disposal()}; withheld: {self.disposal()}; "
            f"not yet available: {self.disposal()}; not applicable: {self.disposal()}; "
            f"undefined: {self.one(('zero', 'full', 'not computed', '60%'))}; zero base: undefined; "
            f"all equal: {self.one(('full', 'zero', 'half'))}; ties: {self.one(('min', 'max', 'mean', 'dense'))} }}"
        )

    def index_head(self) -> list[str]:
        ends = self.one(("0 to 1", "0 to 100", "-1 to 1", "1 to 5"))
        return [
            f"result whole on {ends}, published half-up to 3 places, ranked on {self.one(('rounded', 'full'))}",
            self.policies(),
        ]

    def index_end(self) -> list[str]:
        lines = [f"    join {self.one(('mean',) if self.plain else _MEANS)}"]
        if self.chance(2):
            lines.append(
                '    result other "Other" = total with { a: b }, published half-up to 3 places, ranked on rounded within all'
            )
            lines.append(
                '    result gap "Gap" = total full - result other full unbounded, published full, unranked'
            )
        return lines

    def points_head(self, points: int, *, adjusted: bool) -> list[str]:
        rounded = self.chance(2)
        compare = self.one(("rounded", "full") if rounded else ("full",))
        before = f" {self.one(('before', 'after'))} adjustments" if adjusted else ""
        carry = self.one(("full", "rounded", "rescaled" if self.rescaled else "full"))
        order = self.one(("order total", "order total full, category c1 rate"))
        return [
            f"total {points} points{self.ceiling(points)}",
            "round indicator half-up to 1 place; total half-even to 0 places" if rounded else "round none",
            f"carry {carry}",
            f"compare {compare}{before}",
            self.policies(),
            f"rank within {self.one(('group', 'all'))}; {order}",
        ]

    def points_end(self, points: int, *, adjusted: bool) -> list[str]:
        lines = self.adjustments() if adjusted else []
        if self.falling:
            lines.append(self.floor())
        if self.chance(3):
            lines.append(
                'result risen "Risen" = total full - total full[-1] unbounded, published full, ranked on full'
            )
        if self.chance(3):
            lines.append(
                'result other "Other" = total with { a: b; money: money[-1] }, published full, unranked'
            )
        lines += [f"grade best >= {points / 2:g} points", "grade rest otherwise"]
        if self.chance(3):
            lines.append(
                f"limit when {self.one(('total < total[-1]', 'high', 'hill', 'any indicator rate < 60%'))}: "
                "grade at most rest"
            )
        if self.chance(3):
            lines += self.marks()
        return [f"    {line}" for line in lines]

    def marks(self) -> list[str]:
        """Marks, of which the second goes to those who have not the first."""
        share = self.one(("50%", "2 units"))
        mode = f", {self.one(('half-up', 'up'))}" if share == "50%" else ""
        within, ties = self.one(("all", "group", "county")), self.one(("in", "out"))
        by = self.one(("by total", "by money lowest first", "by total, by money", "in order"))
        when = self.one(("", " when high", " when total > total[-1]"))
        lines = [f'mark led "Led"{when}, at most {share} within {within} ({by}{mode}, ties {ties})']
        if self.chance(2):
            lines.append('mark next "Next" when not marked led and money > 1 亿元')
        if self.chance(2):
            lines.append("veto lost when hill: barred from led, grade = rest")
        return lines


def _put_together(head: list[str], body: list[str], writer: _Writer) -> str:
    """The file with the declarations that its nodes read."""
    text = "\n".join(body)
    if writer.measured:
        head.append(
            "default score = "
            + writer.one(
                (
                    "minmax(it, within: all, better: its direction)",
                    "efficacy(it, base: 60%, within: group, better: its direction)",
                )
            )
        )
    if writer.tabled:
        rows = "; ".join(f"{number}: {points} points" for number, points in writer.tabled.items())
        head += [f'table sizes "Sizes" by indicator {{ {rows} }}', "points from table sizes"]
    used = [line for name, line in (_METHODS | _TABLES).items() if _says(text, name)]
    used += [line for name, line in _LETS.items() if _says(text, name)]
    if writer.chance(4):
        outside = writer.one((", outside statistics", ", in statistics"))
        used.append(f"estimate a = a[-1] when not reported{outside}")
    groups = ['group county "Counties" { Ash; Beech; Cedar }', 'group zone "Zones" { Elder; Fir }']
    if _says(text, "high"):
        groups.append('class high "High" { Ash; Fir }')
    if _says(text, "hill"):
        groups.append('class hill "Hill"')
    everything = "\n".join([*head, *groups, *used, text])
    inputs = [line for name, line in _INPUTS.items() if _says(everything, name)]
    lines = [f"    {line}" for line in ['authority "None"', *head, *groups, *inputs, *used]]
    return "\n".join(['assessment law.tree for 2018 "A tree for laws" {', *lines, text, "}", ""])


def _says(text: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None


@st.composite
def tree_files(draw: st.DrawFn) -> str:
    """Texts of rule files of all kinds of trees, in points or as an index."""
    index = draw(st.integers(0, 3)) == 3
    from_table = not index and draw(st.integers(0, 3)) == 3
    reading, plain = draw(st.integers(0, 3)) == 3, draw(st.booleans())
    return _Writer(draw=draw, index=index, plain=plain, from_table=from_table, reading=reading).file()


def in_language(text: str, lang: Lang) -> str:
    """A rule file as it is printed in a language."""
    file, _ = parse(Source(name="law.assess", text=text))
    if file is None:
        raise ValueError("the text is no rule file")
    return print_rules(file, lang)
