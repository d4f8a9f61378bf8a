"""Small rule files from text templates that use every method, and data with values on the edges of those rules.

A `Scheme` is the text of a rule file together with what its leaves read, so that a law can draw data for it and change
one value at a time. Numbers are drawn from the thresholds written in the templates and from just beside them: that is
where step comparisons and roundings go wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from assessment.core.absence import Absence
from assessment.testing.trees import in_language, tree_files

GROUPS = {"county": ("Ash", "Beech", "Cedar"), "zone": ("Elder", "Fir")}
REGIONS = tuple(name for members in GROUPS.values() for name in members)
PERIODS = (2017, 2018)

Cell = Fraction | bool | str | tuple[Any, ...] | Absence
Table = dict[int, dict[str, dict[str, Cell]]]

NUMBERS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    # name: declaration, unit of another size, edges in the declared unit
    "money": ('input money "Money" in 亿元 { range >= 0 }', "万元", ("0", "6", "12", "60", "100")),
    "output": ('input output "Output" in 亿元 { range > 0 }', "万元", ("1", "20", "50", "100")),
    "people": ('input people "People" in 万人 { range > 0 }', "人", ("1", "2.5", "8", "40")),
    "firms": ('input firms "Firms" in 家 { range >= 0 }', "万家", ("0", "1", "4", "7", "20", "38")),
    "share": ('input share "Share" in % { range 0% to 100% }', "‰", ("0", "20", "40", "50", "85", "100")),
    "burden": ('input burden "Burden" in 万元/人 { range > 0 }', "元/人", ("0.5", "1", "2", "2.5")),
    "opinion": ('input opinion "Opinion" in points { range 0 to 4 }', "points", ("0", "2", "4")),
}
WORDS: Mapping[str, str] = {
    "decided": 'input decided "Decided" yes/no',
    "steps": 'input steps "Steps" in 件 { range >= 0 }',
    "panel": 'input panel "Panel" ratings 0 to 100',
    "verdict": 'input verdict "Verdict" level good, fair, poor',
    "awards": 'input awards "Awards" events level national, provincial',
}


@frozen(kw_only=True)
class Template:
    """A formula for a part of four points, and the inputs that it reads.

    `rising` and `falling` are inputs in whose value of the assessed year the score never falls or never rises.
    """

    method: str
    text: str
    reads: tuple[str, ...]
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()


def _t(method: str, text: str, reads: str, rising: str = "", falling: str = "") -> Template:
    return Template(
        method=method,
        text=text,
        reads=tuple(reads.split()),
        rising=tuple(rising.split()),
        falling=tuple(falling.split()),
    )


TEMPLATES = (
    _t("attain", "attain(money, target: 60 亿元)", "money", "money"),
    _t("attain", "attain(money, target: 100 亿元, cap: 80%)", "money", "money"),
    _t("attain", "attain(burden, target: 1 万元/人, better: lower)", "burden", "", "burden"),
    _t("meets", "meets(firms, target: 7 家)", "firms", "firms"),
    _t("meets", "meets(burden, target: 2 万元/人, better: lower)", "burden", "", "burden"),
    _t("efficacy", "efficacy(share, base: 60%, within: all)", "share", "share"),
    _t("efficacy", "efficacy(share, base: 60%, within: group, better: lower)", "share", "", "share"),
    _t("efficacy", "efficacy(money, base: 60%, poor: 6 亿元, good: 12 亿元, clamp: both)", "money", "money"),
    _t("minmax", "minmax(firms, within: group)", "firms", "firms"),
    _t("minmax", "minmax(burden, within: all, better: lower)", "burden", "", "burden"),
    _t("goalposts", "goalposts(share, from: 20%, to: 85%)", "share", "share"),
    _t("goalposts", "goalposts(output, from: 1 亿元, to: 100 亿元, on: log)", "output", "output"),
    _t(
        "bands",
        "bands(firms / people) { >= 6 家/万人: 4 points; >= 2.5 家/万人: 3 points; otherwise: 1 points }",
        "firms people",
        "firms",
        "people",
    ),
    _t(
        "bands",
        "bands(share) { [0, 20) %: 0 points; [20, 50) %: 2.5 points; [50, ∞) %: 4 points }",
        "share",
        "share",
    ),
    _t(
        "curve",
        "curve(change(share)) { 0 pp: 0 points; 0.1 pp: 3 points; 0.2 pp: 4 points }",
        "share",
        "share",
    ),
    _t("curve", "curve(firms) { 1 家: 4 points; 7 家: 2.5 points; 20 家: 0 points }", "firms", "", "firms"),
    _t(
        "against_mean",
        "against_mean(share, mean: 40%, base: 3 points, every: 5%, gain: 0.5 points, counting: whole, "
        "floor: 0 points, ceiling: 4 points)",
        "share",
        "share",
    ),
    _t(
        "against_mean",
        "against_mean(intensity, mean: ratio_of_sums(money, output, within: all), base: 2 points, every: 5%, "
        "gain: 0.25 points, counting: line, floor: 0 points, ceiling: 4 points)",
        "money output",
    ),
    _t("by_rank", "by_rank(money, within: group, first: 100%, step: 5%, ties: min)", "money", "money"),
    _t(
        "by_rank",
        "by_rank(burden, within: all, first: 100%, step: 20%, better: lower)",
        "burden",
        "",
        "burden",
    ),
    _t("every", "every(change(firms), each: 1 家, gain: 0.5 points, most: 4 points)", "firms", "firms"),
    _t(
        "every",
        "every(money, each: 4 亿元, gain: 1 points, most: 4 points, from: 6 亿元, counting: started)",
        "money",
        "money",
    ),
    _t(
        "checklist",
        "checklist { decided: 2 points; each steps: 0.5 points up to 2 points }",
        "decided steps",
        "decided steps",
    ),
    _t(
        "levels",
        "levels(verdict) { good: 4 points; fair: 2.5 points; poor: 1 points }",
        "verdict",
        "",
        "verdict",
    ),
    _t("highest", "highest(awards) { national: 4 points; provincial: 2.5 points }", "awards"),
    _t("ratings", "ratings(panel, drop: 1)", "panel", "panel"),
    _t("ratings", "ratings(panel)", "panel", "panel"),
    _t("judged", "judged(opinion)", "opinion", "opinion"),
    _t(
        "up_down",
        "up_down(money, from: 60 亿元, base: 2 points, up: 10%, gain: 0.5 points, up_counting: whole, ceiling: 4 points, "
        "down: 4 亿元, loss: 0.25 points, down_counting: started, floor: 0 points)",
        "money",
        "money",
    ),
    _t(
        "up_down",
        "up_down(burden, from: 1 万元/人, base: 4 points, down: 0.5 万元/人, loss: 1 points, down_counting: line, "
        "worst: 4 points, better: lower)",
        "burden",
        "",
        "burden",
    ),
    _t("standard", "standard(share, standard: 50%, cap: 100%)", "share", "share"),
    _t("standard", "standard(burden, standard: 1 万元/人, cap: 100%, better: lower)", "burden", "", "burden"),
    _t("interval", "interval(share, from: 40%, to: 50%, fall: own, low: 20%, high: 85%)", "share"),
    _t("interval", "interval(firms, from: 4 家, to: 7 家, fall: longer, low: 1 家, high: 20 家)", "firms"),
    _t("interval", "interval(output, from: 20 亿元, to: 50 亿元, fall: ratio)", "output"),
    _t(
        "tiers",
        "tiers(share, from: 40%, base: 2 points, each: 10 pp, below: mirrored, ceiling: 4 points, floor: 0 points) "
        "{ [0, 10) pp: 0.5 points; [10, 45) pp: 0.25 points; >= 45 pp: 0.1 points }",
        "share",
        "share",
    ),
    _t(
        "decide",
        "decide { money > money[-1] and firms >= 4 家: 4 points; firms >= 1 家: 2.5 points; otherwise: 0 points }",
        "money firms",
        "money firms",
    ),
    _t(
        "decide",
        "decide { decided: 100%; not decided and share >= 50%: given(share, from: 0%, to: 100%); otherwise: 0% }",
        "decided share",
        "share",
    ),
    _t("survey", "survey { steps: 100%; firms: 55% }", "steps firms"),
    _t(
        "weighted",
        "weighted { ratings(panel): 60%; judged(opinion) / 4 points: 40% }",
        "panel opinion",
        "panel opinion",
    ),
    _t("exponential_efficacy", "exponential_efficacy(share, base: 60%, within: all)", "share", "share"),
    _t(
        "rank_gain",
        "rank_gain(place(firms, within: all, ties: min), before: place(firms[-1], within: all, ties: min), "
        "base: 2 points, gain: 0.5 points, loss: 0.5 points, ceiling: 4 points, floor: 0 points, unranked: 2 points)",
        "firms",
        "firms",
    ),
    _t(
        "above_below",
        "above_below(money, mean: mean(money, within: group), margin: 20%, above: 100%, near: 50%, below: 0%)",
        "money",
    ),
    _t("given", "given(opinion, from: 0 points, to: 4 points)", "opinion", "opinion"),
    _t("given", "given(share, from: 0%, to: 100%)", "share", "share"),
    _t("bands", "bands(share) { >= 85%: 100%; >= 40%: 60%; otherwise: 0% }", "share", "share"),
    # measures and field statistics, each inside a score map
    _t("change", "attain(change(share), target: 1.5 pp)", "share", "share"),
    _t("growth", "attain(growth(money), target: 20%)", "money", "money"),
    _t("increase", "attain(increase(money), target: 6 亿元)", "money", "money"),
    _t("ratio", "goalposts(ratio(money, output), from: 0, to: 2)", "money output", "money", "output"),
    _t("ln", "goalposts(ln(output / 1 亿元), from: 0, to: 4)", "output", "output"),
    _t("geometric_mean", "attain(geometric_mean(output, output[-1]), target: 50 亿元)", "output", "output"),
    _t("mean_of", "attain(mean_of(money, money[-1]), target: 60 亿元)", "money", "money"),
    _t("larger", "attain(larger(money, money[-1]), target: 60 亿元)", "money", "money"),
    _t("smaller", "attain(smaller(money, money[-1]), target: 60 亿元)", "money", "money"),
    _t("mean", "attain(money / people, target: mean(money / people, within: all))", "money people"),
    _t("median", "attain(money, target: median(money, within: group))", "money", "money"),
    _t("maximum", "attain(output, target: maximum(output, within: all))", "output", "output"),
    _t("minimum", "attain(minimum(burden, within: group), target: burden)", "burden", "", "burden"),
    _t("total_of", "attain(output, target: total_of(output, within: group))", "output", "output"),
    _t(
        "ratio_of_sums",
        "attain(intensity, target: ratio_of_sums(money, output, within: group))",
        "money output",
    ),
    _t(
        "place",
        "curve(place(firms, within: all, ties: min) - place(firms[-1], within: all, ties: min)) "
        "{ -2: 4 points; 0: 2 points; 3: 0 points }",
        "firms",
        "firms",
    ),
    _t("minmax", "minmax(firms, low: minimum(firms[-1], within: all), high: 20 家, clamp: both)", "firms"),
    _t("minmax", "minmax(money, within: all, where: output > 20 亿元)", "money output", "money"),
    _t(
        "percentile_rank",
        "percentile_rank(share, within: group, equal_count: half, own: yes)",
        "share",
        "share",
    ),
    _t(
        "average_growth",
        "attain(if_undefined(larger(average_growth(output, periods: 2), 0%), value: 5%), target: 20%)",
        "output",
    ),
    _t("harmonic_mean", "attain(harmonic_mean(output, output[-1]), target: 50 亿元)", "output", "output"),
    _t("root", "goalposts(root(firms, index: 2), from: 1, to: 5)", "firms", "firms"),
    _t("absolute", "attain(absolute(change(share)), target: 1.5 pp)", "share"),
    _t("held", "attain(held(growth(output), low: 0%, high: 100%), target: 60%)", "output", "output"),
    _t(
        "rounded",
        "attain(rounded(growth(output), places: 1, mode: half_even), target: 60%)",
        "output",
        "output",
    ),
    _t("if_undefined", "if_undefined(attain(growth(firms), target: 20%), value: 60%)", "firms"),
    _t("distance", "goalposts(distance(money, to: 60 亿元), from: -1, to: 1)", "money", "money"),
    _t(
        "mean_over_periods",
        "attain(mean_over_periods(money, periods: 2, current: yes, missing: skip, least: 1), target: 60 亿元)",
        "money",
        "money",
    ),
    _t(
        "total_over_periods",
        "attain(total_over_periods(firms, periods: 2, current: yes, missing: block), target: 20 家)",
        "firms",
        "firms",
    ),
    _t(
        "largest_over_periods",
        "attain(output, target: largest_over_periods(maximum(output, within: all), periods: 2, current: yes, "
        "missing: skip, least: 1))",
        "output",
    ),
    _t(
        "smallest_over_periods",
        "attain(smallest_over_periods(money, periods: 2, current: yes, missing: block), target: 6 亿元)",
        "money",
        "money",
    ),
    _t(
        "standard_deviation",
        "attain(share, target: mean(share, within: all) + standard_deviation(share, of: population, within: all))",
        "share",
    ),
    _t("variance", "goalposts(variance(firms / 1 家, of: sample, within: group), from: 0, to: 100)", "firms"),
    _t("zscore", "goalposts(zscore(firms, of: population, within: all), from: -2, to: 2)", "firms"),
    _t(
        "percentile",
        "minmax(money, low: percentile(money, at: 10%, by: inclusive, within: all), "
        "high: percentile(money, at: 90%, by: nearest, within: all), clamp: both)",
        "money",
    ),
    _t("trimmed_mean", "attain(share, target: trimmed_mean(share, drop: 1, within: all))", "share"),
    _t(
        "weighted_mean",
        "attain(share, target: weighted_mean(share, weight: people, within: all))",
        "share people",
    ),
    _t(
        "regions",
        "goalposts(regions(within: all, where: firms >= 7 家) / regions(within: all), from: 0, to: 1)",
        "firms",
    ),
    _t("value_of_region", "attain(share, target: value_of_region(share, region: Beech) + 10 pp)", "share"),
    _t("share_of_total", "attain(share_of_total(output, within: group), target: 50%)", "output", "output"),
    _t(
        "contribution",
        "attain(larger(contribution(output, within: all, falls: count), 0%), target: 50%)",
        "output",
    ),
)


@frozen(kw_only=True)
class Scheme:
    """A rule file and what is needed to draw data for it."""

    text: str
    parts: tuple[Template, ...]
    """The formula of each leaf, in the order of the file."""
    paths: tuple[str, ...]
    """The id of each leaf's line."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The inputs of the file."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.reads))


