"""Which policies the scores need and which of those that are stated can act, found leaf by leaf.

A leaf needs a policy for each absence that its formula, or the condition of an exemption of it, can meet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TypeGuard

from assessment.core import nodes as n
from assessment.core.alike import pattern
from assessment.core.bounds import analyse
from assessment.core.possible import is_surely_defined
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Severity, Span
from assessment.semantics.model import (
    ESTIMATE_OUTSIDE,
    Disposal,
    Exemption,
    Grade,
    Group,
    Limit,
    Mark,
    Policy,
    ScoreNode,
    Veto,
)
from assessment.semantics.policies import VALUED_POLICIES
from assessment.semantics.scope import Scope
from assessment.semantics.traverse import name_place
from assessment.syntax import ast

__all__ = ["check_acting", "check_open_limits", "note_needs"]


def note_needs(inputs: tuple[ast.Input, ...], trees: tuple[ScoreNode, ...], scope: Scope) -> None:
    """Note for every leaf which policies it needs; for a measure that no leaf reads, the file's own are needed."""
    read_anywhere: set[str] = set()
    leaves = [leaf for tree in trees for leaf in _kinds(tree)]
    references = tuple(group for group in scope.groups if group.reference)
    open_: list[_Leaf] = []
    for leaf, gates in leaves:
        roots = _roots(leaf, gates)
        if not is_surely_defined(roots):
            open_.append((leaf, gates))
        reads = False
        for node, _ in order(roots):
            if isinstance(node, n.Input):
                reads = True
                read_anywhere.add(node.reported_as)
                for key, span in scope.coded.get(node.reported_as, {}).items():
                    _need(leaf, key, span, scope)
            elif isinstance(node, n.Aggregate) and node.over != "rows":
                _counts_estimates(node.value, node.span or leaf.span, scope)
            elif isinstance(node, n.Rank) and node.over == "rows":
                continue  # what a row without a place does not do, it does not do for its region
            elif isinstance(node, n.Rank):
                _counts_estimates(node.keys[0][0], node.span or leaf.span, scope)
            if _is_read(node) and (
                node.where is not None or _is_ranked(references, gates) or _has_outsiders(node)
            ):
                # Reference subjects, and those whom `where` leaves out, have no place.
                _need(leaf, "not applicable", node.span or leaf.span, scope)
        if leaf.formula is not None and any(_peers(leaf, gates)):
            _counts_estimates(leaf.formula, leaf.span, scope)
        if reads and inputs:
            _need(leaf, "missing", inputs[0].span, scope)
            for key in ("withheld", "not yet available", "not applicable"):
                if key in leaf.policies:
                    scope.acting.add(id(leaf.policies[key]))
    _note_undefined(open_, scope)
    if inputs and not read_anywhere:
        scope.need("missing", inputs[0].span)
    for name, coded in scope.coded.items():
        for key, span in coded.items() if name not in read_anywhere else ():
            scope.need(key, span)


def _note_undefined(leaves: list[_Leaf], scope: Scope) -> None:
    """Note which policies for *undefined* are needed.

    One leaf that can be undefined is enough for a policy, and bounding formulas is dear: they are looked at a few at
    first, then in ever larger lots, as long as a policy is left of which nothing is known; of those that are written
    alike only one, unless it can be undefined.
    """
    defined: set[Hashable] = set()
    first, lot = 0, 16
    while first < len(leaves):
        new: dict[Hashable, _Leaf] = {}
        like_new: list[tuple[Hashable, _Leaf]] = []
        for one in leaves[first : first + lot]:
            if _is_noted(one[0], scope):
                continue
            alike = pattern(_roots(*one))
            if alike in new:
                like_new.append((alike, one))
            elif alike not in defined:
                new[alike] = one
        open_ = _undefined(tuple(new.values()), scope)
        defined |= {alike for alike, (leaf, _) in new.items() if leaf.path not in open_}
        _undefined(
            tuple(one for alike, one in like_new if alike not in defined and not _is_noted(one[0], scope)),
            scope,
        )
        first, lot = first + lot, 4 * lot


def _undefined(leaves: tuple[_Leaf, ...], scope: Scope) -> set[str]:
    """Note the policies for *undefined* that these leaves need; the paths of those that can be undefined."""
    analysis = analyse(tuple(root for leaf, gates in leaves for root in _roots(leaf, gates)))
    open_: set[str] = set()
    for leaf, gates in leaves:
        # A score that is read is undefined where its own formula is, and that one is looked at by itself.
        culprits = [
            culprit.span or root.span
            for root in _roots(leaf, gates)
            for culprit in analysis.of(root).undefined_by
            if not isinstance(culprit, n.Score)
        ]
        if culprits:
            open_.add(leaf.path)
        place = next((span for span in culprits if span is not None), None)
        if place is not None:
            _need(leaf, "undefined", place, scope)
    return open_


