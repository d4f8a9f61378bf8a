"""What is put in the place of a lacking figure."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import change
from assessment.analysis.sameness import graphs
from assessment.core import nodes as n
from assessment.core.walk import order
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import COUNTS_AS, ESTIMATE, ESTIMATE_OUTSIDE, CheckedRules

LACKING = frozenset({ESTIMATE, ESTIMATE_OUTSIDE, COUNTS_AS})


def lacking(compared: Comparison) -> Iterator[Change]:
    """What inputs put in the place of a lacking figure, and estimates."""
    before, after = _lacking_frames(compared.old), _lacking_frames(compared.new)
    after = {(kind, compared.renamed.get(name, name)): frame for (kind, name), frame in after.items()}
    for key in dict.fromkeys((*after, *before)):
        mine, theirs = before.get(key), after.get(key)
        if mine is None or theirs is None:
            read = {one.name for one in _inputs_read(compared.old if mine is None else compared.new)}
            if key[1] not in read:
                continue  # nothing reads the input on the other side, so nothing can be said
        elif compared.same.node(mine) == compared.same.node(theirs) and mine.name == theirs.name:
            continue
        compared.told_lacking.add(key[1])
        name = next((new for new, old in compared.renamed.items() if old == key[1]), key[1])
        yield change(
            "lacking",
            f"input {name}",
            Text(en=f"input {name}", zh=f"数据 {name}"),
            Text(en="where it is lacking", zh="缺失时"),
            _frame_words(mine),
            _frame_words(theirs),
        )


def frames(rules: CheckedRules) -> Iterator[n.Frame]:
    """The frames of the graphs."""
    for node, _ in order(tuple(graphs(rules))):
        if isinstance(node, n.Frame):
            yield node


def _inputs_read(rules: CheckedRules) -> Iterator[n.Input]:
    """The inputs that the graphs of rules read."""
    for node, _ in order(tuple(graphs(rules))):
        if isinstance(node, n.Input):
            yield node


def _lacking_frames(rules: CheckedRules) -> dict[tuple[str, str], n.Frame]:
    """The rules for lacking figures that formulas meet, by their kind and input."""
    found: dict[tuple[str, str], n.Frame] = {}
    for frame in frames(rules):
        name = input_below(frame) if frame.role == "policy" and frame.name in LACKING else None
        if name is not None:
            found.setdefault((COUNTS_AS if frame.name == COUNTS_AS else ESTIMATE, name), frame)
    return found


def input_below(frame: n.Frame) -> str | None:
    """The input whose lacking figures a rule replaces."""
    node: n.Node = frame
    while True:
        match node:
            case n.Frame(node=inner) | n.Recover(value=inner) | n.Shift(value=inner):
                node = inner
            case n.Input(name=name):
                return name
            case _:
                return None


def _frame_words(frame: n.Frame | None) -> Text:
    if frame is None:
        return shown.NOT_STATED
    return Text.same(frame.text) if frame.sentence is None else frame.sentence
