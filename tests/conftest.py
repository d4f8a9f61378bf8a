"""What holds for all tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import assessment
from assessment.result import Result
from assessment.ruleset import RuleSet

ROOT = Path(__file__).parents[1]

# A deadline measures the machine, not the code; a fixed seed gives each run the same verdict.
settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("repeatable")

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
