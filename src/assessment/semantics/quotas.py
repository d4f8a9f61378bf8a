"""How many regions may earn a grade or a mark: a share of a field or a number, with the rounding, who is chosen, and the rule for ties at the line."""

from __future__ import annotations

from fractions import Fraction

from assessment.core import nodes as n
from assessment.diagnostics.bilingual import Text
from assessment.number import Mode, exact_text, round_exact
from assessment.semantics.model import Quota
from assessment.semantics.ranking import rank_keys
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import GROUP
from assessment.syntax import ast

__all__ = ["quota"]


def quota(stated: ast.Quota, earned: str, scope: Scope, *, chosen: bool = False) -> Quota | None:
    """The quota of what is `earned`; None where something it needs is not stated or makes no sense, which is reported.

    With `chosen` it must say by what the regions are chosen, which is the total otherwise.
    """
    share = stated.size.unit == "%"
    size = stated.size.value / 100 if share else stated.size.value
    right = _is_size(size, stated, scope)
    right = _is_rounded(stated, scope) and right
    right = _decides_ties(stated, scope) and right
    right = (not chosen or _says_who(stated, scope)) and right
    within = _field(stated, scope)
    by = _by(stated, scope)
    if not right or stated.ties is None or within is None or by is None:
        return None
    found = Quota(
        size=size,
        share=share,
        within="group" if within == "group" else "all",
        group=None if within in ("group", "all") else within,
        by=by,
        mode=None if stated.mode is None else Mode(stated.mode),
        ties="in" if stated.ties == "in" else "out",
        ordered=stated.ordered,
        span=stated.span,
    )
    _warn_of_nobody(found, earned, scope)
    return found


def _says_who(stated: ast.Quota, scope: Scope) -> bool:
    if stated.by or stated.ordered:
        return True
    scope.report(
        "missing-statement",
        Text(en="it is not stated by what the regions are chosen", zh="未约定按什么择优"),
        stated.span,
        help=Text(
            en="add for instance `by total`, `by x lowest first`, or `in order` for the order of the ranks",
            zh="请添加 `按 总分`、`按 x 从低到高`，或以 `按先后` 表示按名次的先后",
        ),
    )
    return False


def _field(stated: ast.Quota, scope: Scope) -> str | None:
    """`group`, `all`, or the name of a group; None once it is reported that there is no such group."""
    name = stated.within.name
    if name in ("group", "all"):
        return name
    groups = {fold(group.name): group.name for group in scope.groups}
    found = groups.get(fold(name))
    if found is None:
        scope.unknown("unknown-group", name, stated.within.span, ["group", "all", *groups.values()], GROUP)
    return found


def _by(stated: ast.Quota, scope: Scope) -> tuple[tuple[n.Node, bool], ...] | None:
    """What decides who gets a place; None once a fault of it is reported."""
    scope.comparing = True
    known = rank_keys(stated.by, scope) or ()
    scope.comparing = False
    return known if len(known) == len(stated.by) else None


def _is_size(size: Fraction, stated: ast.Quota, scope: Scope) -> bool:
    share = stated.size.unit == "%"
    if size > 0 and (size < 1 if share else size.denominator == 1):
        return True
    written = exact_text(stated.size.value)
    scope.report(
        "quota-out-of-range",
        Text(
            en=f"{written} % of the regions is no quota" if share else f"{written} is no number of regions",
            zh=f"{written}% 不能作为名额比例" if share else f"{written} 不能作为名额",
        ),
        stated.size.span,
        help=Text(
            en="write a share above 0 % and below 100 %, or a whole number from 1",
            zh="请写大于 0%、小于 100% 的比例，或不小于 1 的整数",
        ),
    )
    return False


def _is_rounded(stated: ast.Quota, scope: Scope) -> bool:
    share = stated.size.unit == "%"
    if share is (stated.mode is not None):
        return True
    if share:
        scope.report(
            "quota-not-rounded",
            Text(
                en="it is not stated how this share of the regions becomes a whole number",
                zh="未约定按比例算出的名额如何取整",
            ),
            stated.span,
            help=Text(
                en="add the rounding, as in `(half-up, ties in)`; of 8 regions 30 % are 2.4",
                zh="请写明取整方式，如 `（四舍五入，同分同进）`；8 个地区的 30% 是 2.4 个",
            ),
        )
    else:
        scope.report(
            "quota-not-rounded",
            Text(en="a number of regions is not rounded", zh="名额已是整数，无须取整"),
            stated.span,
            help=Text(en="leave the rounding out", zh="请删除取整方式"),
        )
    return False


def _decides_ties(stated: ast.Quota, scope: Scope) -> bool:
    if stated.ties is None:
        scope.report(
            "no-tie-rule",
            Text(
                en="it is not stated what becomes of regions that are equal at the line of the quota",
                zh="未约定名额线上同分的地区如何处理",
            ),
            stated.span,
            help=Text(
                en="add `ties in` (all of them come in) or `ties out` (none does), and `in order` where the order of the ranks decides before",
                zh="请添加 `同分同进` 或 `同分不进`；先按名次的先后顺序比较的，再加 `按先后`",
            ),
        )
        return False
    if stated.ordered and not scope.ranked:
        scope.report(
            "missing-statement",
            Text(
                en="the order of the ranks shall decide, and the file ranks nobody",
                zh="规则不排名，无从按先后取舍",
            ),
            stated.span,
            help=Text(
                en="add `rank within …; order …`, or leave `in order` out",
                zh="请添加 `名次 …；先后 …`，或删除 `按先后`",
            ),
        )
        return False
    return True


def _warn_of_nobody(found: Quota, earned: str, scope: Scope) -> None:
    """Warn of a share so small that nobody in a group can earn what the quota is for, and of a group that has no places."""
    reference = next((one for one in scope.groups if one.reference and one.name == found.group), None)
    if reference is not None:
        scope.report(
            "quota-for-nobody",
            Text(
                en=f"nobody can be `{earned}`: reference subjects such as those of `{reference.name}` have no places",
                zh=f"没有地区能评为 `{earned}`：`{reference.name}` 等参照对象不占名额",
            ),
            found.span,
            also=((reference.span, Text(en="the group is here", zh="组别在此")),),
            help=Text(en="name another group, or `all`", zh="请写其他组别，或写 `全部`"),
        )
    if found.mode is None or (found.within != "group" and found.group is None):
        return
    for group in scope.groups:
        count = len(group.members)
        if group.reference or not count or found.group not in (None, group.name):
            continue
        places = round_exact(found.size * count, 0, found.mode)
        if places == 0:
            exactly = exact_text(found.size * count)
            scope.report(
                "quota-for-nobody",
                Text(
                    en=f"of the {count} regions of `{group.name}` nobody can be `{earned}`: {exactly} is rounded to 0",
                    zh=f"`{group.name}` 的 {count} 个地区都不能评为 `{earned}`：{exactly} 取整为 0",
                ),
                found.span,
                also=((group.span, Text(en="the group is here", zh="组别在此")),),
                help=Text(
                    en="round up, take the share of all, or say why with `allow quota-for-nobody`",
                    zh="可改为进位或改按全部地区计算，或用 `准许 quota-for-nobody` 说明理由",
                ),
            )
