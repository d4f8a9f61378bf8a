"""What an office may have done instead of what the rules say: variants of the checked rules, each one change away.

Each is evaluated exactly like the rules themselves. Variants that cannot differ (another tie rule where nobody is ranked)
are not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Text
from assessment.number import Mode
from assessment.semantics.model import (
    RESCALE,
    RESCALE_ALL,
    CheckedRules,
    Disposal,
    Level,
    Reading,
    Rounding,
    ScoreNode,
)
from assessment.syntax.words import spelling

__all__ = ["CauseKind", "Variant", "variants"]

CauseKind: TypeAlias = Literal[
    "rounding mode",
    "rounding places",
    "rounding stage",
    "carry",
    "compare",
    "ties",
    "tie-break",
    "field of ranks",
    "redistribution",
    "binary floats",
    "wrong figure",
]

_LEVELS: tuple[Level, ...] = ("part", "indicator", "category", "total")
_LEVEL_NAMES: Mapping[Level, Text] = {
    "part": Text(en="parts", zh="分项"),
    "indicator": Text(en="indicators", zh="指标"),
    "category": Text(en="categories", zh="一级指标"),
    "total": Text(en="the total", zh="总分"),
}
_MOST_PLACES_TRIED = 4
_TIES = ("min", "max", "mean", "dense")


@frozen(kw_only=True)
class Variant:
    """One change of the rules, in words that say what would have been done."""

    kind: CauseKind
    text: Text
    rules: CheckedRules


def variants(rules: CheckedRules) -> Iterator[Variant]:
    """Every variant of the rules that is tried, the plainest first."""
    yield from _modes(rules)
    yield from _comparisons(rules)
    yield from _carries(rules)
    yield from _places(rules)
    yield from _stages(rules)
    yield from _ties(rules)
    yield from _redistributions(rules)


def _mode(mode: Mode) -> Text:
    return Text(en=spelling("MODE", mode.value, "en"), zh=spelling("MODE", mode.value, "zh"))


def _level(level: Level) -> Text:
    return _LEVEL_NAMES.get(level, Text.same(level))


def _modes(rules: CheckedRules) -> Iterator[Variant]:
    """Every mode at every stage that is rounded, and at all of them together."""
    for mode in Mode:
        word = _mode(mode)
        for level, stated in rules.rounding.items():
            if stated.mode is not mode:
                name = _level(level)
                yield Variant(
                    kind="rounding mode",
                    text=Text(
                        en=f"{name.en} rounded `{word.en}` to {_many(stated.places)}, where the rules say `{_mode(stated.mode).en}`",
                        zh=f"{name.zh}按“{word.zh}”保留 {stated.places} 位，而规则为“{_mode(stated.mode).zh}”",
                    ),
                    rules=evolve(rules, rounding={**rules.rounding, level: evolve(stated, mode=mode)}),
                )
        if len(rules.rounding) > 1 and any(one.mode is not mode for one in rules.rounding.values()):
            yield Variant(
                kind="rounding mode",
                text=Text(en=f"everything rounded `{word.en}`", zh=f"各级均按“{word.zh}”修约"),
                rules=evolve(
                    rules, rounding={level: evolve(one, mode=mode) for level, one in rules.rounding.items()}
                ),
            )
        results = tuple(
            one if one.rounding is None else evolve(one, rounding=evolve(one.rounding, mode=mode))
            for one in rules.results
        )
        if results != rules.results:
            yield Variant(
                kind="rounding mode",
                text=Text(en=f"further results rounded `{word.en}`", zh=f"其他结果按“{word.zh}”修约"),
                rules=evolve(rules, results=results),
            )


def _many(places: int) -> str:
    return f"{places} place{'' if places == 1 else 's'}"


def _places(rules: CheckedRules) -> Iterator[Variant]:
    """More and fewer places at every stage that is rounded."""
    for level, stated in rules.rounding.items():
        for places in range(min(_MOST_PLACES_TRIED, stated.places + 2) + 1):
            if places != stated.places:
                name = _level(level)
                yield Variant(
                    kind="rounding places",
                    text=Text(
                        en=f"{name.en} rounded to {_many(places)}, where the rules say {stated.places}",
                        zh=f"{name.zh}保留 {places} 位，而规则为 {stated.places} 位",
                    ),
                    rules=evolve(rules, rounding={**rules.rounding, level: evolve(stated, places=places)}),
                )


def _stages(rules: CheckedRules) -> Iterator[Variant]:
    """Rounding at other stages: one of them alone, all, or none; each carried full or rounded."""
    if not rules.rounding:
        return
    usual = rules.rounding.get("total") or next(iter(rules.rounding.values()))
    present = {node.level for node in rules.tree.walk()}
    levels = [level for level in _LEVELS if level in present]
    wanted: list[tuple[Level, ...]] = [(level,) for level in levels]
    wanted += [tuple(levels), tuple(level for level in levels if level != "part"), ()]
    wanted += [(level, "total") for level in levels if level != "total"]
    seen: set[frozenset[Level]] = set()
    for chosen in wanted:
        if frozenset(chosen) in seen:
            continue
        seen.add(frozenset(chosen))
        rounding: dict[Level, Rounding] = {level: rules.rounding.get(level, usual) for level in chosen}
        for carry in _readings_of(chosen):
            changed = carried(evolve(rules, rounding=rounding), carry)
            if rounding.keys() == rules.rounding.keys():
                continue  # the stages of the rules: `_carries` has the rest
            yield Variant(kind="rounding stage", text=_stage_text(chosen, carry), rules=changed)


def _readings_of(chosen: tuple[Level, ...]) -> tuple[Reading, ...]:
    below = [level for level in chosen if level != "total"]
    return ("full", "rounded") if below else ("full",)


def _stage_text(chosen: tuple[Level, ...], carry: Reading) -> Text:
    if not chosen:
        return Text(
            en="nothing rounded on the way, the figure only shown to its places",
            zh="计算中不修约，仅按位数显示",
        )
    en = " and ".join(_level(level).en for level in chosen)
    zh = "、".join(_level(level).zh for level in chosen)
    if any(level != "total" for level in chosen):
        how = (
            Text(en="rounded scores added up", zh="以修约值汇总")
            if carry == "rounded"
            else Text(en="full scores added up", zh="以原值汇总")
        )
        return Text(en=f"only {en} rounded, {how.en}", zh=f"只修约{zh}，{how.zh}")
    return Text(en=f"only {en} rounded", zh=f"只修约{zh}")


def carried(rules: CheckedRules, carry: Reading) -> CheckedRules:
    """The rules with one reading of scores by their parents everywhere."""
    return evolve(rules, carry=carry, carry_at={}, tree=_without_carry(rules.tree))


def _without_carry(node: ScoreNode) -> ScoreNode:
    return evolve(node, carry=None, children=tuple(_without_carry(child) for child in node.children))


def _carries(rules: CheckedRules) -> Iterator[Variant]:
    stated = {rules.carry, *rules.carry_at.values(), *(one.carry for one in rules.tree.walk() if one.carry)}
    readings: tuple[tuple[Reading, Text], ...] = (
        (
            "rounded",
            Text(
                en="rounded scores added up, where the rules carry full ones",
                zh="以修约后的得分汇总，而规则结转原值",
            ),
        ),
        (
            "full",
            Text(
                en="full scores added up, where the rules carry rounded ones",
                zh="以未修约的得分汇总，而规则结转修约值",
            ),
        ),
    )
    for carry, text in readings:
        if stated != {carry} and rules.rounding:
            yield Variant(kind="carry", text=text, rules=carried(rules, carry))


def _comparisons(rules: CheckedRules) -> Iterator[Variant]:
    readings: tuple[tuple[Reading, Text], ...] = (
        (
            "full",
            Text(
                en="ranks and grades taken on full scores, where the rules compare rounded ones",
                zh="名次和等次按未修约的得分确定，而规则比较修约值",
            ),
        ),
        (
            "rounded",
            Text(
                en="ranks and grades taken on rounded scores, where the rules compare full ones",
                zh="名次和等次按修约后的得分确定，而规则比较原值",
            ),
        ),
    )
    for compare, text in readings:
        results = tuple(evolve(one, compare=compare) for one in rules.results)
        if rules.compare != compare or results != rules.results:
            yield Variant(kind="compare", text=text, rules=evolve(rules, compare=compare, results=results))


def _ties(rules: CheckedRules) -> Iterator[Variant]:
    ranking = rules.ranking
    if ranking is None:
        return
    stated = spelling_of_ties(ranking.ties)
    for ties in _TIES:
        if ties != ranking.ties:
            word = spelling_of_ties(ties)
            yield Variant(
                kind="ties",
                text=Text(
                    en=f"ties ranked by `{word.en}`, where the rules say `{stated.en}`",
                    zh=f"并列按“{word.zh}”排名，而规则为“{stated.zh}”",
                ),
                rules=evolve(rules, ranking=evolve(ranking, ties=ties)),
            )
    for kept in range(1, len(ranking.keys)):
        yield Variant(
            kind="tie-break",
            text=Text(
                en="ties left unbroken, where the rules break them"
                if kept == 1
                else f"ties broken by the first {kept} keys only",
                zh="得分相同的未再比较，而规则有先后约定" if kept == 1 else f"只比较了前 {kept} 项",
            ),
            rules=evolve(rules, ranking=evolve(ranking, keys=ranking.keys[:kept])),
        )


def spelling_of_ties(ties: str) -> Text:
    """The word of a tie rule in both languages."""
    return Disposal(value=ties).text


_REPORTED = "@reported"
_MOST_EXEMPT = 12
"""So many exempted nodes are also tried one by one."""
_REDISTRIBUTED = (RESCALE, RESCALE_ALL, "full", "zero")


def _redistributions(rules: CheckedRules) -> Iterator[Variant]:
    """Another fate of the points of what is absent or does not apply, one kind of absence at a time."""
    keys = sorted({key for node in rules.tree.walk() for key in _keys_of(node)})
    exempt = [
        node.path for node in rules.tree.walk() if "not applicable" in _keys_of(node) and node.exemptions
    ]
    for key in keys:
        of = _policy_name(key)
        places: list[tuple[str | None, Text]] = [(None, Text(en="everywhere", zh="一律"))]
        if key == "not applicable" and exempt:
            places.append((_REPORTED, Text(en="where the data say so", zh="凡数据注明的")))
        if key == "not applicable" and 1 < len(exempt) <= _MOST_EXEMPT:
            places += [(path, Text(en=f"at `{path}`", zh=f"在 `{path}`")) for path in exempt]
        for word in _REDISTRIBUTED:
            then = Disposal(value=word).text
            for path, where in places:
                tree = _disposed(rules.tree, key, word, path)
                if tree == rules.tree:
                    continue
                results = tuple(
                    one if one.tree is None else evolve(one, tree=_disposed(one.tree, key, word, path))
                    for one in rules.results
                )
                yield Variant(
                    kind="redistribution",
                    text=Text(
                        en=f"`{of.en}` dealt with by `{then.en}` {where.en}, where the rules say otherwise",
                        zh=f"“{of.zh}”{where.zh}按“{then.zh}”处理，与规则不同",
                    ),
                    rules=evolve(rules, tree=tree, results=results),
                )


def _policy_name(key: str) -> Text:
    return Text(en=spelling("POLICY_KEY", key, "en"), zh=spelling("POLICY_KEY", key, "zh"))


def _keys_of(node: ScoreNode) -> Iterable[str]:
    """The absences whose points are passed on, given or taken here."""
    if any(one.then.last.value in _REDISTRIBUTED for one in node.exemptions):
        yield "not applicable"
    for key in ("not applicable", "missing", "withheld", "not yet available", "undefined"):
        policy = node.policies.get(key)
        if policy is not None and policy.then.last.value in _REDISTRIBUTED:
            yield key


def _disposed(node: ScoreNode, key: str, word: str, path: str | None) -> ScoreNode:
    """The tree with one disposal in the place of each that passes on, gives or takes points for this absence.

    `path` is the only node where that is done, None for all, `_REPORTED` for what the data report and no statement exempts.
    """
    children = tuple(_disposed(child, key, word, path) for child in node.children)
    if path not in (None, _REPORTED, node.path):
        return evolve(node, children=children)
    then = Disposal(value=word)
    policies = {
        name: evolve(policy, then=then)
        if name == key and policy.then.last.value in _REDISTRIBUTED
        else policy
        for name, policy in node.policies.items()
    }
    exemptions = tuple(
        evolve(one, then=then)
        if key == "not applicable" and path != _REPORTED and one.then.last.value in _REDISTRIBUTED
        else one
        for one in node.exemptions
    )
    return evolve(
        node,
        policies=policies,
        exemptions=exemptions,
        children=children,
    )
