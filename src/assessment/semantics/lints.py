"""Findings that leave the meaning clear but show that something was probably forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.model import Quota, ScoreNode
from assessment.semantics.rounding import Readings
from assessment.semantics.scheme import Scheme
from assessment.semantics.scope import Scope, fold
from assessment.semantics.statements import Body
from assessment.semantics.traverse import name_place
from assessment.syntax import ast

__all__ = [
    "check_authority",
    "check_carried",
    "check_owners",
    "check_rescaled",
    "check_small_groups",
    "check_suppliers",
    "check_unused",
]

SMALL = 3
"""Regions below which a statistic of a group says little: of two, one is always the best."""


def check_unused(body: Body, scope: Scope) -> None:
    """Warn of inputs that no expression names; names in faulty expressions count, they are used as far as one can see."""
    read = {node.name for node in body.written(ast.Name)}
    used = {fold(name) for name in read} | {fold(targets.measure.name) for targets in body.all(ast.Targets)}
    # A name that nothing has was probably meant for the nearest input; that it is unused is a consequence.
    names = [one.name for one in body.all(ast.Input)] + [one.name for one in body.all(ast.Let)]
    parameters = {fold(node.name) for node in body.written(ast.Parameter)} | set(scope.tables)
    for unknown in sorted(used - {fold(name) for name in names} - parameters):
        meant = scope.nearest(unknown, names)
        if meant is not None:
            used.add(fold(meant))
    if scope.gave_up:
        return  # whatever is unused may be what one of the wrong names meant
    seen: set[str] = set()
    for stated in body.all(ast.Input):
        key = fold(stated.name)
        if key not in used and key not in seen:
            scope.report(
                "unused-input",
                Text(en=f"nothing uses the input `{stated.name}`", zh=f"数据 `{stated.name}` 未被使用"),
                stated.name_span,
                help=Text(en="use it or leave it out", zh="请使用或删除"),
            )
        seen.add(key)


def check_authority(body: Body, scheme: Scheme, head: Span, scope: Scope) -> None:
    """Warn of rules for points that do not say on which document they rest, and note documents that carry no number."""
    if not scheme.in_points:
        return
    stated = body.one(ast.Authority)
    if stated is None:
        scope.report(
            "no-authority",
            Text(en="it is not stated on which document these rules rest", zh="未注明规则所依据的文件"),
            head,
            help=Text(en="add `authority` with the number of the document", zh="添加 `依据` 和文号"),
        )
    elif not any(_NUMBER.search(document.text) for document in stated.documents):
        scope.report(
            "no-document-number",
            Text(
                en="the document on which these rules rest is cited without its number",
                zh="规则所依据的文件未写文号",
            ),
            stated.documents[0].span,
            help=Text(
                en="write its number or date behind its title; while there is none, say so with `allow no-document-number`",
                zh="请在文件名称后写明文号或日期；尚无文号的，用 `准许 no-document-number` 说明",
            ),
        )


_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百]")
"""What a number or a date of a document has in it, whatever its form: 〔2018〕61号, No. 7, 第三号."""


def check_suppliers(body: Body, scheme: Scheme, scope: Scope) -> None:
    """Warn of inputs that nobody supplies in a file of points that names the supplier of others.

    A file that names no supplier at all leaves that to other papers; one that forgot a few asks nobody for them.
    """
    inputs = body.all(ast.Input)
    supplied = {
        fold(stated.name): next((one for one in stated.attributes if isinstance(one, ast.From)), None)
        for stated in inputs
    }
    example = next((found for found in supplied.values() if found is not None), None)
    if not scheme.in_points or example is None:
        return
    for stated in inputs:
        if supplied[fold(stated.name)] is None:
            scope.report(
                "no-supplier",
                Text(
                    en=f"nobody is named who supplies the input `{stated.name}`",
                    zh=f"未注明数据 `{stated.name}` 由谁提供",
                ),
                stated.name_span,
                also=((example.span, Text(en="as it is of another here", zh="其他数据已注明")),),
                help=Text(en="add `from` with a department", zh="添加 `来源` 和部门"),
            )


def check_owners(body: Body, tree: ScoreNode, scheme: Scheme, scope: Scope) -> None:
    """Warn of indicators of points without a department or without a clause."""
    if not scheme.in_points:
        return
    stated = {found.span.start: found for found in body.within(ast.Indicator)}
    for node in tree.walk():
        if node.level != "indicator":
            continue
        found = stated[node.span.start]
        place = found.name_span
        if not node.departments and not any(isinstance(each, ast.Responsible) for each in found.body):
            scope.report(
                "no-owner",
                Text(
                    en=f"indicator {node.number} names no department", zh=f"指标 {node.number} 未注明责任部门"
                ),
                place,
                help=Text(en="add `by` with a department", zh="添加 `责任` 和部门"),
            )
        if node.clause is None:
            scope.report(
                "no-clause",
                Text(en=f"indicator {node.number} cites no clause", zh=f"指标 {node.number} 未注明出处"),
                place,
                help=Text(en="add `cite` with the document and the item", zh="添加 `出处` 和文件条目"),
            )


def check_rescaled(body: Body, tree: ScoreNode, scope: Scope) -> None:
    """Report rescaled values that are read where nothing is rescaled."""
    if any(node.rescale is not None for node in tree.walk()):
        return
    read: tuple[ast.Carry | ast.Compare, ...] = (*body.written(ast.Carry), *body.written(ast.Compare))
    for found in read:
        if found.value == "rescaled":
            scope.report(
                "missing-statement",
                Text(
                    en="rescaled values are read here, and nothing is rescaled",
                    zh="此处引用折算值，而规则没有折算",
                ),
                found.span,
                help=Text(
                    en="add `rescale to best within all` where scores are rescaled, or write `full`",
                    zh="在需要折算处添加 `最高分折算 范围 全部`，或改写 `原值`",
                ),
            )


def check_carried(tree: ScoreNode, read: Readings, body: Body, scope: Scope) -> None:
    """Warn of scores that are rescaled below the total where it is not said which of their two values the parent reads."""
    if any(stated.level is None for stated in body.all(ast.Carry)):
        return
    for node in tree.walk():
        rescaled = node.rescale
        if rescaled is None or node.level == "total" or node.carry is not None or node.level in read.carry_at:
            continue
        scope.report(
            "carry-not-stated",
            Text(
                en="this score has a rescaled value beside the full one, and it is not said which of them goes on",
                zh="此得分除原值外另有折算值，未写明上级取哪一个",
            ),
            rescaled.span,
            help=Text(
                en="add `carry rescaled`; with `carry full` the rescaled value is only published",
                zh="请添加 `结转 折算值`；写 `结转 原值` 则折算值仅供公布",
            ),
        )


def check_small_groups(tree: ScoreNode, quotas: Iterable[Quota], scope: Scope) -> None:
    """Warn of groups too small for bounds or a mean within them, and of a group of one under a quota; a rank stays what it is."""
    small = [group for group in scope.groups if not group.reference and 0 < len(group.members) < SMALL]
    if not small:
        return
    formulas = ((node, node.formula) for node in tree.walk() if node.formula is not None)
    leaf = next((formula.span or node.span for node, formula in formulas if _within_group(formula)), None)
    within = [quota for quota in quotas if quota.within == "group"]
    for group in small:
        alone = len(group.members) == 1
        quota = next((one for one in within if alone and one.group in (None, group.name)), None)
        place = leaf or (None if quota is None else quota.span)
        if place is None:
            continue
        count = f"{len(group.members)} region{'s' if len(group.members) > 1 else ''}"
        what = Text(en="statistic", zh="组内统计") if leaf is not None else Text(en="quota", zh="组内名额")
        scope.report(
            "small-group",
            Text(
                en=f"the group `{group.name}` has {count}, too few for a {what.en} within it",
                zh=f"组别 `{group.name}` 只有 {len(group.members)} 个地区，{what.zh}意义不大",
            ),
            name_place(group.span, group.name),
            also=((place, Text(en="used within groups here", zh="在此按组内计算")),),
            help=Text(
                en="compare over all regions, or join it with another group",
                zh="改为全部地区范围，或与其他组合并",
            ),
        )


def _within_group(formula: n.Node) -> bool:
    return any(isinstance(node, n.Aggregate) and node.over == "group" for node, _ in order((formula,)))
