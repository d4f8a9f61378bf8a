"""Vetoes: which are new or gone, and whose title, condition or effects changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from attrs import evolve

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import by_name, change, retitled, sides, there
from assessment.analysis.diff.naming import named
from assessment.analysis.expressions import in_both, same_expression
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Veto


def vetoes(compared: Comparison) -> Iterator[Change]:
    """What changed in the vetoes, by their names."""
    for before, after in by_name(compared.old.vetoes, compared.new.vetoes):
        one = after or before
        place, path = named("veto", "一票否决", one), f"veto {one.name}"
        if before is None or after is None:
            yield there("veto", path, place, before is None, _detail(one))
            continue
        if before.title != after.title:
            yield retitled(path, place, before.title, after.title)
        if compared.same.node(before.condition) != compared.same.node(after.condition):
            conditions = sides(lambda x: in_both(x.text), before, after)
            if same_expression(before.text, after.text):
                yield change(
                    "veto", path, place, Text(en="what its condition reads", zh="条件所取的内容"), None, None
                )
            else:
                yield change("veto", path, place, Text(en="condition", zh="条件"), *conditions)
        if _effects(compared, before, {}) != _effects(compared, after, compared.names):
            yield change("veto", path, place, Text(en="effect", zh="后果"), *sides(_shown, before, after))


def _effects(compared: Comparison, veto: Veto, was: Mapping[str, str]) -> frozenset[Hashable]:
    """The effects, with scores under the paths that they had."""
    return frozenset(
        compared.same.key(evolve(one, path=one.path and was.get(one.path, one.path))) for one in veto.effects
    )


def _shown(veto: Veto) -> Text:
    return shown.joined(effect.words for effect in veto.effects)


def _detail(veto: Veto) -> Text:
    """What a new or gone veto does, and when."""
    condition, effects = in_both(veto.text), _shown(veto)
    return Text(en=f"{effects.en}, when {condition.en}", zh=f"{effects.zh}，当 {condition.zh}")
