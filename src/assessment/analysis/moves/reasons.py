"""Why effects are not there."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.analysis.moves.model import Order, Run, RunKey, State
from assessment.diagnostics.bilingual import Text


def reasons(
    found: Mapping[RunKey, State | None], runs: Mapping[RunKey, Run], order: Order
) -> tuple[Text, ...]:
    """Why effects are not there: the runs that are needed and have no score for the region."""
    needed: list[RunKey] = [("old", "old"), ("new", "new")]
    needed += [("new", "old")] if order != "data first" else []
    needed += [("old", "new")] if order != "rules first" else []
    said = []
    for key in needed:
        state = found[key]
        if state is not None and state.total is not None:
            continue
        run = _NAMES[key]
        if runs[key].outcome is None:
            why = _message(runs[key])
            more = len(runs[key].refused) - 1
            tail = Text(en=f" (and {more} more)", zh=f"（另有 {more} 处）") if more > 0 else Text.same("")
            said.append(
                Text(
                    en=f"{run.en} cannot be scored: {why.en}{tail.en}",
                    zh=f"{run.zh}无法计分：{why.zh}{tail.zh}",
                )
            )
        elif state is None:
            said.append(Text(en=f"{run.en} have no such region", zh=f"{run.zh}中没有这个地区"))
        else:
            said.append(Text(en=f"{run.en} give no total", zh=f"{run.zh}没有总分"))
    return tuple(said)


def _message(run: Run) -> Text:
    """Why a run was refused, in the words of the first finding."""
    return run.refused[0].message_text if run.refused else Text(en="it failed", zh="无法计算")


_NAMES: Mapping[RunKey, Text] = {
    ("old", "old"): Text(en="the old rules on the old data", zh="原规则、原数据"),
    ("new", "old"): Text(en="the new rules on the old data", zh="新规则、原数据"),
    ("old", "new"): Text(en="the old rules on the new data", zh="原规则、新数据"),
    ("new", "new"): Text(en="the new rules on the new data", zh="新规则、新数据"),
}
