"""The values that an amendment says were there, held against those that stand in the amended file."""

from __future__ import annotations

from assessment.amending.identity import Path, called
from assessment.amending.lookup import HERE, Amended, head
from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.syntax import ast

__all__ = ["check_size", "check_target", "check_title"]


def check_size(one: ast.ChangeSize, path: Path, amended: Amended) -> bool:
    """Whether what stands at a path can have the new size; another old size than the stated one is reported."""
    node = amended.at(path)
    if isinstance(node, ast.Adjustment):
        amended.edits.report(
            "amendment-unmatched",
            Text(
                en=f"{called(one.of).en if one.of else ''} has no points of its own",
                zh="加分、扣分没有分值",
            ),
            one.span,
            help=Text(en="replace it as a whole: `replace bonus …`", zh="请整体替换：`替换 加分 …`"),
        )
        return False
    wrong = next((each for each in (one.old, one.new) if each is not None and each.unit == "%"), None)
    if one.kind == "points" and wrong is not None:
        amended.edits.report(
            "kind-mismatch",
            Text(en="points must stand here", zh="此处应为分值"),
            wrong.span,
            help=Text(en="write for instance `to 5 points`", zh="例如写 `为 5 分`"),
        )
        return False
    old = _stated_size(node, one.kind)
    if one.old is not None and (old is None or not _same_size(one.old, old)):
        _differs(one.old, old, node.span, amended)
    return True


def check_title(one: ast.ChangeTitle, path: Path, amended: Amended) -> None:
    """Report another title than the one that was stated."""
    old, node = one.old, amended.at(path)
    title = getattr(node, "title", None)
    if old is not None and old.text != title:
        there = Text.same(f"“{title}”") if title else Text(en="no title", zh="没有名称")
        amended.edits.report(
            "amendment-value-differs",
            Text(en="the title in the amended file is another one", zh="所修订文件中的名称与此不同"),
            old.span,
            also=((head(node), there),),
            help=Text(en="state the title that stands there", zh="请写明原文件中的名称"),
        )


def check_target(entry: ast.ChangedTarget, node: ast.Targets, amended: Amended) -> None:
    """Report another target of a year than the one that was stated."""
    stands = next((each.value for each in node.entries if each.year == entry.year), None)
    if entry.old is not None and (
        stands is None or (stands.value, stands.unit) != (entry.old.value, entry.old.unit)
    ):
        _differs(entry.old, stands, node.span, amended)


def _differs(old: ast.Literal, stands: ast.Literal | None, node: Span, amended: Amended) -> None:
    there = node if stands is None else stands.span
    shown = Text(en="nothing", zh="未写明") if stands is None else Text.same(f"`{stands.span.text}`")
    amended.edits.report(
        "amendment-value-differs",
        Text(
            en=f"the old value is not `{old.span.text}`: in the amended file stands {shown.en}",
            zh=f"原值不是 `{old.span.text}`：所修订文件中为 {shown.zh}",
        ),
        old.span,
        also=((there, HERE),),
        help=Text(
            en=f"write {shown.en} behind `from`, or amend another file",
            zh=f"请在 `由` 后写 {shown.zh}，或核对所修订的文件",
        ),
    )


def _stated_size(node: ast.Statement, kind: str) -> ast.Literal | None:
    if isinstance(node, ast.Total):
        return node.points
    size = getattr(node, "size", None)
    if not isinstance(size, ast.Size):
        return None
    return size.weight if kind == "weight" else size.points


def _same_size(old: ast.Literal, stands: ast.Literal) -> bool:
    plain = (None, "points")
    return old.value == stands.value and (old.unit == stands.unit or {old.unit, stands.unit} <= set(plain))
