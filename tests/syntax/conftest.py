"""What the tests of the syntax share: examples of whole files."""

from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture(params=sorted(path.name for path in DATA.glob("*.assess")))
def example_text(request: pytest.FixtureRequest) -> str:
    """The text of one whole example file."""
    return (DATA / request.param).read_text(encoding="utf-8")
