"""What there is to reach in a rule file: one point for each rule that decides something."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Label, Span, diagnostic

__all__ = ["KINDS", "Key", "PointKind", "RulePoint", "key_of", "not_reached"]

PointKind = Literal[
    "method",
    "band",
    "entry",
    "policy",
    "exemption",
    "limit",
    "veto",
    "grade",
    "mark",
    "condition",
    "quota",
    "estimate",
    "ceiling",
    "floor",
]

KINDS: dict[PointKind, Text] = {
    "method": Text(en="methods", zh="计分方法"),
    "band": Text(en="bands and rows", zh="分档和各行"),
    "entry": Text(en="entries of checklists", zh="清单各项"),
    "policy": Text(en="policies", zh="约定"),
    "exemption": Text(en="exemptions", zh="不适用情形"),
    "limit": Text(en="limits", zh="限制"),
    "veto": Text(en="effects of vetoes", zh="否决的后果"),
    "grade": Text(en="grades", zh="等次"),
    "mark": Text(en="marks", zh="认定"),
    "condition": Text(en="conditions of grades", zh="等次的条件"),
    "quota": Text(en="quotas", zh="名额"),
    "estimate": Text(en="estimates", zh="估算"),
    "ceiling": Text(en="caps", zh="上限"),
    "floor": Text(en="floors", zh="下限"),
}
"""What the kinds of rules are called, in the order of reports."""

_ONE: dict[PointKind, Text] = {
    "method": Text(en="the method", zh="计分方法"),
    "band": Text(en="the band", zh="分档"),
    "entry": Text(en="the entry", zh="清单项"),
    "policy": Text(en="the policy", zh="约定"),
    "exemption": Text(en="the exemption", zh="不适用情形"),
    "limit": Text(en="the limit", zh="限制"),
    "veto": Text(en="the effect of a veto", zh="否决的后果"),
    "grade": Text(en="the grade", zh="等次"),
    "mark": Text(en="the mark", zh="认定"),
    "condition": Text(en="the condition of", zh="等次的条件"),
    "quota": Text(en="the quota", zh="名额"),
    "estimate": Text(en="the estimate", zh="估算"),
    "ceiling": Text(en="the cap of", zh="上限"),
    "floor": Text(en="the floor of", zh="下限"),
}


@frozen(kw_only=True)
class RulePoint:
    """One rule that an example may reach: its kind, its words, its place; `examples` are the titles of those that do."""

    kind: PointKind
    text: Text
    span: Span
    examples: tuple[str, ...] = ()
    allowed: str | None = None
    """Why the file allows that none reaches it."""

    @property
    def reached(self) -> bool:
        """Whether an example reaches it."""
        return bool(self.examples)


def not_reached(one: RulePoint) -> Diagnostic:
    """A warning for a rule that no example reaches."""
    kind = _ONE[one.kind]
    return diagnostic(
        "not-reached",
        Text(en=f"no example reaches {kind.en} `{one.text.en}`", zh=f"没有示例触及{kind.zh} `{one.text.zh}`"),
        Label(place=one.span),
        help=Text(
            en='give an example that does, or write `allow not-reached "…"` here with the reason',
            zh="请增加触及它的示例，或在此写 `准许 not-reached “…”` 并说明理由",
        ),
    )


Key = tuple[PointKind, str, str, int, int]


def key_of(one: RulePoint) -> Key:
    """What tells one rule from another."""
    return one.kind, one.text.en, one.span.source.name, one.span.start, one.span.end