def scheme_of(
    categories: list[list[list[Template]]],
    *,
    keys: frozenset[int] = frozenset(),
    exempt: frozenset[int] = frozenset(),
    missing: str = "zero",
    indicator_places: int = 2,
    total_places: int = 2,
    mode: str = "half-up",
    compare: str = "rounded",
    carry: str = "full",
    equal: str = "full",
    ties: str = "min",
) -> Scheme:
    """The rule file with these categories of indicators of parts; each part has four points."""
    leaves = [part for category in categories for indicator in category for part in indicator]
    reads = dict.fromkeys(name for part in leaves for name in part.reads)
    declared = [f"    {NUMBERS[name][0] if name in NUMBERS else WORDS[name]}" for name in reads]
    policies = (
        f"missing: {missing}; withheld: zero; not yet available: zero; not applicable: rescale in category; "
        f"undefined: zero; zero base: undefined; all equal: {equal}; ties: {ties}"
    )
    lines = [
        'assessment law.scheme for 2018 "A scheme for laws" {',
        '    authority "None"',
        f"    total {4 * len(leaves)} points",
        f"    round indicator {mode} to {indicator_places} places; total {mode} to {total_places} places",
        f"    carry {carry}",
        f"    compare {compare}",
        f"    policies {{ {policies} }}",
        "    rank within group; order total" + (", key total" if keys else ""),
        '    department office "Office"',
    ]
    if any("intensity" in part.text for part in leaves):
        declared.append("    let intensity = money / output in %")
    for name, members in GROUPS.items():
        lines.append(f"    group {name} {{ {'; '.join(members)} }}")
    lines += declared
    number, paths = 0, []
    for place, category in enumerate(categories):
        lines.append(f'    category part{place} "Category {place}" {{')
        for indicator in category:
            number += 1
            mark = " ※" if number in keys else ""
            lines.append(
                f'        indicator {number}{mark} "Indicator {number}" {4 * len(indicator)} points {{'
            )
            lines += ["            by office", f'            cite "Annex" item {number}']
            if number in exempt:
                lines.append("            not applicable to zone")
            if len(indicator) == 1:
                lines.append(f"            score = {indicator[0].text}")
                paths.append(f"indicator {number}")
            else:
                for row, part in enumerate(indicator):
                    lines.append(f"            part p{row} 4 points = {part.text}")
                    paths.append(f"indicator {number}.p{row}")
            lines.append("        }")
        lines.append("    }")
    lines += [
        f"    grade best >= {3 * len(leaves)} points",
        f"    grade middle >= {2 * len(leaves)} points",
        "    grade rest otherwise",
    ]
    if keys:
        lines.append("    limit when any key indicator rate < 60%: grade at most middle")
    return Scheme(text="\n".join([*lines, "}", ""]), parts=tuple(leaves), paths=tuple(paths))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """A rule file of one to three categories with up to three indicators each."""
    indicator = st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=2)
    categories = draw(st.lists(st.lists(indicator, min_size=1, max_size=3), min_size=1, max_size=3))
    count = sum(len(category) for category in categories)
    numbers = st.frozensets(st.integers(1, count))
    return scheme_of(
        categories,
        keys=draw(numbers),
        exempt=draw(numbers),
        missing=draw(st.sampled_from(["zero", "full", "not computed", "rescale in category"])),
        indicator_places=draw(st.integers(0, 3)),
        total_places=draw(st.integers(0, 3)),
        mode=draw(st.sampled_from(["half-up", "half-even", "down", "up"])),
        compare=draw(st.sampled_from(["rounded", "full"])),
        carry=draw(st.sampled_from(["rounded", "full"])),
        equal=draw(st.sampled_from(["full", "zero", "half", "undefined"])),
        ties=draw(st.sampled_from(["min", "max", "mean", "dense"])),
    )


