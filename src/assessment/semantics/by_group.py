"""Points that differ by group of regions: what is stated for each, and that what stands above and below fits for each.

An item that a group does not have (`none`) is not on its sheet: it does not apply there, and has no points that could be
passed on. What would need one figure for all groups (a cap in points, points that a formula gives) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.model import RESCALE, Disposal, Exemption, ScoreNode
from assessment.semantics.scope import Scope, fold
from assessment.semantics.wording import FIRST, GROUP, listed
from assessment.syntax import ast

__all__ = [
    "BY_COUNT",
    "GIVES_POINTS",
    "GIVE_A_RATE",
    "IN_POINTS",
    "IN_SHARES",
    "LEAVE_OUT",
    "PLAIN",
    "SHARE",
    "WEIGHED",
    "WHOLE",
    "ByGroup",
    "check_one_figure",
    "in_proportion",
    "points_by_group",
    "sums_by_group",
    "without_points",
]

# What would need one figure for all groups, and what to write instead.
WHOLE = Text(
    en="points differ by group here, and the smallest or largest is taken for the whole above",
    zh="此处分值因组别而异，而取高或取低后代表上级的全部分值",
)
LEAVE_OUT = Text(en="leave the size out", zh="不写分值")
IN_POINTS = Text(
    en="this end is in points, and the points differ by group", zh="此处以分为单位，而分值因组别而异"
)
IN_SHARES = Text(
    en="write it as a share of the points, for instance `120 %`", zh="请写分值的百分比，例如 `120 %`"
)
SHARE = Text(en="this is a share of points that differ by group", zh="此处为分值的百分比，而分值因组别而异")
PLAIN = Text(en="write it in points, for instance `2 points`", zh="请写分值，例如 `2 分`")
GIVES_POINTS = Text(
    en="this gives points, and the points to be had differ by group",
    zh="此处结果为分值，而可得分值因组别而异",
)
GIVE_A_RATE = Text(
    en="give a rate of full marks, for instance `80 %` in the rows of a table",
    zh="请以得分率计，例如表中各行写 `80 %`",
)
WEIGHED = Text(
    en="this weighs by points, and points below it differ by group", zh="此处按分值加权，而下级分值因组别而异"
)
BY_COUNT = Text(en="write `by count`", zh="请写 `按项数`")

ByGroup = Mapping[str, Fraction | None]
"""The points of each group; None where the item is not on its sheet. Empty where points are the same for all."""


def points_by_group(size: ast.Size, scope: Scope) -> ByGroup:
    """The points that are stated for each group; empty once something wrong is reported."""
    names = {fold(group.name): group.name for group in scope.groups}
    found: dict[str, Fraction | None] = {}
    first: dict[str, Span] = {}
    sound = True
    for entry in size.by_group:
        key = fold(entry.group.name)
        if key not in names:
            scope.unknown("unknown-group", entry.group.name, entry.group.span, names.values(), GROUP)
            sound = False
        elif key in first:
            scope.report(
                "duplicate-statement",
                Text(en=f"`{names[key]}` stands here twice", zh=f"`{names[key]}` 写了两次"),
                entry.span,
                also=((first[key], FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            sound = False
        else:
            first[key] = entry.span
            sound = _is_size(entry, scope) and sound
            found[names[key]] = None if entry.value is None else entry.value.value
    lacking = [name for name in names.values() if name not in found]
    if not sound:
        return {}
    if lacking:
        _lacking(size, lacking, scope)
        return {}
    if all(value is None for value in found.values()):
        scope.report(
            "weight-missing",
            Text(en="this has points for no group", zh="任何组别都没有分值"),
            size.span,
            help=Text(en="leave the item out, or give it points", zh="删去此项，或写明分值"),
        )
        return {}
    return {name: found[name] for name in names.values()}


def _is_size(entry: ast.GroupEntry, scope: Scope) -> bool:
    value = entry.value
    if value is None:
        return True
    name = entry.group.span.text
    if value.unit not in (None, "points"):
        scope.report(
            "kind-mismatch",
            Text(en="points must stand here", zh="此处应为分值"),
            value.span,
            help=Text(en=f"write `{name}: 5 points`", zh=f"例如写 `{name}：5 分`"),
        )
        return False
    if value.value <= 0:
        scope.report(
            "weight-missing",
            Text(en="the points must be above 0", zh="分值须大于 0"),
            value.span,
            help=Text(
                en=f"write `{name}: none` where the item is not on the sheet of this group; "
                "an item without points, but to be shown, is a further `result`",
                zh=f"该组别不考核此项时请写 `{name}：无`；只列示而不计分的项目请另写 `结果`",
            ),
        )
        return False
    return True


def _lacking(size: ast.Size, lacking: list[str], scope: Scope) -> None:
    names = listed(lacking)
    scope.report(
        "no-size-for-group",
        Text(en=f"nothing is stated for {names.en}", zh=f"未规定 {names.zh} 的分值"),
        size.span,
        help=Text(
            en=f"add `{lacking[0]}: 5 points`, or `{lacking[0]}: none` where the item is not on its sheet",
            zh=f"添加 `{lacking[0]}：5 分`；不考核此项的写 `{lacking[0]}：无`",
        ),
    )


def in_proportion(above: ByGroup, share: Fraction) -> ByGroup:
    """The points of what has this share in something whose points differ by group."""
    return {name: None if points is None else points * share for name, points in above.items()}


def without_points(size: ast.Size | None, by_group: ByGroup, scope: Scope) -> tuple[Exemption, ...]:
    """That an item does not apply to the groups that do not have it on their sheets."""
    if size is None or not size.by_group:
        return ()
    titles = {group.name: group.title or group.name for group in scope.groups}
    spans = {fold(entry.group.name): entry.span for entry in size.by_group}
    return tuple(
        Exemption(
            groups=(name,),
            condition=None,
            then=Disposal(value=RESCALE),
            text=spans[fold(name)].text,
            words=Text(en=f"points by group, {titles[name]}: none", zh=f"分值按组别，{titles[name]}：无"),
            without_points=True,
            span=spans[fold(name)],
        )
        for name, points in by_group.items()
        if points is None
    )


def sums_by_group(
    whole: Callable[[str], Fraction | None],
    children: Iterable[ScoreNode],
    groups: Iterable[str],
) -> dict[tuple[Fraction, tuple[Fraction, ...]], list[str]]:
    """The groups by what is stated for the whole and for each child of it, where the two do not fit.

    Below an item that a group does not have, only what is stated for that very group counts against it.
    """
    nodes = tuple(children)
    found: dict[tuple[Fraction, tuple[Fraction, ...]], list[str]] = {}
    for name in groups:
        stated = whole(name)
        parts = tuple(
            Fraction(0) if stated is None and not node.by_group else node.points_of(name) or Fraction(0)
            for node in nodes
        )
        if sum(parts, Fraction(0)) != (stated or Fraction(0)):
            found.setdefault((stated or Fraction(0), parts), []).append(name)
    return found


def check_one_figure(what: Text, place: Span, size: Span | None, help_: Text, scope: Scope) -> None:
    """Report what would need one figure for all groups where points differ by group."""
    scope.report(
        "points-by-group",
        what,
        place,
        also=()
        if size is None
        else ((size, Text(en="the points differ by group", zh="此处分值因组别而异")),),
        help=help_,
    )
