"""What a rule file's scores can reach, said before there is any data.

A score that can exceed its points, or fall below zero, is reported where it is certain: values of the inputs are shown
that make it so, or the method itself states the bound. An interval alone is no proof, because `x - x` looks as wide as
`x - y`, so what has neither is passed over. Conditions of exemptions and of grade limits are looked at for divisions by
zero: no policy speaks of them, and a condition that is undefined leaves the grade open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from assessment.core import nodes as n
from assessment.core.alike import pattern
from assessment.core.bounds import analyse
from assessment.core.intervals import EVERYTHING, Interval
from assessment.core.possible import Bounds
from assessment.core.types import POINTS, RATE, Kind
from assessment.core.walk import order, place_of
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic, in_source_order
from assessment.methods.wording import amount
from assessment.number import exact_text
from assessment.semantics.decided import decided_conditions, out_of_reach, unreached_grades
from assessment.semantics.irrational import irrational_comparisons
from assessment.semantics.model import CheckedRules, ScoreNode
from assessment.semantics.score_bounds import ScoreBounds
from assessment.semantics.witness import Witness, find
from assessment.semantics.wording import called, points

__all__ = ["check_limits"]


def check_limits(rules: CheckedRules) -> tuple[Diagnostic, ...]:
    """Scores that can leave the range of their points, and conditions that can be undefined; in source order.

    A tree that is taken again with other data is looked at as it is then; what was said of the tree itself is not repeated.
    """
    found = _findings(rules, first=True)
    for result in rules.results:
        if result.tree is not None:
            said = {(one.code, one.span) for one in found}
            again = _findings(evolve(rules, tree=result.tree, limits=(), vetoes=(), marks=(), grades=()))
            found += tuple(one for one in again if (one.code, one.span) not in said)
    return in_source_order(found)


def _findings(rules: CheckedRules, *, first: bool = False) -> tuple[Diagnostic, ...]:
    """What is found in rules; only of the `first` tree what its data decide, since other data are put in the others on purpose."""
    leaves = [node for node in rules.tree.walk() if node.formula is not None and not _promised(node)]
    conditions = [
        *((limit.condition, limit.span) for limit in rules.limits),
        *((veto.condition, veto.span) for veto in rules.vetoes),
        *((grade.condition, grade.span) for grade in rules.grades if grade.condition is not None),
        *((mark.condition, mark.span) for mark in rules.marks if mark.condition is not None),
        *(
            (exemption.condition, exemption.span)
            for node in rules.tree.walk()
            for exemption in node.exemptions
            if exemption.condition is not None
        ),
    ]
    analysis = _Reach(leaves, [condition for condition, _ in conditions])
    found: list[Diagnostic] = []
    for leaf in leaves:
        # A bonus or deduction has its cap to cut what is above it.
        if leaf.level not in ("bonus", "deduction"):
            found += _above(leaf, analysis)
        found += _below(leaf, analysis)
    for node in rules.tree.walk():
        found += _parts_above(node)
        found += _children_below(node, analysis, free=rules.scale.unbounded)
    for condition, span in conditions:
        found += _undefined(condition, span, analysis)
    if first:
        scores = ScoreBounds(rules, lambda leaf: _range(leaf, analysis))
        found += decided_conditions(conditions, _with_scores(conditions, scores) or analysis.of)
        found += unreached_grades(rules.grades, scores.of(_TOTAL))
        found += out_of_reach(_scored(rules), lambda leaf: _range(leaf, analysis).high)
        found += irrational_comparisons(rules, conditions)
    return tuple(found)


_TOTAL = n.Score(path="total", reading="score", taken="compared", type=POINTS)


def _with_scores(
    conditions: Sequence[tuple[n.Node, Span]], scores: ScoreBounds
) -> Callable[[n.Node], Bounds] | None:
    """The bounds of conditions with what the scores can be that they read; None where none is read."""
    roots = [condition for condition, _ in conditions]
    given = {
        (node.name, period): Bounds(interval=scores.of(node))
        for node, period in order(roots)
        if isinstance(node, n.Score)
    }
    return analyse(roots, given=given).of if given else None


def _range(leaf: ScoreNode, analysis: _Reach) -> Interval:
    """What the formula of a leaf gives; of what its method promises only the promise is looked at."""
    formula = leaf.formula
    if isinstance(formula, n.Frame) and _promised(leaf):
        return Interval(formula.low, formula.low is None, formula.high, formula.high is None)
    found = None if formula is None else analysis.of(formula).interval
    return found or EVERYTHING


def _scored(rules: CheckedRules) -> Iterator[ScoreNode]:
    return (node for node in rules.tree.walk() if node.formula is not None and not node.children)


class _Reach:
    """The bounds of formulas and conditions; of formulas that are written alike only one is looked at."""

    def __init__(self, leaves: Sequence[ScoreNode], conditions: Sequence[n.Node]) -> None:
        first: dict[Hashable, n.Node] = {}
        self._alike: dict[int, n.Node] = {}
        for leaf in leaves:
            formula = leaf.formula
            if formula is not None:
                kind = pattern((formula,)) if leaf.alike is None else leaf.alike
                self._alike[id(formula)] = first.setdefault(kind, formula)
        self._analysis = analyse((*first.values(), *conditions))

    def of(self, node: n.Node) -> Bounds:
        """The bounds of one of them; what makes a condition *undefined* is in the condition itself."""
        return self._analysis.of(self._alike.get(id(node), node))


def _promised(leaf: ScoreNode) -> bool:
    """Whether the method of a leaf promises to stay between zero and the ceiling, so that there is nothing to look at."""
    formula, most = leaf.formula, _most(leaf)
    return (
        isinstance(formula, n.Frame)
        and formula.low is not None
        and formula.low >= 0
        and (most is None or (formula.high is not None and formula.high <= most))
    )


# ── scores ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _above(leaf: ScoreNode, analysis: _Reach) -> Iterator[Diagnostic]:
    """A formula above full marks; in an index only where the file states a ceiling."""
    formula, most = leaf.formula, _most(leaf)
    if formula is None or most is None:
        return
    high = analysis.of(formula).high
    if analysis.of(formula).interval is None or (high is not None and high <= most):
        return
    witness = find(formula, most, above=True)
    promised = formula.high if isinstance(formula, n.Frame) else None
    if witness is None and (promised is None or promised > (high or promised) or promised <= most):
        return
    limit = _score(most, leaf)
    if high is not None:
        # The interval may be wider than what the formula reaches; a witness is what it surely reaches.
        sure = _score(witness.result if witness is not None else high, leaf)
        up_to = amount(high, RATE) if leaf.by_group else _score(high, leaf)
        text = Text(
            en=f"{_named(leaf).en} can score {sure.en}, more than its {limit.en}",
            zh=f"{_named(leaf).zh}可得 {sure.zh}，超过 {limit.zh}",
        )
        help_ = Text(
            en=f"cap the formula, or allow the score by `up to {up_to.en}`",
            zh=f"为公式设上限，或写明 `至多 {up_to.zh}`",
        )
    else:
        text = Text(
            en=f"{_named(leaf).en} has no upper limit and can exceed its {limit.en}",
            zh=f"{_named(leaf).zh}没有上限，可能超过 {limit.zh}",
        )
        help_ = Text(
            en="cap the formula, for example by `smaller(…)`, or state the range of its inputs",
            zh="为公式设上限（如 `取小（…）`），或写明数据的范围",
        )
    yield diagnostic("score-exceeds-points", text, *_labels(leaf, formula, witness), help=help_)


def _parts_above(indicator: ScoreNode) -> Iterator[Diagnostic]:
    """Parts whose ceilings together exceed the points of what they belong to, which has no ceiling of its own."""
    parts, most = indicator.children, indicator.points
    if (
        indicator.level not in ("indicator", "part")
        or indicator.join != "sum"
        or most is None
        or indicator.ceiling is not None
        or indicator.uncapped
    ):
        return
    raised = [
        part for part in parts if (part.ceiling is not None or part.uncapped) and part.points is not None
    ]
    names = next((tuple(node.by_group) for node in (indicator, *parts) if node.by_group), (None,))
    reaches = [
        (sum((_reach_of(part, name) for part in parts), Fraction(0)), of_group)
        for name in names
        if (of_group := indicator.points_of(name)) is not None
    ]
    if not reaches:
        return
    reach, most = max(reaches, key=lambda one: one[0] - one[1])
    if not raised or (reach <= most and not any(part.uncapped for part in raised)):
        return
    sure, limit = points(reach), points(most)
    cap = amount(reach / most, RATE) if indicator.by_group else sure
    if any(part.uncapped for part in raised):
        sure = Text(en=f"more than {sure.en}", zh=f"{sure.zh}以上")
    yield diagnostic(
        "score-exceeds-points",
        Text(
            en=f"{_named(indicator).en} can score {sure.en} by its parts, more than its {limit.en}",
            zh=f"{_named(indicator).zh}各分项合计可得 {sure.zh}，超过 {limit.zh}",
        ),
        Label(place=indicator.span, text=None, primary=True),
        *(
            Label(place=part.span, text=Text(en="raised here", zh="在此提高"), primary=False)
            for part in raised
        ),
        help=Text(en="allow it, for example by `up to none`", zh="写明上限，例如 `至多 无`")
        if any(part.uncapped for part in raised)
        else Text(en=f"allow it by `up to {cap.en}`", zh=f"写明 `至多 {cap.zh}`"),
    )


def _reach_of(part: ScoreNode, group: str | None) -> Fraction:
    """The most that a part may be worth for a group."""
    points = part.points_of(group)
    if part.ceiling is None or not part.points or points is None:
        return points or Fraction(0)
    return part.ceiling * points / part.points


def _below(leaf: ScoreNode, analysis: _Reach) -> Iterator[Diagnostic]:
    formula = leaf.formula
    if formula is None or analysis.of(formula).interval is None:
        return
    if leaf.unfloored or leaf.floor is not None:
        # The file says what the least is, and the formula is held there.
        return
    low = analysis.of(formula).low
    if low is not None and low >= 0:
        return
    witness = find(formula, Fraction(0), above=False)
    promised = formula.low if isinstance(formula, n.Frame) else None
    if witness is None and (promised is None or promised >= 0):
        return
    text = Text(en=f"{_named(leaf).en} can fall below zero", zh=f"{_named(leaf).zh}可能低于零分")
    if low is not None:
        reach = _score(witness.result if witness is not None else low, leaf)
        text = Text(
            en=f"{_named(leaf).en} can fall to {reach.en}, below zero",
            zh=f"{_named(leaf).zh}可低至 {reach.zh}，低于零分",
        )
    help_ = Text(
        en="hold the formula at zero from below, for example by `larger(…)`",
        zh="为公式设下限零分，如 `取大（…）`",
    )
    yield diagnostic("score-below-floor", text, *_labels(leaf, formula, witness), help=help_)


def _children_below(node: ScoreNode, analysis: _Reach, *, free: bool) -> Iterator[Diagnostic]:
    """Children that can be worth less than nothing, where nothing says how far the whole may fall, or no mean of them exists."""
    mean = node.join in ("geometric", "harmonic")
    left_open = not free and node.level == "total" and node.floor is None and not node.unfloored
    if not node.children or not (mean or left_open):
        return
    below = [child for child in node.children if _can_be_negative(child, analysis)]
    if not below or (node.join == "max" and len(below) < len(node.children)):
        return
    labels = tuple(
        Label(place=child.span, text=Text(en="this can be negative", zh="此项可能为负"), primary=False)
        for child in below[:4]
    )
    if mean:
        text = Text(
            en=f"{_named(node).en} is a mean that has no negative members",
            zh=f"{_named(node).zh}的合成方式不允许负值",
        )
        help_ = Text(en="give the members a floor of zero", zh="为各项设下限零分")
    else:
        text = Text(en=f"{_named(node).en} can fall below zero", zh=f"{_named(node).zh}可能低于零分")
        help_ = Text(
            en="say how far it may fall, for example by `floor 0 points` or `floor none`",
            zh="写明下限，例如 `下限 0 分` 或 `下限 无`",
        )
    yield diagnostic("score-below-floor", text, Label(place=node.span), *labels, help=help_)


def _can_be_negative(node: ScoreNode, analysis: _Reach) -> bool:
    """Whether a node may be worth less than nothing, as far as floors and ranges tell."""
    if node.cap_order == "before" and any(one.level == "deduction" for one in node.adjustments):
        return True
    if node.least is not None:
        return node.least < 0
    if node.children:
        ask = all if node.join == "max" else any
        return ask(_can_be_negative(child, analysis) for child in node.children)
    if node.formula is None or _promised(node):
        return False
    low = analysis.of(node.formula).low
    return low is None or low < 0


def _most(leaf: ScoreNode) -> Fraction | None:
    """The most that the formula may give, on its own scale."""
    most = leaf.ceiling if leaf.points is None else leaf.most
    if most is None or leaf.points is None or leaf.yields == "points":
        return most
    return most / leaf.points if leaf.points else None


def _score(value: Fraction, leaf: ScoreNode) -> Text:
    """What a formula gives, as the reader sees scores: in points where there are points."""
    if leaf.points is None:
        return Text.same(exact_text(value))
    return points(value if leaf.yields == "points" else value * leaf.points)


def _named(leaf: ScoreNode) -> Text:
    if leaf.path.startswith("result "):
        return called(leaf.path)
    level, _, rest = leaf.path.partition(" ")
    indicator, _, part = rest.partition(".")
    if part:
        return Text(en=f"part `{part}` of indicator {indicator}", zh=f"指标 {indicator} 的分项 `{part}`")
    return Text(en=f"{level} {rest}".strip(), zh=f"{_LEVELS.get(level, level)} {rest}".strip())


_LEVELS = {
    "indicator": "指标",
    "category": "一级指标",
    "total": "总分",
    "bonus": "加分",
    "deduction": "扣分",
}


def _labels(leaf: ScoreNode, formula: n.Node, witness: Witness | None) -> tuple[Label, ...]:
    place = formula.span if formula.span is not None else leaf.span
    if witness is None:
        return (Label(place=place),)
    gives = _score(witness.result, leaf)
    if not witness.values:
        return (Label(place=place, text=Text(en=f"this gives {gives.en}", zh=f"此处得 {gives.zh}")),)
    values = [_value(node, period, value) for node, period, value in witness.values]
    en = f"this gives {gives.en} with {', '.join(value.en for value in values)}"
    zh = f"{'，'.join(value.zh for value in values)}时，得 {gives.zh}"
    return (Label(place=place, text=Text(en=en, zh=zh)),)


def _value(node: n.Input, period: int, value: Fraction) -> Text:
    """An input with its value, as an official would write it."""
    when = Text(en="", zh="")
    if period:
        years = abs(period)
        when = Text(en=f" {years} year{'s' if years > 1 else ''} before", zh=f"（{years} 年前）")
    shown = _figure(node, value)
    return Text(en=f"`{node.name}`{when.en} = {shown.en}", zh=f"`{node.name}`{when.zh} = {shown.zh}")


def _figure(node: n.Input, value: Fraction) -> Text:
    kind = node.type.kind
    if kind is Kind.YESNO:
        return Text(en="yes", zh="是") if value else Text(en="no", zh="否")
    if kind is Kind.LEVEL:
        return Text.same(node.type.levels[int(value)])
    return amount(value, node.type)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _undefined(condition: n.Node, span: Span, analysis: _Reach) -> Iterator[Diagnostic]:
    for culprit in analysis.of(condition).undefined_by:
        if not isinstance(culprit, n.Div):
            continue
        divisor = _name(culprit.right)
        subject = Text.same(f"`{divisor}`") if divisor else Text(en="a divisor", zh="除数")
        yield diagnostic(
            "division-by-zero-possible",
            Text(
                en=f"{subject.en} can be zero, and this condition is then undefined",
                zh=f"{subject.zh}可能为零，此时该条件无意义",
            ),
            Label(place=culprit.span or place_of(condition, culprit) or condition.span or span),
            help=Text(
                en="state a range above zero, or first ask whether it is zero",
                zh="写明大于零的范围，或先判断是否为零",
            ),
        )
        return


def _name(node: n.Node) -> str | None:
    """The name that a node has in the rule file."""
    while True:
        match node:
            case n.Input(name=name):
                return name
            case n.Frame(role="measure", name=name):
                return name
            case n.Shift(value=value):
                node = value
            case n.Mul(args=(n.Const(), value)):
                node = value
            case _:
                return None