def _is_noted(leaf: ScoreNode, scope: Scope) -> bool:
    """Whether the policy of a leaf for *undefined*, or that there is none, has been noted already."""
    policy = leaf.policies.get("undefined")
    return "undefined" in scope.used_policies if policy is None else id(policy) in scope.acting


_Leaf = tuple[ScoreNode, tuple[Exemption, ...]]


def _leaves(node: ScoreNode, above: tuple[Exemption, ...] = ()) -> Iterator[_Leaf]:
    gates = (*above, *node.exemptions)
    if not node.children and node.formula is not None:
        yield node, gates
    for child in node.children:
        yield from _leaves(child, gates)


def _kinds(tree: ScoreNode) -> Iterator[_Leaf]:
    """The leaves, but of those that are written alike, with the same exemptions, only the first: they need the same."""
    seen: set[Hashable] = set()
    for leaf, gates in _leaves(tree):
        kind = (leaf.alike, gates)
        if leaf.alike is None or kind not in seen:
            seen.add(kind)
            yield leaf, gates


def _roots(leaf: ScoreNode, gates: tuple[Exemption, ...]) -> tuple[n.Node, ...]:
    conditions = tuple(gate.condition for gate in gates if gate.condition is not None)
    return conditions if leaf.formula is None else (leaf.formula, *conditions)


def _need(leaf: ScoreNode, key: str, span: Span, scope: Scope) -> None:
    policy = leaf.policies.get(key)
    if policy is None:
        scope.used_policies.setdefault(key, span)
    else:
        scope.acting.add(id(policy))


def _has_outsiders(rank: n.Rank) -> bool:
    """Whether the places of a rank leave out regions whose figures are estimated outside statistics."""
    return any(
        isinstance(node, n.Frame) and node.name == ESTIMATE_OUTSIDE for node, _ in order((rank.keys[0][0],))
    )


def _peers(leaf: ScoreNode, gates: tuple[Exemption, ...]) -> Iterator[bool]:
    """For each disposal of a leaf, whether it looks at peers."""
    for then in (*(policy.then for policy in leaf.policies.values()), *(gate.then for gate in gates)):
        yield any(step.within is not None for step in _chain(then))


def _counts_estimates(value: n.Node, place: Span, scope: Scope) -> None:
    """Report an estimate that a statistic meets although it is not said whether statistics count it."""
    if not scope.estimates_unsaid:
        return
    for node, _ in order((value,)):
        frame = scope.estimates_unsaid.pop(id(node), None)
        if frame is not None and frame.span is not None:
            scope.report(
                "no-estimate-field-rule",
                Text(
                    en="a statistic over regions reads this estimate, and whether it counts there is not stated",
                    zh="地区间统计会用到此估算值，但未说明是否计入统计",
                ),
                frame.span,
                also=((place, Text(en="read here", zh="在此使用")),),
                help=Text(
                    en="add `, in statistics` or `, outside statistics`",
                    zh="添加 `，计入统计` 或 `，不计入统计`",
                ),
            )


def _is_read(node: n.Node) -> TypeGuard[n.Rank]:
    """Whether a node is a place that its region reads; one that also tells equal values apart picks members of a statistic."""
    return isinstance(node, n.Rank) and node.ties != "order"


def _is_ranked(references: tuple[Group, ...], gates: tuple[Exemption, ...]) -> bool:
    """Whether a reference subject comes to the formula, which is not so where its group is exempt without condition."""
    exempt = {name for gate in gates if gate.condition is None for name in gate.groups}
    return any(group.name not in exempt for group in references)


def check_acting(tree: ScoreNode, scope: Scope) -> None:
    """Warn of policies that nothing meets, and of peers within a group that has one region."""
    leaves = tuple(_leaves(tree))
    taken = {id(leaf.policies[key]) for leaf, _ in leaves for key in leaf.policies}
    for policy in scope.nested:
        if id(policy) not in scope.acting:
            _never(policy, scope)
    for policy in scope.stated.values() if leaves else ():
        if policy.key in VALUED_POLICIES and id(policy) not in (taken | scope.acting):
            _never(policy, scope)
    alone = [group for group in scope.groups if len(group.members) == 1 and not group.reference]
    found: dict[int, tuple[Disposal, Span]] = {}
    for leaf, gates in leaves:
        for policy in leaf.policies.values():
            if policy.span is not None and id(policy) in scope.acting:
                found.setdefault(id(policy), (policy.then, policy.span))
        for gate in gates:
            found.setdefault(id(gate), (gate.then, gate.span))
    for then, span in found.values() if alone else ():
        if any(step.within == "group" for step in _chain(then)):
            _alone(alone[0], span, scope)


