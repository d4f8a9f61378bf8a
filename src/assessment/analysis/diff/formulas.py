"""Two formulas: where they differ, or what they read where their words are the same."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.analysis.change import Action, Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import change
from assessment.analysis.diff.values import pieces, values
from assessment.analysis.expressions import differing, in_both, same_expression
from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text

_MOST_VALUES = 4


def parts(
    compared: Comparison,
    topic: str,
    path: str,
    place: Text,
    before: n.Node | None,
    after: n.Node | None,
    old: str,
    new: str,
) -> Iterator[Change]:
    """Where two formulas differ: in arguments or rows of one method, or as a whole; or in what they read."""
    score = Text(en="score", zh="计分") if topic == "formula" else Text(en="formula", zh="公式")
    if same_expression(old, new):
        yield from _read(compared, topic, path, place, before, after)
        return
    parts = differing(old, new)
    frames = (_call_frame(before), _call_frame(after))
    told = [] if parts is None else [p for p in parts if not _same_argument(compared, p.key, *frames)]
    if not told:
        yield change(topic, path, place, score, in_both(old), in_both(new))
        return
    method = _method_of(new)
    for part in told:
        action: Action = "added" if part.old is None else "removed" if part.new is None else "changed"
        yield change(
            part.topic,
            path,
            place,
            Text(en=f"{part.name.en} of `{method.en}`", zh=f"“{method.zh}”的{part.name.zh}"),
            part.old,
            part.new,
            "scores",
            action,
        )


def _same_argument(compared: Comparison, name: str, before: n.Frame | None, after: n.Frame | None) -> bool:
    if before is None or after is None:
        return False
    key = name.strip("`")
    mine, theirs = (
        [compared.same.node(one.node) for one in frame.arguments if one.name == key]
        for frame in (before, after)
    )
    return bool(mine) and mine == theirs


def _read(
    compared: Comparison, topic: str, path: str, place: Text, before: n.Node | None, after: n.Node | None
) -> Iterator[Change]:
    """What a formula with the same words reads, where that differs and is not told already."""
    if before is None or after is None:
        return
    if compared.closed is not None and compared.closed.node(before) == compared.closed.node(after):
        return
    found = list(values(before, after))
    if (
        compared.told_units
        and _input_names(before) & compared.told_units
        and all(isinstance(a, n.Const) for a, _ in found)
    ):
        return
    for mine, theirs in found[:_MOST_VALUES]:
        for value, (old, new) in pieces(mine, theirs, compared.titles):
            yield change(
                "value",
                path,
                place,
                Text(en=f"a value that it reads{value.en}", zh=f"所取的值{value.zh}"),
                old,
                new,
            )
    if not found:
        yield change(topic, path, place, Text(en="what its formula reads", zh="公式所取的内容"), None, None)


def written(node: n.Node) -> str:
    """The text of the formula behind a measure or a result."""
    match node:
        case n.Frame(text=text) if text and node.role != "score":
            return text
        case _:
            return "" if node.span is None else node.span.text


def _input_names(node: n.Node) -> set[str]:
    return {one.reported_as for one, _ in order((node,)) if isinstance(one, n.Input)}


def _call_frame(node: n.Node | None) -> n.Frame | None:
    """The frame of the outermost call of a formula."""
    while isinstance(node, n.Frame):
        if node.role == "call":
            return node
        node = node.node
    return None


def _method_of(text: str) -> Text:
    whole = in_both(text)
    return Text(en=_before_bracket(whole.en), zh=_before_bracket(whole.zh))


def _before_bracket(text: str) -> str:
    for place, character in enumerate(text):
        if character in "(（{ ":
            return text[:place]
    return text
