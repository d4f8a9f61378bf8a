"""Rule files put together at random from snippets of every construct, without care for what goes with what.

`assessment.testing.rule_files` writes only what the checker accepts. This writes more freely, so that constructs meet that
nobody thought of together, and keeps what the checker accepts. `CONSTRUCTS` says by which words one sees each of them.
"""

import os
import re
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import assume, event
from hypothesis import strategies as st

import assessment
from assessment.diagnostics.model import Severity

T = TypeVar("T")

CONSTRUCTS = {
    "several results": r"result diff ",
    "total with": r"total with \{",
    "scores as measures": r"indicator \d+ rate full",
    "scores of earlier years": r"total full\[-1\]",
    "bonuses": r"bonus q",
    "deductions": r"deduction td ",
    "bonuses capped together": r"bonuses up to",
    "caps before adjustments": r"cap before",
    "caps after adjustments": r"cap after",
    "estimates": r"estimate [ab] =",
    "coverage": r"coverage at least",
    "user methods": r"= both\(|= half\(",
    "defaults with it": r"default score = ",
    "tables by group": r"entry\(byg\)",
    "tables by year": r"entry\(byy\)",
    "tables by indicator": r"points from table sizes",
    "child rows": r"= (larger\()?(events|count)\(ev",
    "periods": r"over_periods|growth\(|change\(|\[-1\]",
    "peers": r"peer (mean|lowest)",
    "reference subjects": r"reference 市",
    "rescaling in category": r"rescale in category",
    "rescaling over all": r"rescale over all",
    "rescaling to the best": r"rescale to best",
    "floors": r"\bfloor (-|none)",
    "ceilings": r"up to 120%",
    "every join": r"join (geometric|harmonic|min|max)",
    "classes": r"to mountain",
    "conditions": r"to all when",
    "limits": r"limit when",
    "vetoes": r"veto gone",
    "marks": r"mark led",
    "marks read": r"when not marked led",
    "barred from marks": r"barred from every mark",
    "carrying": r"carry (category|indicator|full)",
}

_INPUTS = """group county "C" { 甲; 乙; 丙 }
    group zone "Z" { 丁 }
    group upper "U" reference { 市 }
    class mountain "M" { 甲; 丁 }
    input a "A" in % { from d; range 0% to 100% }
    input b "B" in 亿元 { from d; range >= 0 }
    input c "C" in 家 { from d; range >= 0 }
    input p "P" in points { from d; range 0 to 20 }
    input ev "EV" events level nat, prov { from d; field day date required; field kind level x, y required;
        evidence doc or not counted; no rows mean none }
    let ratio "Ratio" = b / 20 亿元
    let rel "Rel" = b / mean(b, within: all)
    method both "Both" (x, t, w = 60%) = attain(x, target: t) * w + attain(change(x), target: 2 pp) * 40%
    method half "Half" (x) = minmax(x, within: all) * 50%
    table byg "ByG" by group { county: 50%; zone: 80%; upper: 90% }
    table byy "ByY" by year { 2016: 0.5; 2017: 0.8; 2018: 1 }"""
_LEAVES = (
    "attain(a, target: 50%)",
    "judged(a)",
    "both(a, 50%)",
    "half(rel)",
    "minmax(b, within: group)",
    "attain(a, target: entry(byg)) * entry(byy)",
    "attain(rel, target: 1)",
    "attain(mean_over_periods(b, periods: 2, current: yes, missing: skip, least: 1), target: 10 亿元)",
    "if_undefined(attain(growth(b), target: 10%), value: 50%)",
    "percentile_rank(b, within: all, equal_count: half, own: yes)",
    "efficacy(b, base: 60%, within: all)",
    "by_rank(b, within: all, first: 100%, step: 20%, ties: min)",
    "minmax(standard_deviation(b, of: population, within: all) + b, within: all)",
    "minmax(root(b / 1 亿元, index: 2), within: all)",
    "attain(absolute(a - a[-1]), target: 10 pp)",
    "weighted { judged(a): 60%; attain(ratio, target: 1): 40% }",
    "attain(larger(b, c * 1 亿元 / 1 家), target: 10 亿元)",
    "attain(share_of_total(b, within: all), target: 20%)",
)
_EXTRAS = (
    "p",
    "larger(p - 2 points, 0 points)",
    "events(ev, once: doc, most: 6 points, where: day in this year) { nat: 4 points; prov: 3 points }",
    "count(ev, once: doc) * 1 points",
    "bands(a) { >= 50%: 2 points; otherwise: 0 points }",
)
_GONE = (
    "zero",
    "full",
    "40%",
    "not computed",
    "peer mean within all, otherwise zero",
    "peer lowest within group, otherwise 20%",
    "reference 市, otherwise 30%",
)
_BELOW = {"category": "indicator", "indicator": "part", "part": "part"}


