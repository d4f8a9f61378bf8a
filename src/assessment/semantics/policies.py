"""The `policies` blocks: which policy may have which value, and whether every policy that is needed is stated.

A block stands in the file's own body or in that of a category, an indicator or a part; the nearest holds. Whatever needs
a policy says so (`Scope.need`); what no body around it states is reported at the end, so that nothing is ever decided by
a default that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import evolve

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.model import POLICY_KEYS, Disposal, Policy
from assessment.semantics.regions import known_region
from assessment.semantics.scope import Scope
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, listed
from assessment.syntax import ast
from assessment.syntax.words import spelling

__all__ = ["VALUED_POLICIES", "check_needed", "disposal_of", "stated_policies"]

_VALUED = ("not computed", "zero", "full", "rescale in category", "rescale over all")
_EXEMPT = ("rescale in category", "rescale over all", "full", "zero", "not computed")
VALUED_POLICIES = frozenset(POLICY_KEYS.values())
"""The policies that dispose of a score, for which rates, peers and references fit too."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "missing": ("error", *_VALUED),
    "withheld": _VALUED,
    "not yet available": _VALUED,
    "undefined": _VALUED,
    "not applicable": _EXEMPT,
    "zero base": ("undefined",),
    "all equal": ("full", "zero", "half", "undefined"),
    "ties": ("min", "max", "mean", "dense"),
}
"""The values that fit each policy."""

_NEEDED: Mapping[str, tuple[str, Text]] = {
    "missing": (
        "no-missing-policy",
        Text(en="what happens when data are missing is not stated", zh="未约定数据缺失时如何处理"),
    ),
    "withheld": (
        "no-missing-policy",
        Text(
            en="data may be withheld here, and what happens then is not stated",
            zh="此数据可能保密，但未约定如何处理",
        ),
    ),
    "not yet available": (
        "no-missing-policy",
        Text(
            en="data may not be available yet here, and what happens then is not stated",
            zh="此数据可能尚未公布，但未约定如何处理",
        ),
    ),
    "not applicable": (
        "no-not-applicable-policy",
        Text(
            en="what happens to the points that do not apply is not stated", zh="未约定不适用时分值如何处理"
        ),
    ),
    "undefined": (
        "no-undefined-policy",
        Text(
            en="this can be undefined, and what happens then is not stated",
            zh="此处可能无意义，但未约定如何处理",
        ),
    ),
    "zero base": (
        "no-zero-base-policy",
        Text(
            en="what happens when the base is zero or below is not stated",
            zh="未约定基数为零或负数时如何处理",
        ),
    ),
    "all equal": (
        "no-all-equal-policy",
        Text(en="what happens when all values are equal is not stated", zh="未约定全部相等时如何处理"),
    ),
    "ties": (
        "no-tie-rule",
        Text(en="how tied places are counted is not stated", zh="未约定并列时名次如何计"),
    ),
}


def stated_policies(body: Body, scope: Scope, place: str = "total") -> dict[str, Policy]:
    """The policies of a body by key; one that is repeated or whose value does not fit is reported and left out."""
    block = body.one(ast.Policies)
    stated: dict[str, Policy] = {}
    first: dict[str, Span] = {}
    for entry in block.entries if block is not None else ():
        if entry.key in first:
            word = policy_key(entry.key)
            scope.report(
                "duplicate-statement",
                Text(en=f"the policy for `{word.en}` is stated twice", zh=f"`{word.zh}` 的处理约定了两次"),
                entry.span,
                also=((first[entry.key], FIRST),),
                help=Text(en="keep one of the two", zh="两处只保留一处"),
            )
            continue
        first[entry.key] = entry.span
        then = disposal_of(entry.key, entry.value, entry.span, scope)
        if then is None:
            # It counts as stated, so that its absence is not reported as well.
            scope.broken_policies.add(entry.key)
            continue
        stated[entry.key] = Policy(key=entry.key, then=then, place=place, span=entry.span)
    return stated


def disposal_of(
    key: str, written: ast.Disposal, place: Span, scope: Scope, *, last: bool = True
) -> Disposal | None:
    """What a policy or an exemption does with a score that is not there; None once a misfit is reported."""
    valued = key in VALUED_POLICIES
    if written.value not in VALUES[key] and not (valued and written.value in _CALCULATED):
        _mismatch(key, written.value, place if last else written.span, scope)
        return None
    otherwise: Disposal | None = None
    if written.otherwise is not None:
        otherwise = disposal_of(key, written.otherwise, place, scope, last=False)
        if otherwise is None:
            return None
    elif written.within is not None or written.subject is not None:
        _no_otherwise(written, scope)
        return None
    rate: Fraction | None = None
    if written.rate is not None:
        rate = written.rate.value / 100
        if rate > 1:
            scope.report(
                "policy-mismatch",
                Text(
                    en=f"`{written.span.text}` is more than full marks", zh=f"`{written.span.text}` 超过满分"
                ),
                written.span,
                help=Text(en="write a rate from 0% to 100%", zh="请写 0% 到 100% 之间的得分率"),
            )
            return None
    subject = None if written.subject is None else known_region(written.subject, scope)
    if written.subject is not None and subject is None:
        return None
    within: Literal["group", "all"] | None = None
    if written.within is not None:
        within = "group" if written.within == "group" else "all"
    return Disposal(value=written.value, rate=rate, within=within, subject=subject, otherwise=otherwise)


