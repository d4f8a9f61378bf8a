"""Further results of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.formulas import parts, written
from assessment.analysis.diff.making import by_name, change, retitled, there
from assessment.analysis.diff.naming import named
from assessment.analysis.diff.tree import tree
from assessment.analysis.expressions import in_both
from assessment.analysis.matching import matched
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import DeclaredResult, ScoreNode

_FIELDS: Mapping[str, Field] = {
    "rounding": told("rounding", "rounding", "修约", shown.rounding),
    "ranking": told("ranking", "ranking", "名次", shown.ranking),
    "compare": told("compare", "what is compared", "比较", lambda x: shown.spelt("READ_VALUE", x)),
}


def results(compared: Comparison) -> Iterator[Change]:
    """The results beside the total."""
    for before, after in by_name(compared.old.results, compared.new.results):
        one = after or before
        place, path = named("result", "结果", one), one.path
        if before is None or after is None:
            yield there("result", path, place, before is None, in_both(one.text) if one.text else None)
            continue
        if before.title != after.title:
            yield retitled(path, place, before.title, after.title)
        yield from _result(compared, path, place, before, after)


def _result(
    compared: Comparison, path: str, place: Text, before: DeclaredResult, after: DeclaredResult
) -> Iterator[Change]:
    known = {*_FIELDS, "path", "name", "title", "node", "tree"}
    if before.node is not None and after.node is not None:
        if compared.same.node(before.node) != compared.same.node(after.node):
            yield from parts(
                compared,
                "formula",
                path,
                place,
                before.node,
                after.node,
                written(before.node),
                written(after.node),
            )
    elif (before.node is None) != (after.node is None):
        yield change("formula", path, place, Text(en="what it is made of", zh="构成"), None, None)
    yield from compared.fields(path, place, before, after, _FIELDS)
    if (
        before.tree is not None
        and after.tree is not None
        and (compared.same.key(before.tree) != compared.same.key(after.tree))
    ):
        yield from _tree_again(compared, path, place, before.tree, after.tree)
    yield from compared.other("result", path, place, before, after, known)


def _tree_again(
    compared: Comparison, path: str, place: Text, before: ScoreNode, after: ScoreNode
) -> Iterator[Change]:
    """A tree that is taken again differs; its own changes are told unless the first tree's say the same."""
    found = list(tree(compared, matched(before, after), before, after))
    if found:
        yield from found
    else:
        yield change("result", path, place, Text(en="its tree", zh="其指标体系"), None, None)
