"""What the file says and no score depends on; and when its parts are in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison
from assessment.analysis.diff.making import NOWHERE, change
from assessment.diagnostics.bilingual import Text
from assessment.semantics.wording import called


def statements(compared: Comparison) -> Iterator[Change]:
    """Assumptions, what is left out, allowances, examples; and the years in which parts are in force."""
    old, new = compared.old, compared.new
    lists = (
        ("assumption", Text(en="assumption", zh="假定"), old.assumptions, new.assumptions),
        ("left out", Text(en="left out", zh="未纳入"), old.left_out, new.left_out),
        (
            "allowance",
            Text(en="allowed finding", zh="准许的提示"),
            tuple(x.text.zh for x in old.allowances),
            tuple(x.text.zh for x in new.allowances),
        ),
    )
    for topic, what, before, after in lists:
        for text in dict.fromkeys(after):
            if text not in before:
                yield change(topic, "", what, NOWHERE, None, shown.quoted(text), "words", "added")
        for text in dict.fromkeys(before):
            if text not in after:
                yield change(topic, "", what, NOWHERE, shown.quoted(text), None, "words", "removed")
    # What an example gives is text as it was written, in the words of its language.
    if old.language == new.language and compared.same.key(old.examples) != compared.same.key(new.examples):
        yield change(
            "examples",
            "",
            NOWHERE,
            Text(en="examples in the file", zh="文件内的示例"),
            None,
            None,
            "words",
        )
    for before_one, after_one in _by_path(old.dormant, new.dormant):
        one = after_one or before_one
        yield change(
            "in force",
            one.path,
            called(one.path),
            Text(en="in force", zh="施行年度"),
            Text(en="always", zh="每年") if before_one is None else before_one.years,
            Text(en="always", zh="每年") if after_one is None else after_one.years,
        )


def _by_path(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Parts that are in force in some years only, where their years differ."""
    before, after = {one.path: one for one in old}, {one.path: one for one in new}
    both = dict.fromkeys((*after, *before))
    return [(before.get(x), after.get(x)) for x in both if before.get(x) != after.get(x)]