def numbers(name: str) -> st.SearchStrategy[Fraction]:
    """A value of an input: on an edge of the rules, just beside one, or anywhere in its range."""
    edges = [Fraction(text) for text in NUMBERS[name][2]]
    if name == "firms":
        return st.one_of(st.sampled_from(edges), st.integers(0, 60).map(Fraction))
    low, high = min(edges), max(edges)
    beside = st.tuples(
        st.sampled_from(edges),
        st.sampled_from([Fraction(-1, 1000), Fraction(0), Fraction(1, 1000), Fraction(1, 10)]),
    ).map(lambda pair: min(max(pair[0] + pair[1], low), high))
    return st.one_of(
        st.sampled_from(edges), beside, st.integers(0, 10_000).map(lambda n: low + (high - low) * n / 10_000)
    )


def cells(name: str) -> st.SearchStrategy[Any]:
    """A present value of an input, as a mapping may hold it."""
    match name:
        case "decided":
            return st.booleans()
        case "steps":
            return st.integers(0, 7).map(Fraction)
        case "panel":
            return st.lists(st.integers(0, 200).map(lambda n: Fraction(n, 2)), min_size=3, max_size=6).map(
                tuple
            )
        case "verdict":
            return st.sampled_from(["good", "fair", "poor"])
        case "awards":
            return st.lists(st.sampled_from(["national", "provincial"]), max_size=3).map(tuple)
        case _:
            return numbers(name)


