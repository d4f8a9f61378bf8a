"""The figures that a program makes, with the names under which tables publish them, and whether one agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from assessment import number
from assessment.audit.amount import IN_PERCENT
from assessment.audit.lines import adjustment_heading
from assessment.compiler.program import Program, Scored
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.core.types import Kind
from assessment.data.published.model import Figure, PublishedFigure
from assessment.diagnostics.bilingual import Lang
from assessment.evaluation.facts import UNDECIDED, Value
from assessment.number import Irrational, Mode, Real

__all__ = ["Made", "agrees", "figures_of", "is_rounded", "scaled", "shows"]

_TOTAL = (
    ("总分", "total"),
    (
        "得分",
        "总得分",
        "综合得分",
        "考核得分",
        "考核总分",
        "合计得分",
        "结果",
        "result",
        "score",
        "total score",
        "final score",
    ),
)
_KEY_TOTAL = ("key total", "重点指标得分", "Key ※ subtotal", "重点指标小计", "※小计")
_RANK = ("rank", "名次", "排名", "位次", "排序", "ranking", "place", "position", "考核名次")
_TOTALS = ("总分", "total", "结果", "result", "得分", "score")
_RANKS = ("rank", "名次", "排名")
_RANK_IN = {
    "group": ("rank in group", "组内名次", "组内排名", "同组名次", "rank within group", "group rank"),
    "all": (
        "rank in all",
        "总名次",
        "总排名",
        "全市名次",
        "全市排名",
        "全部名次",
        "rank within all",
        "overall rank",
    ),
}
_GRADE = ("grade", "等次", "等级", "级别", "档次", "band", "考核等次", "评定等次", "class", "category")


@frozen(kw_only=True)
class Made:
    """A figure and the node of the program that makes it; `score` is where the tree has it, None for ranks and grades."""

    figure: Figure
    node: n.Node
    score: Scored | None = None


def figures_of(program: Program) -> Mapping[Figure, Made]:
    """Every figure that a program makes, the total first."""
    return {made.figure: made for made in _all(program)}


def _all(program: Program) -> Iterator[Made]:
    rules = program.rules
    scale = tuple(name for name in (rules.scale.name, rules.scale.title) if name)
    root = program.root
    yield _score("total", (*_TOTAL[0], *scale, *_TOTAL[1]), root.published, root)
    within = None if rules.ranking is None else rules.ranking.within
    of_total = tuple(f"{name} {end}" for name in (*_TOTALS, *scale) for end in _RANKS)
    for field, node in (("group", program.rank_in_group), ("all", program.rank_in_all)):
        if node is not None:
            names = (*_RANK, *of_total, *_RANK_IN[field]) if field == within else _RANK_IN[field]
            yield Made(figure=_rank("total", field, names), node=node)
    if program.grade is not None:
        levels = tuple(grade.name for grade in rules.grades)
        yield Made(
            figure=Figure(path="total", kind="grade", levels=levels, called=_GRADE), node=program.grade
        )
    if program.key_total is not None:
        yield _score("key total", _KEY_TOTAL, program.key_total[1])
    for one in root.walk():
        if one is not root:
            yield _score(one.spec.path, _called(one), one.published, one)
    for result in program.results:
        spec = result.spec
        names = (spec.path, spec.name, spec.title)
        yield _score(spec.path, names, result.root.published, result.root)
        ranking = spec.ranking
        for field, node in (("group", result.rank_in_group), ("all", result.rank_in_all)):
            if node is not None:
                ends = _RANK_IN[field]
                if ranking is not None and ranking.within == field:
                    ends = (*_RANKS, *ends)
                ranked = tuple(f"{name} {end}" for end in ends for name in names)
                yield Made(figure=_rank(spec.path, field, ranked), node=node)
        for one in result.root.walk():
            if one is not result.root:
                yield _score(one.spec.path, (one.spec.path,), one.published, one)


def _unit(node: n.Node) -> str:
    """What the numbers of a score count, as tables name it."""
    kind = node.type.kind
    if kind in IN_PERCENT:
        return "%"
    return "points" if kind is Kind.POINTS else node.type.unit.text if node.type.unit is not None else ""


def _score(path: str, called: tuple[str, ...], node: n.Node, score: Scored | None = None) -> Made:
    return Made(figure=Figure(path=path, called=called, unit=_unit(node)), node=node, score=score)


def _rank(path: str, within: str, called: tuple[str, ...]) -> Figure:
    return Figure(path=path, kind="rank", within="group" if within == "group" else "all", called=called)


_LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def _called(one: Scored) -> tuple[str, ...]:
    """The names of a node of the tree: its path, number and title in the ways that tables put them together."""
    spec = one.spec
    names = [spec.path]
    own = spec.number or spec.name
    local = spec.path.partition(" ")[2]
    if spec.level == "indicator":
        names += [
            f"指标{own}",
            own,
            f"{own} {spec.title}",
            f"指标{own} {spec.title}",
            f"indicator {own} {spec.title}",
        ]
        names += [f"{own}. {spec.title}", f"{own}、{spec.title}"]
    elif local:
        names += [local, f"{spec.name} {spec.title}"]
    if spec.level == "part":
        names.append(f"指标{local}")
    match spec.level:
        case "bonus" | "deduction" as level:
            names += [adjustment_heading(level, spec.title, lang) for lang in _LANGUAGES]
    names += [spec.name, spec.title]
    return tuple(dict.fromkeys(name for name in names if name))


def scaled(value: Value, node: n.Node) -> Value:
    """A value in the form in which it is published: a share in hundredths."""
    if isinstance(value, Fraction | Irrational) and node.type.kind in IN_PERCENT:
        return number.mul(value, Fraction(100))
    return value


def agrees(published: PublishedFigure, value: Value, node: n.Node) -> bool | None:
    """Whether a published figure is what a node gives; None where that cannot be decided.

    A score that the rules round must be equal, and so must one that is published as a fraction. One that they do not round,
    and one that stands behind `≈`, must agree to the places with which it is published; one that is given by two ends must
    lie between them.
    """
    if value is UNDECIDED:
        return None
    if isinstance(value, Absence) or isinstance(published.value, Absence):
        return isinstance(value, Absence) and isinstance(published.value, Absence)
    shown = scaled(value, node)
    if not isinstance(shown, Fraction | Irrational) or isinstance(shown, bool):
        return False
    try:
        if published.ends is not None:
            return _within(shown, *published.ends)
        if published.exact or (is_rounded(node, published) and not published.about):
            return number.compare(shown, published.value) == 0
        # Whichever way a tie went.
        half = Fraction(1, 2 * 10**published.places)
        return _within(shown, published.value - half, published.value + half)
    except (number.Undecided, number.TooLarge):
        return None


def shows(published: PublishedFigure, value: Value, node: n.Node, mode: Mode) -> bool:
    """Whether a figure is a value that is only shown to its places, by one mode wherever it stands."""
    shown = scaled(value, node)
    if not isinstance(shown, Fraction | Irrational) or isinstance(published.value, Absence):
        return bool(agrees(published, value, node))
    try:
        return number.round_real(shown, published.places, mode) == published.value
    except (number.Undecided, number.TooLarge):
        return False


def is_rounded(node: n.Node, published: PublishedFigure) -> bool:
    """Whether the rules themselves say every digit of a figure: a rounded score, a rank, a grade."""
    return isinstance(node, n.Round) or published.figure.kind != "score"


def _within(value: Real, low: Fraction, high: Fraction) -> bool:
    return number.compare(value, low) >= 0 and number.compare(value, high) <= 0
