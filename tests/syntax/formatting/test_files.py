"""Every rule file there is, put in order: shipped ones, cases, the conformance suite, and examples in documents."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Severity, Source
from assessment.rewrite import in_order as rewritten
from assessment.semantics.canonical import canonical
from assessment.syntax import ast
from assessment.syntax.parse import parse

ROOT = Path(__file__).parents[3]
_BLOCK = re.compile(r"(?ms)^```assess\n(.*?)^```$")


def whole_files() -> Iterator[Any]:
    for folder in ("rules", "tests/conformance", "tests/syntax/data", "tests/cases", "docs"):
        for path in sorted((ROOT / folder).rglob("*.assess")):
            programs = re.split(r"(?m)^---\n", path.read_text(encoding="utf-8"))
            for number, text in enumerate(programs):
                yield pytest.param(text, id=f"{path.relative_to(ROOT)}-{number}")


def examples_in_documents() -> Iterator[Any]:
    for path in (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for number, block in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8"))):
            yield pytest.param(block, id=f"{path.relative_to(ROOT)}-{number}")


def tree(text: str) -> ast.RuleFile | None:
    """The tree of a text without errors."""
    file, found = parse(Source(name="file.assess", text=text))
    return None if any(one.severity is Severity.ERROR for one in found) else file


def in_order(text: str, lang: Lang | None = None) -> str:
    found, _ = rewritten(Source(name="file.assess", text=text), lang or "keep")
    assert found is not None
    return found


@pytest.mark.parametrize("text", [*whole_files(), *examples_in_documents()])
def test_a_file_in_order_says_the_same_in_both_languages_and_comes_back(text: str) -> None:
    before = tree(text)
    if before is None:
        assert rewritten(Source(name="file.assess", text=text))[0] is None
        return
    ordered = in_order(text)
    assert tree(ordered) == before
    assert in_order(ordered) == ordered
    chinese = in_order(text, "zh")
    english = in_order(chinese, "en")
    assert in_order(english, "zh") == chinese
    assert in_order(text, "en") == english
    for one in (chinese, english):
        read = tree(one)
        assert read is not None
        assert canonical(read) == canonical(before)


def test_the_two_files_of_liaocheng_differ_in_their_comments_only() -> None:
    chinese, english = (
        (ROOT / "rules" / "liaocheng" / name).read_text(encoding="utf-8")
        for name in ("2018.assess", "2018.en.assess")
    )
    translated = in_order(chinese, "en")
    comment = re.compile(r"(?m)^\s*//.*\n")
    assert comment.sub("", translated) == comment.sub("", in_order(english))