class _Composer:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.names = 0
        self.sizes: dict[int, int] = {}
        self.plain = self.chance(3)
        """Whether points may be rescaled over all, which no mean of rates goes with."""
        self.gone = (*_GONE, "rescale over all" if self.plain else "rescale in category")
        self.tabled = self.chance(5)

    def chance(self, of: int) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def one(self, *choices: T) -> T:
        return self.draw(st.sampled_from(choices))

    def policies(self, keys: Sequence[str]) -> str:
        return "; ".join(f"{key}: {self.one(*self.gone)}" for key in keys)

    def bonus(self) -> str:
        self.names += 1
        return (
            f'bonus q{self.names} "Q" up to {self.one("2 points", "10%", "none")} = {self.one(*_EXTRAS)}\n'
            f"cap {self.one('before', 'after')} adjustments"
        )

    def statements(self, *, leaf: bool, in_points: bool) -> list[str]:
        said = []
        if self.chance(4):
            said.append(f"policies {{ {self.policies(('missing', 'withheld'))} }}")
        if self.chance(4):
            who = self.one("zone", "mountain", "乙", "all when b > 8 亿元", "mountain, 丙")
            said.append(f"not applicable to {who} -> {self.one(*self.gone)}")
        if self.chance(6):
            said.append(f"rescale to best within {self.one('group', 'all')}{self.one('', ' or keep')}")
        if self.chance(6):
            said.append(
                f"floor {self.one('-1 points', 'none', '0 points') if in_points else self.one('none', '10%')}"
            )
        if not leaf and self.chance(3):
            said.append(
                f"coverage at least {self.one('50%', '1/3', '100%')} of {self.one('leaves', 'children')} by "
                f"{self.one('weight', 'count')}, not applicable {self.one('left out', 'counted')} "
                f"-> {self.one(*self.gone[:-1], 'zero' if self.plain else 'rescale in category')}"
            )
        if in_points and self.chance(6):
            said.append(self.bonus())
        return said

    def node(self, kind: str, size: int, joined: str, depth: int) -> str:
        self.names += 1
        number = self.names
        head = f"{kind} {number if kind == 'indicator' else f'{kind[0]}{number}'}"
        head += " ※" if kind == "indicator" and self.chance(2) else ""
        stated = {"weight": f"weight {size}", "points": f"{size} points", "": ""}[joined]
        if kind == "indicator" and joined == "points" and self.tabled:
            stated, self.sizes[number] = "", size
        elif joined and self.chance(5):
            stated += " up to " + self.one("120%", "none")
        own = ['by d cite "A"'] if kind == "indicator" else []
        if kind != "category" and not (depth > 0 and self.chance(3)):
            said = self.statements(leaf=True, in_points=joined == "points")
            measured = kind == "indicator" and self.chance(6)
            score = "measure b, higher is better" if measured else f"score = {self.one(*_LEAVES)}"
            return "\n".join([f'{head} "T" {stated} {{', *own, score, *said, "}"])
        joins = ("mean",) if self.plain else ("mean", "geometric", "harmonic", "min", "max")
        join = self.one(*(("sum", "sum") if joined == "points" else ()), *joins)
        count = min(self.draw(st.integers(1, 3)), size) if join == "sum" else self.draw(st.integers(1, 3))
        below, sizes = "weight", [self.draw(st.integers(1, 3)) for _ in range(count)]
        if join == "sum":
            below, sizes = "points", [size // count] * (count - 1)
            sizes.append(size - sum(sizes))
        elif join in ("min", "max"):
            below = ""
        said = self.statements(leaf=False, in_points=joined == "points")
        inner = [self.node(_BELOW[kind], each, below, depth - 1) for each in sizes]
        how = [] if join == "sum" else [f"join {join}"]
        return "\n".join([f'{head} "T" {stated} {{', *own, *how, *said, *inner, "}"])

    def file(self) -> str:
        count = self.draw(st.integers(1, 3))
        sizes = [100 // count] * (count - 1)
        tree = "\n".join(
            self.node(self.one("category", "indicator"), size, "points", 2)
            for size in [*sizes, 100 - sum(sizes)]
        )
        top = [f"floor {self.one('0 points', 'none')}"]
        if adjusted := self.chance(2):
            top += [
                self.bonus(),
                f'deduction td "TD" up to {self.one("5 points", "none")} = {self.one(*_EXTRAS)}',
            ]
            top += ["bonuses up to 3 points"] if self.chance(2) else []
        if self.chance(4):
            top.append(f"rescale to best within {self.one('all', 'group')} or keep")
        if self.chance(3):
            where = self.one("in", "outside")
            top.append(f"estimate a = a[-1] when not reported or withheld, {where} statistics")
        if self.chance(3):
            top.append("estimate b = c * 1 亿元 / 1 家 when absent, in statistics")
        if self.chance(3):
            top.append(
                'result again "Again" = total with { a: a[-1]; b: b * 2 }, published half-up to 1 place, '
                "ranked on rounded within group\n"
                'result diff "Diff" = result again full - total full unbounded, published half-up to 3 places, '
                "ranked on full within all lowest first"
            )
        if self.chance(3):
            top.append(
                'result past "Past" = mean_of(total full, total full[-1]) unbounded, published full, unranked'
            )
        first = re.search(r"^indicator (\d+)", tree, re.MULTILINE)
        if first is not None and self.chance(3):
            rate = f"indicator {first[1]} rate"
            top.append(f'result part "Part" = total full * {rate} full unbounded, published full, unranked')
            top.append(
                f'grade "A" >= 60 points\n grade "B" otherwise\n'
                f'limit when absent {rate} or {rate} < 50%: grade at most "B"'
            )
            if self.chance(2):
                effects = self.one(
                    f"indicator {first[1]} zero, grade down 1",
                    'total zero, barred from "awards"',
                    'out of ranking, grade = "B"',
                    'grade at most "B", out of ranking',
                )
                top.append(
                    f'veto gone "Gone" when not absent {rate} and {rate} < 70%: {effects}\n'
                    f"veto late when not absent total and total < 40 points: out of ranking"
                )
        if self.chance(3):
            share, mode = self.one(("50%", ", half-up"), ("30%", ", up"), ("2 units", ""))
            key = self.one("total", "b lowest first", "a, by c lowest first", "b, in order")
            when = self.one("", " when a > 20%", " when not absent total and total >= 40 points")
            field, ties = self.one("all", "group", "county"), self.one("in", "out")
            top.append(f"mark led{when}, at most {share} within {field} (by {key}{mode}, ties {ties})")
            if self.chance(2):
                top.append('mark next "Next" when not marked led and b > 1 亿元')
            if self.chance(2):
                bars = self.one("barred from every mark", "barred from led", 'barred from "awards"')
                top.append(f"veto missed when a < 30%: {bars}")
            if self.chance(2):
                top.append(
                    'bonus qm "QM" up to 1 points { not applicable to all when not marked led -> zero; score = 1 points }'
                )
        if self.chance(5):
            top.append("carry " + self.one("category rounded", "indicator rounded", "full"))
        if "measure b" in tree:
            top.append("default score = minmax(it, within: all, better: its direction)")
        if self.sizes:
            rows = "; ".join(f"{number}: {size} points" for number, size in self.sizes.items())
            top += [f'table sizes "Sizes" by indicator {{ {rows} }}', "points from table sizes"]
        rounding = self.one(
            "none",
            "indicator half-up to 2 places; total half-up to 2 places",
            "indicator half-even to 1 place; category half-up to 1 place; total down to 0 places",
        )
        compare = "full" if rounding == "none" else self.one("full", "rounded")
        keys = ("missing", "withheld", "not yet available", "not applicable", "undefined")
        gone = self.policies(keys)
        return f"""assessment law.composed for 2018 "T" {{
    authority "N"
    total 100 points{self.one("", " up to 120 points", " up to none")}
    round {rounding}
    compare {compare}{f" {self.one('before', 'after')} adjustments" if adjusted else ""}
    policies {{ {gone}; ties: {self.one("min", "mean", "dense")}; all equal: half; zero base: undefined }}
    rank within {self.one("all", "group")}; order total
    department d "D"
    {_INPUTS}
    {chr(10).join(top)}
    {tree}
}}"""


@st.composite
def composed(draw: st.DrawFn) -> str:
    """The text of a rule file that may be refused."""
    return _Composer(draw).file()


@st.composite
def accepted(draw: st.DrawFn) -> str:
    """The text of a rule file that the checker accepts; tells Hypothesis what is in it."""
    text = draw(composed())
    assume(is_accepted(text))
    for name in constructs_in(text):
        event(f"reached: {name}")
    return text


def is_accepted(text: str) -> bool:
    return not any(one.severity is Severity.ERROR for one in assessment.check(text))


def constructs_in(text: str) -> set[str]:
    """The constructs that a file says."""
    return {name for name, words in CONSTRUCTS.items() if re.search(words, text)}


def examples(usual: int) -> int:
    """How many examples a law gets: `ASSESSMENT_DEPTH` times as many as usual."""
    return usual * int(os.environ.get("ASSESSMENT_DEPTH", "1"))
