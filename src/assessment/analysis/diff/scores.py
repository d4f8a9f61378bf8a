"""One score of the tree, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.exemptions import exemptions
from assessment.analysis.diff.for_all import policies
from assessment.analysis.diff.formulas import parts
from assessment.analysis.diff.making import NOWHERE, change, retitled, sides
from assessment.analysis.diff.naming import called_node, clause_key, in_english_quotes, node
from assessment.analysis.diff.sizes import adjustment_caps, sizes
from assessment.analysis.expressions import in_both
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import ScoreNode

_NODE_FIELDS: Mapping[str, Field] = {
    "key": told("key", "key indicator ※", "重点指标 ※", shown.yes_no),
    "rescale": told("rescaling", "rescaling", "折算", shown.rescaling),
    "carry": told(
        "carry", "what is carried up", "结转",
        lambda x: shown.NOT_STATED if x is None else shown.spelt("READ_VALUE", x),
    ),
    "cap_order": told(
        "cap", "cap", "上限的先后",
        lambda x: shown.NOT_STATED if x is None else shown.spelt("ADJUSTING", x),
    ),
    "join": told("join", "joining", "合成", lambda x: shown.spelt("METHOD", x)),
    "coverage": told("coverage", "coverage", "覆盖率", shown.coverage),
    "by_group": told("points", "points by group", "各组分值", shown.by_group),
}  # fmt: skip


_NODE_KNOWN = (
    "name", "number", "title", "points", "weight", "ceiling", "floor", "uncapped", "unfloored", "adjustments",
    "adjustment_caps", "formula", "yields", "departments", "clause", "exemptions", "policies", "assumptions", "children",
)  # fmt: skip


def score(compared: Comparison, before: ScoreNode, after: ScoreNode) -> Iterator[Change]:
    """What changed at one score itself."""
    path = after.path
    place = NOWHERE if after.level == "total" else node(after)
    if before.name != after.name:
        yield _renumbered(before, after)
    if before.title != after.title and after.level != "total":
        yield retitled(path, called_node(after), before.title, after.title)
    yield from sizes(path, place, before, after)
    if after.level != "total":
        yield from policies(path, place, before.policies, after.policies, (before.path, after.path))
    yield from compared.fields(path, place, before, after, _NODE_FIELDS)
    yield from adjustment_caps(path, place, before, after)
    yield from exemptions(compared, path, place, before, after)
    yield from _score(compared, path, place, before, after)
    yield from compared.other(after.level, path, place, before, after, (*_NODE_FIELDS, *_NODE_KNOWN))


def owners(
    compared: Comparison,
    before: ScoreNode,
    after: ScoreNode,
    home: ScoreNode | None,
    new_home: ScoreNode | None,
) -> Iterator[Change]:
    """Who is responsible, and the clause, unless both come from above."""
    place = NOWHERE if after.level == "total" else node(after)
    from_above = (
        None if home is None else home.departments,
        None if new_home is None else new_home.departments,
    )
    clauses = (None if home is None else home.clause, None if new_home is None else new_home.clause)
    if set(before.departments) != set(after.departments) and from_above != (
        before.departments,
        after.departments,
    ):
        yield change(
            "department",
            after.path,
            place,
            Text(en="responsible", zh="责任单位"),
            *sides(
                lambda one: shown.listed(compared.titles.get(x, x) for x in one.departments), before, after
            ),
            "words",
        )
    if clause_key(before.clause) != clause_key(after.clause) and clauses != (before.clause, after.clause):
        yield change(
            "clause",
            after.path,
            place,
            Text(en="clause", zh="出处"),
            *sides(lambda x: shown.NONE if x.clause is None else Text.same(x.clause), before, after),
            "words",
        )


def _renumbered(before: ScoreNode, after: ScoreNode) -> Change:
    title = f" “{after.title}”" if after.title != after.name else ""
    if after.level == "indicator":
        return change(
            "indicator",
            after.path,
            Text(en=f"indicator{in_english_quotes(title)}", zh=f"指标{title}"),
            NOWHERE,
            Text.same(before.name),
            Text.same(after.name),
            "words",
            "renumbered",
        )
    return change(
        after.level,
        after.path,
        node(after),
        Text(en="name", zh="标识"),
        Text.same(before.name),
        Text.same(after.name),
        "words",
        "renamed",
    )


def _score(
    compared: Comparison, path: str, place: Text, before: ScoreNode, after: ScoreNode
) -> Iterator[Change]:
    """The formula of a node."""
    if before.formula is None and after.formula is None:
        return
    if before.formula is None or after.formula is None:
        yield change(
            "formula",
            path,
            place,
            Text(en="score", zh="计分"),
            None if before.formula is None else in_both(before.text),
            None if after.formula is None else in_both(after.text),
        )
        return
    if (
        compared.same.node(before.formula) == compared.same.node(after.formula)
        and before.yields == after.yields
    ):
        return
    yield from parts(compared, "formula", path, place, before.formula, after.formula, before.text, after.text)
