"""A score that is made from itself, in the words of the rule file: the chain of what needs what."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.compiler.bind import Cycle
from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic
from assessment.semantics.model import CheckedRules, ScoreNode
from assessment.semantics.wording import called

__all__ = ["cycle_found"]


def cycle_found(cycle: Cycle, rules: CheckedRules) -> Diagnostic:
    """The finding for a cycle among scores, at the place where one of them is read."""
    chain = list(_chain(cycle, rules))
    places = [node.span for node in cycle.way if isinstance(node, n.Score) and node.span is not None]
    places = list(dict.fromkeys(places)) or [rules.span]
    en = " needs ".join(name.en for name in chain)
    zh = " 用到 ".join(name.zh for name in chain)
    marks = [called(f"mark {mark.name}") for mark in rules.marks]
    vetoes = [called(f"veto {veto.name}") for veto in rules.vetoes]
    text = Text(en=f"{chain[0].en} is scored through itself: {en}", zh=f"{chain[0].zh}的得分用到了自身：{zh}")
    if chain[0] in (*marks, *vetoes, called(n.GRADE)):
        text = Text(en=f"{chain[0].en} needs itself: {en}", zh=f"{chain[0].zh}取决于自身：{zh}")
    return diagnostic(
        "cycle",
        text,
        Label(place=places[0], text=Text(en="read here", zh="在此引用"), primary=True),
        *(_also(place) for place in places[1:]),
        help=_help(cycle, rules),
    )


def _also(place: Span) -> Label:
    return Label(place=place, text=Text(en="and here", zh="并在此引用"), primary=False)


def _chain(cycle: Cycle, rules: CheckedRules) -> Iterator[Text]:
    """What needs what, from the first score back to itself: scores, and measures between them."""
    owners = _owners(rules)
    found: list[Text] = []
    for node in cycle.way[:-1]:
        name: Text | None = None
        if isinstance(node, n.Score):
            name = called(node.path)
        elif isinstance(node, n.Frame) and node.role == "measure":
            name = Text.same(f"`{node.name}`")
        if id(node) in owners:
            # What reads is named before what is read.
            owner = called(owners[id(node)])
            if not found or found[-1] != owner:
                found.append(owner)
        if name is not None and (not found or found[-1] != name):
            found.append(name)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    yield from (*found, found[0])


def _owners(rules: CheckedRules) -> dict[int, str]:
    """The paths of scores by their formulas and the conditions of their exemptions; the grade and the vetoes by their conditions."""
    owners = {id(result.node): result.path for result in rules.results if result.node is not None}
    owners |= {id(limit.condition): n.GRADE for limit in rules.limits}
    owners |= {id(grade.condition): n.GRADE for grade in rules.grades if grade.condition is not None}
    owners |= {id(veto.condition): f"veto {veto.name}" for veto in rules.vetoes}
    for node in (node for tree in _trees(rules) for node in tree.walk()):
        if node.formula is not None:
            owners.setdefault(id(node.formula), node.path)
        for exemption in node.exemptions:
            if exemption.condition is not None:
                owners.setdefault(id(exemption.condition), node.path)
    return owners


def _trees(rules: CheckedRules) -> list[ScoreNode]:
    return [rules.tree, *(result.tree for result in rules.results if result.tree is not None)]


def _help(cycle: Cycle, rules: CheckedRules) -> Text:
    if any(isinstance(node, n.Shift) for node in cycle.way):
        if any(isinstance(node, n.Score) and node.path == n.GRADE for node in cycle.way):
            levels = ", ".join(grade.name for grade in rules.grades)
            return Text(
                en=f"take the grade of the year before as an input, `input last_grade level {levels}`: "
                "the grades before it would go back for ever",
                zh=f"请把上年等次列为数据，如 `数据 上年等次 等级 {levels.replace(', ', '、')}`：引用自身的往年等次会无穷回溯",
            )
        return Text(
            en="take the score of the year before as an input: its own earlier scores would go back for ever",
            zh="请把上年得分列为数据：引用自身的往年得分会无穷回溯",
        )
    if any(isinstance(node, n.Score) and node.path == n.GRADE for node in cycle.way):
        return Text(
            en="what the grade is made from cannot read it: read the total or a place instead",
            zh="等次所依据的内容不能引用等次：请改为引用总分或名次",
        )
    below = {node.path: {one.path for one in node.walk()} for tree in _trees(rules) for node in tree.walk()}
    below |= {result.path: {result.path} for result in rules.results if result.tree is None}
    read = {node.path for node in cycle.way if isinstance(node, n.Score)}
    owners = _owners(rules)
    reading = {owners[id(node)] for node in cycle.way if id(node) in owners}
    if read and reading and not any(reading & below.get(path, set()) for path in read):
        return Text(
            en="points that are passed on between siblings depend on each other: read the rate instead",
            zh="同级之间分摊分值，得分因此相互依赖：请改为引用得分率",
        )
    return Text(en="leave out one of these readings", zh="请去掉其中一处引用")
