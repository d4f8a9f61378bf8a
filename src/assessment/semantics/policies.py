"""The `policies` block: which policy may have which value, and whether every policy that is needed is stated.

Whatever needs a policy says so in `Scope.used_policies`; at the end the needs are compared with what is stated, so that
nothing is ever decided by a default that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Span
from assessment.semantics.scope import Scope
from assessment.semantics.statements import Body
from assessment.semantics.wording import FIRST, listed
from assessment.syntax import ast
from assessment.syntax.words import spelling

__all__ = ["EXEMPT_VALUES", "check_needed", "policy_value", "stated_policies"]

_VALUED = ("not computed", "zero", "full", "rescale in category")
EXEMPT_VALUES = ("rescale in category", "full", "zero", "not computed")
"""What can become of the points of what does not apply."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "missing": ("error", *_VALUED),
    "withheld": _VALUED,
    "not yet available": _VALUED,
    "undefined": _VALUED,
    "not applicable": EXEMPT_VALUES,
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


def stated_policies(body: Body, scope: Scope) -> dict[str, str]:
    """The policies of the file by key; one that is repeated or whose value does not fit is reported and left out."""
    block = body.one(ast.Policies)
    stated: dict[str, str] = {}
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
        if entry.value not in VALUES[entry.key]:
            report_mismatch(entry.key, entry.value, entry.span, scope)
            # It counts as stated, so that its absence is not reported as well.
            scope.broken_policies.add(entry.key)
            continue
        stated[entry.key] = entry.value
    return stated


def report_mismatch(key: str, value: str, span: Span, scope: Scope) -> None:
    """Report a value that does not fit a policy, with those that do."""
    what, wrong = policy_key(key), policy_value(value)
    fitting = [policy_value(each) for each in VALUES[key]]
    scope.report(
        "policy-mismatch",
        Text(en=f"`{wrong.en}` is no policy for `{what.en}`", zh=f"`{what.zh}` 不能按 `{wrong.zh}` 处理"),
        span,
        help=Text(
            en=f"write one of {listed(each.en for each in fitting).en}",
            zh=f"可写 {listed(each.zh for each in fitting).zh}",
        ),
    )


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
        zh = "；".join(f"{policy_key(key).zh}：{policy_value(value).zh}" for key, value in example.items())
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
        entry_zh = f"{policy_key(key).zh}：{policy_value(VALUES[key][0]).zh}"
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


def policy_value(value: str) -> Text:
    """The value of a policy in both languages."""
    return Text(en=spelling("POLICY_VALUE", value, "en"), zh=spelling("POLICY_VALUE", value, "zh"))
