"""Rule files of a few lines, whose scores are worked by hand in the tests."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

import assessment
from assessment.result import Result

Assess = Callable[..., Result]

HEAD = """assessment t.small for 2018 "Small" {{
    authority "none"
    {scale}
    {round}
    {carry}
    policies {{ {policies} }}
    {rank}
    {inputs}
    {tree}
}}"""
POLICIES = "missing: zero; undefined: zero; all equal: full; not applicable: rescale in category; ties: min"


def text_of(
    tree: str,
    *,
    inputs: str = "",
    points: str = "10",
    scale: str = "",
    round: str = "round none",
    carry: str = "",
    policies: str = POLICIES,
    rank: str = "rank none",
) -> str:
    """A rule file; `judged(a)` to `judged(f)` are rates that the data give in %."""
    rates = "\n".join(f"input {name} in % {{ range 0% to 100% }}" for name in "abcdef" if f"({name}" in tree)
    return HEAD.format(
        scale=scale or f"total {points} points",
        round=round,
        carry=carry,
        policies=policies,
        rank=rank,
        inputs=f"{rates}\n{inputs}",
        tree=tree,
    )


@pytest.fixture
def assess() -> Assess:
    """Scores a table `{region: {input: value}}` (or by period) by the rule file of a tree."""

    def run(tree: str, table: Mapping[Any, Any], *, period: int = 2018, **statements: str) -> Result:
        rules = assessment.load(text_of(tree, **statements))
        data = assessment.read_data(table, rules, period=period)
        return rules.evaluate(data, period=period)

    return run
