"""The README promises two commands, and what runs on every change is one of them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCORE = (
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[excel]' && "
    ".venv/bin/assessment score rules/liaocheng/2018.assess examples/liaocheng-2018.csv"
)
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest"


@pytest.mark.parametrize("command", [SCORE, TEST], ids=["score", "test"])
def test_readme_states_the_command_on_a_line_of_its_own(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def test_the_run_on_every_change_ends_with_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").splitlines()[-1] == TEST
