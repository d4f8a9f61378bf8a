"""Coverage: how much of a node must rest on data of the region's own, and what becomes of it where less does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import Coverage, Disposal, Policy
from assessment.semantics.policies import disposal_of
from assessment.semantics.scope import Scope
from assessment.semantics.wording import in_words
from assessment.syntax import ast

__all__ = ["coverage_of"]

_FITTING = ("zero", "full", "rate", "not computed", "rescale in category")


def coverage_of(
    stated: ast.Coverage | None, around: Mapping[str, Policy], scope: Scope, *, divided: bool
) -> Coverage | None:
    """The coverage that a node asks for; None where it asks for none, or once it is reported that it cannot.

    `around` are the policies that hold where the node stands: without a disposal of its own, a node that is not covered
    is what is missing there. `divided` says whether the node has anything below it.
    """
    if stated is None:
        return None
    if not divided:
        scope.report(
            "statement-not-here",
            Text(en="there is nothing below this to be covered", zh="此处没有下级，谈不上覆盖率"),
            stated.span,
            help=Text(
                en="a policy for `missing` says what happens to a single score",
                zh="单项得分缺失时的处理由 `缺失` 的约定说明",
            ),
        )
        return None
    parts = 100 if stated.parts is None else stated.parts.value
    least = stated.least.value / parts if parts else None
    if least is None or not 0 < least <= 1:
        scope.report(
            "coverage-impossible",
            Text(
                en="a coverage lies above 0 and is at most the whole",
                zh="覆盖率应大于 0 且不超过全部",
            ),
            stated.span,
            help=Text(en="write for instance `coverage at least 60% …`", zh="例如写 `覆盖率 不低于 60% …`"),
        )
        return None
    then = _disposal(stated, around, scope)
    if then is None:
        return None
    return Coverage(
        least=least,
        of=cast("Literal['children', 'leaves']", stated.of),
        by=cast("Literal['count', 'weight']", stated.by),
        exempt=cast("Literal['left out', 'counted']", stated.exempt),
        then=then,
        text=stated.span.text,
        words=in_words(stated),
        span=stated.span,
    )


def _disposal(stated: ast.Coverage, around: Mapping[str, Policy], scope: Scope) -> Disposal | None:
    """What becomes of a node that is not covered: what it says itself, otherwise the policy for what is missing."""
    if stated.then is not None:
        then = disposal_of("missing", stated.then, stated.then.span, scope)
        place = stated.then.span
    else:
        policy = around.get("missing")
        if policy is None:
            scope.used_policies.setdefault("missing", stated.span)
            return None
        scope.acting.add(id(policy))
        then, place = policy.then, policy.span or stated.span
        if then.value == "error":
            # Data that must be reported are; what is left uncovered is absent in another way, and stays so.
            then = Disposal(value="not computed")
    if then is None or then.value in _FITTING:
        return then
    scope.report(
        "policy-mismatch",
        Text(
            en=f"`{then.text.en}` cannot dispose of what is not covered",
            zh=f"覆盖率不足时不能按 `{then.text.zh}` 处理",
        ),
        stated.span,
        also=() if place == stated.span else ((place, Text(en="stated here", zh="在此约定")),),
        help=Text(
            en="write behind it for instance `-> rescale in category` or `-> not computed`",
            zh="在其后写明，例如 `→ 本级分摊` 或 `→ 不计算`",
        ),
    )
    return None