def check_open_limits(tree: ScoreNode, stated: tuple[Limit | Veto | Grade | Mark, ...], scope: Scope) -> None:
    """Warn of limits, vetoes and conditions of grades and marks on a score that may be left out: where it is, they are undecided, and so is the grade or mark.

    Where a score that blocks the whole is absent there is no grade in any case; a condition that asks whether the score
    is absent has decided.
    """
    asking = [(one.condition, one.span) for one in stated if one.condition is not None]
    if not asking:
        return
    left_out = {path for child in tree.children for path in _left_out(child, tree.exemptions)}
    for condition, span in asking:
        nodes = [node for node, _ in order((condition,))]
        _check_earlier(nodes, span, scope)
        asked = {
            node.value.path
            for node in nodes
            if isinstance(node, n.IsAbsent) and isinstance(node.value, n.Score)
        }
        read = (node for node in nodes if isinstance(node, n.Score))
        open_ = next((node for node in read if node.path in left_out - asked), None)
        if open_ is None:
            continue
        shown = open_.path
        scope.report(
            "limit-may-be-open",
            Text(
                en=f"`{shown}` may be left out, and then it is open whether this condition holds",
                zh=f"`{shown}` 可能不计分，届时此项条件无法判定",
            ),
            open_.span or span,
            help=Text(
                en=f"say what then: `absent {shown} or …` to let it hold, `not absent {shown} and …` to let it not",
                zh=f"写明届时如何：`缺值 {shown} 或 …` 表示条件成立，`非 缺值 {shown} 且 …` 表示不成立",
            ),
        )


def _check_earlier(nodes: list[n.Node], span: Span, scope: Scope) -> None:
    """Report a condition that reads a grade, place or mark of another year and does not say what holds without one."""
    asked = {
        (one.value.value.path, one.value.periods)
        for one in nodes
        if isinstance(one, n.IsAbsent)
        and isinstance(one.value, n.Shift)
        and isinstance(one.value.value, n.Score)
    }
    for node in nodes:
        if not isinstance(node, n.Shift) or not isinstance(node.value, n.Score):
            continue
        read = node.value
        standing = read.path == n.GRADE or read.reading in ("rank", "bottom", "mark")
        if not standing or (read.path, node.periods) in asked:
            continue
        words = f"{' '.join(read.span.text.split())}[{node.periods}]" if read.span is not None else read.path
        scope.report(
            "no-rule-without-earlier",
            Text(
                en=f"a region may have no `{words}`, and it is not stated whether this condition then holds",
                zh=f"地区可能没有 `{words}`，未写明届时此项条件是否成立",
            ),
            read.span or span,
            help=Text(
                en=f"write `absent {words} or …` to let it hold, `not absent {words} and …` to let it not",
                zh=f"请写 `缺值 {words} 或 …`（届时成立）或 `非 缺值 {words} 且 …`（届时不成立）",
            ),
        )
        return


def _left_out(node: ScoreNode, above: tuple[Exemption, ...]) -> Iterator[str]:
    """The paths of a node and of those below it, as far as all of their points may be passed on."""
    if _may_be_left_out(node, above):
        yield node.path
    for child in node.children:
        yield from _left_out(child, (*above, *node.exemptions))


def _may_be_left_out(node: ScoreNode, above: tuple[Exemption, ...]) -> bool:
    """Whether a policy or an exemption may pass all of a node's points on."""
    gates = (*above, *node.exemptions)
    if node.children:
        return all(_may_be_left_out(child, gates) for child in node.children)
    if any(gate.then.rescales for gate in gates):
        return True
    reads = node.formula is not None and any(isinstance(each, n.Input) for each, _ in order((node.formula,)))
    return reads and any(
        policy.then.rescales for key, policy in node.policies.items() if key in ("missing", "not applicable")
    )


def _chain(then: Disposal) -> Iterator[Disposal]:
    yield then
    if then.otherwise is not None:
        yield from _chain(then.otherwise)


def _never(policy: Policy, scope: Scope) -> None:
    if policy.span is None or any(found.severity is Severity.ERROR for found in scope.diagnostics):
        return  # a score with a mistake in it may be the one that comes to the policy
    text = policy.text
    scope.report(
        "policy-never-acts",
        Text(en=f"nothing that is scored here comes to `{text.en}`", zh=f"此处的计分不会用到 `{text.zh}`"),
        policy.span,
        help=Text(en="leave it out", zh="可删去"),
    )


def _alone(group: Group, span: Span, scope: Scope) -> None:
    scope.report(
        "peer-group-of-one",
        Text(
            en=f"the group `{group.name}` has one region, which has no peers within it",
            zh=f"组别 `{group.name}` 只有一个地区，组内没有同类",
        ),
        span,
        also=((name_place(group.span, group.name), Text(en="the group is here", zh="组别在此")),),
        help=Text(
            en="take the peers within all, or be sure that `otherwise` says what is meant",
            zh="改为范围 `全部`，或确认 `否则` 之后所写即为本意",
        ),
    )
