"""The page of checks names findings that there are, each with a file of rules that has it."""

import re
from pathlib import Path

import pytest

from assessment.diagnostics import CODES

REJECT = Path(__file__).parent / "reject"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "checks.md"
NAMED = re.findall(
    r"\[([a-z-]+)\]\(diagnostics/([a-z-]+)\.md\) \(([a-z_-]+)\)", PAGE.read_text(encoding="utf-8")
)
ANNOTATED = re.compile(r"//\s*(?:error|warning|note):\s*\[([^\]]*)\]")


def test_the_page_names_checks():
    assert len(NAMED) > 60


@pytest.mark.parametrize(("code", "page", "file"), NAMED)
def test_every_check_is_shown_by_the_file_that_is_named(code, page, file):
    assert code == page
    assert code in CODES
    text = (REJECT / f"{file}.assess").read_text(encoding="utf-8")
    assert code in {each for codes in ANNOTATED.findall(text) for each in codes.split()}


def test_no_check_is_named_twice():
    codes = [code for code, _, _ in NAMED]
    assert sorted(set(codes)) == sorted(codes)