@st.composite
def tables(draw: st.DrawFn, scheme: Scheme, *, absent: bool = True) -> Table:
    """Data of all regions for the years that the scheme reads; one cell in eight is absent where `absent` says so."""
    table: Table = {}
    for period in PERIODS:
        table[period] = {}
        for region in REGIONS:
            row: dict[str, Cell] = {}
            for name in scheme.reads:
                kind = draw(st.integers(0, 31)) if absent else 31
                row[name] = list(Absence)[kind] if kind < 4 else draw(cells(name))
            table[period][region] = row
    return table


@st.composite
def cases(draw: st.DrawFn, *, absent: bool = True) -> tuple[Scheme, Table]:
    """A rule file and data for it."""
    scheme = draw(schemes())
    return scheme, draw(tables(scheme, absent=absent))


def rule_files() -> st.SearchStrategy[str]:
    """Texts of whole rule files that the checker accepts, in English and in Chinese.

    Half of them use every scoring method there is, alone and beside others; half use everything else that a file can say: joins,
    caps and floors, bonuses and deductions, policies of nodes, tables, defaults, methods of their own, rows, further
    results.
    """
    return st.one_of(schemes().map(lambda scheme: scheme.text), tree_files()).flatmap(
        lambda text: st.sampled_from([text, in_language(text, "zh")])
    )
