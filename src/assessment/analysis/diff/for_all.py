"""What holds for the whole file: policies, rounding, what is carried up and compared, ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.analysis import shown
from assessment.analysis.change import Change
from assessment.analysis.diff.comparison import Comparison, Field, told
from assessment.analysis.diff.making import NOWHERE, change, sides
from assessment.diagnostics.bilingual import Text
from assessment.semantics.model import CheckedRules

_FIELDS: Mapping[str, Field] = {"ranking": told("ranking", "ranking", "名次", shown.ranking)}


def policies(
    path: str,
    place: Text,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    stated_at: tuple[str, str] | None = None,
) -> Iterator[Change]:
    """The policies that are stated at a place, or in the file itself."""
    for key in dict.fromkeys((*new, *old)):
        mine, theirs = old.get(key), new.get(key)
        if (mine and mine.then) == (theirs and theirs.then):
            continue
        here = stated_at is None or (
            (mine is not None and mine.place == stated_at[0])
            or (theirs is not None and theirs.place == stated_at[1])
        )
        if here:
            what = shown.spelt("POLICY_KEY", key)
            yield change(
                "policy",
                path,
                place,
                Text(en=f"policy for `{what.en}`", zh=f"“{what.zh}”的约定"),
                shown.disposal(mine and mine.then),
                shown.disposal(theirs and theirs.then),
            )


def rules_for_all(compared: Comparison) -> Iterator[Change]:
    """Policies, rounding, what is carried up and compared, ranking."""
    old, new = compared.old, compared.new
    yield from policies("", NOWHERE, old.policies, new.policies)
    for level in dict.fromkeys((*new.rounding, *old.rounding)):
        before, after = old.rounding.get(level), new.rounding.get(level)
        if before != after:
            whose = shown.spelt("STAGE", level)
            yield change(
                "rounding",
                "",
                NOWHERE,
                Text(en=f"rounding of {whose.en}", zh=f"{whose.zh}的修约"),
                shown.rounding(before),
                shown.rounding(after),
            )

    if old.carry != new.carry:
        yield change(
            "carry",
            "",
            NOWHERE,
            Text(en="what is carried up", zh="结转"),
            *sides(_read, old.carry, new.carry),
        )
    for level in dict.fromkeys((*new.carry_at, *old.carry_at)):
        mine, theirs = old.carry_at.get(level, old.carry), new.carry_at.get(level, new.carry)
        if mine != theirs and (level in new.carry_at or level in old.carry_at):
            whose = shown.spelt("STAGE", level)
            yield change(
                "carry",
                "",
                NOWHERE,
                Text(en=f"what is carried up from {whose.en}", zh=f"{whose.zh}的结转"),
                *sides(_read, mine, theirs),
            )
    if (old.compare, old.compare_before) != (new.compare, new.compare_before):
        yield change(
            "compare",
            "",
            NOWHERE,
            Text(en="what is compared", zh="比较"),
            *sides(_compared, old, new),
        )
    yield from compared.fields("", NOWHERE, old, new, _FIELDS)


def _read(value: str) -> Text:
    return shown.spelt("READ_VALUE", value)


def _compared(rules: CheckedRules) -> Text:
    value = _read(rules.compare)
    if not rules.compare_before:
        return value
    when = shown.spelt("ADJUSTING", "before")
    return Text(en=f"{value.en} {when.en}", zh=f"{value.zh} {when.zh}")