_CALCULATED = ("rate", "peer mean", "peer lowest", "reference")


def _no_otherwise(written: ast.Disposal, scope: Scope) -> None:
    subject = None if written.subject is None else written.subject.name
    within: Literal["group", "all"] | None = "group" if written.within == "group" else None
    within = "all" if written.within == "all" else within
    alone = Disposal(value=written.value, within=within, subject=subject)
    shown = alone.text
    repaired = evolve(alone, otherwise=Disposal(value="not computed")).text
    scope.report(
        "no-empty-field-rule",
        Text(
            en=f"`{shown.en}` may have no score to take, and what happens then is not stated",
            zh=f"`{shown.zh}` 可能无分可取，但未约定届时如何处理",
        ),
        written.span,
        help=Text(en=f"add for instance `{repaired.en}`", zh=f"例如写 `{repaired.zh}`"),
    )


def _mismatch(key: str, value: str, span: Span, scope: Scope) -> None:
    """Report a value that does not fit a policy, with those that do."""
    what = policy_key(key)
    fitting = [Disposal(value=each).text for each in VALUES[key]]
    if key in VALUED_POLICIES:
        fitting += [
            Disposal(value="rate", rate=Fraction(60, 100)).text,
            Disposal(value="peer mean", within="group", otherwise=Disposal(value="zero")).text,
        ]
    wrong = _WRITTEN.get(value) or Disposal(value=value).text
    scope.report(
        "policy-mismatch",
        Text(en=f"`{wrong.en}` is no policy for `{what.en}`", zh=f"`{what.zh}` 不能按 `{wrong.zh}` 处理"),
        span,
        help=Text(
            en=f"write one of {listed(each.en for each in fitting).en}",
            zh=f"可写 {listed(each.zh for each in fitting).zh}",
        ),
    )


_WRITTEN = {
    "rate": Text(en="a rate", zh="得分率"),
    "peer mean": Text(en="peer mean", zh="平均得分率"),
    "peer lowest": Text(en="peer lowest", zh="最低得分率"),
    "reference": Text(en="reference", zh="参照"),
}


def check_needed(body: Body, head: Span, scope: Scope) -> None:
    """Report every policy that something needs and the file does not state.

    A file without the block gets one report that names all that it must hold.
    """
    block = body.one(ast.Policies)
    needed = [key for key in VALUES if key in scope.used_policies]
    lacking = [key for key in needed if key not in scope.policies and key not in scope.broken_policies]
    if "all equal" in lacking or "all equal" in scope.broken_policies:
        # Without a rule for equal values they are undefined: that a policy for *undefined* lacks too may follow from it.
        lacking = [key for key in lacking if key != "undefined"]
    if not lacking:
        return
    if block is None:
        example = {key: VALUES[key][0] for key in lacking}
        en = "; ".join(f"{key}: {value}" for key, value in example.items())
        zh = "；".join(f"{policy_key(key).zh}：{_first(key).zh}" for key in example)
        scope.report(
            "missing-statement",
            Text(en="these rules need `policies`", zh="规则缺少 `约定`"),
            head,
            help=Text(en=f"add for instance `policies {{ {en} }}`", zh=f"例如添加 `约定 {{ {zh} }}`"),
        )
        return
    for key in lacking:
        code, text = _NEEDED[key]
        place = scope.used_policies[key]
        here = key == "missing"
        entry = f"{key}: {VALUES[key][0]}"
        entry_zh = f"{policy_key(key).zh}：{_first(key).zh}"
        beside = place if here else block.span
        label = (
            Text(en="first needed here", zh="此处需要")
            if here
            else Text(en="the policies are here", zh="约定在此")
        )
        scope.report(
            code,
            text,
            block.span if here else place,
            also=((beside, label),),
            help=Text(
                en=f"add to `policies` for instance `{entry}`", zh=f"在 `约定` 中添加，例如 `{entry_zh}`"
            ),
        )


def policy_key(key: str) -> Text:
    """The name of a policy in both languages."""
    return Text(en=spelling("POLICY_KEY", key, "en"), zh=spelling("POLICY_KEY", key, "zh"))


def _first(key: str) -> Text:
    """A value that fits a policy, as an example."""
    return Disposal(value=VALUES[key][0]).text
