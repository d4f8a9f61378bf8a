"""What holds for all tests."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import assessment
from assessment.result import Result
from assessment.ruleset import RuleSet

ROOT = Path(__file__).parents[1]

# Benchmarks are run by hand, and import what stands beside them.
collect_ignore_glob = ["benchmarks/*"]

# A deadline measures the machine, not the code; a fixed seed gives each run the same verdict. A deep run looks elsewhere
# each time, and the laws take more examples (`examples` in laws/composer.py).
settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("deep", deadline=None, derandomize=False, database=None, print_blob=True)
settings.load_profile("deep" if os.environ.get("ASSESSMENT_DEPTH", "1") != "1" else "repeatable")

# What an earlier run compiled must not decide what this one sees.
os.environ["ASSESSMENT_CACHE"] = "off"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write the golden files anew; review the difference"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a golden file, named from the root of the checkout; `--regenerate` writes it."""

    def compare(name: str, text: str) -> None:
        path = ROOT / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert path.read_bytes().decode("utf-8") == text

    return compare


@pytest.fixture(scope="session")
def liaocheng_rules() -> RuleSet:
    return assessment.load(ROOT / "rules" / "liaocheng" / "2018.assess")


@pytest.fixture(scope="session")
def liaocheng(liaocheng_rules: RuleSet) -> Result:
    """The shipped example; its figures are illustrative, invented."""
    data = assessment.read_data(ROOT / "examples" / "liaocheng-2018.csv", liaocheng_rules)
    return liaocheng_rules.evaluate(data)


_SMALL = """assessment t.small for 2018 "Small" {{
    authority "none"
    {scale}
    {round}
    {carry}
    policies {{ {policies} }}
    {rank}
    {inputs}
    {rates}
    {tree}
}}"""
_STATEMENTS = {
    "scale": "total 10 points",
    "round": "round none",
    "carry": "",
    "policies": "missing: zero; undefined: zero; all equal: full; not applicable: rescale in category; ties: min",
    "rank": "rank none",
    "inputs": "",
}


@pytest.fixture(scope="session")
def small_rules() -> Callable[..., RuleSet]:
    """Loads a rule file of ten points around a tree; `judged(a)` to `judged(f)` are rates that the data give in %."""

    def load(tree: str, **statements: str) -> RuleSet:
        rates = [
            f"input {name} in % {{ range 0% to 100% }}" for name in "abcdef" if f"judged({name})" in tree
        ]
        filled = _STATEMENTS | statements
        return assessment.load(_SMALL.format(tree=tree, rates="\n".join(rates), **filled))

    return load


@pytest.fixture(scope="session")
def assess(small_rules: Callable[..., RuleSet]) -> Callable[..., Result]:
    """Scores a table `{region: {input: value}}`, or by period, by the rule file of `small_rules`."""

    def run(tree: str, table: dict[Any, Any], *, period: int = 2018, **statements: str) -> Result:
        rules = small_rules(tree, **statements)
        return rules.evaluate(assessment.read_data(table, rules, period=period), period=period)

    return run
