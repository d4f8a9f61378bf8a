"""The reference page of every finding in rules: both of its rule files are run."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from assessment.diagnostics import CODES, TABLES
from assessment.diagnostics.model import Source, has_errors
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.syntax.parse import parse
from assessment.syntax.source import read_source

FOLDER = Path(__file__).parents[1] / "docs" / "reference" / "diagnostics"
CODES_OF_RULES = [code.name for layer in ("syntax", "rules") for code in TABLES[layer]]
BLOCK = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(code):
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    return {found[2]: (found[1], found[3]) for found in BLOCK.finditer(text)}


def findings(text):
    file, found = parse(Source(name="page.assess", text=text))
    if file is not None and not has_errors(found):
        rules, more = check(file)
        found = (*found, *more, *(check_limits(rules) if rules is not None else ()))
    return [each.code for each in found]


def made_by(block):
    """The value that a block of one assignment gives to `bad` (a text) or to `path` (a file that is read)."""
    (statement,) = ast.parse(block).body
    names = {}
    exec(compile(ast.Module([statement], []), "page", "exec"), {}, names)  # noqa: S102 # our own page
    return names


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_every_finding_in_rules_has_a_page(code):
    assert (FOLDER / f"{code}.md").exists()


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_the_page_says_code_severity_and_title(code):
    first, _, second = (FOLDER / f"{code}.md").read_text(encoding="utf-8").split("\n")[:3]
    declared = CODES[code]
    assert first == f"# {code}"
    assert second == f"{declared.severity.value} · {declared.title.en} · {declared.title.zh}"


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_the_bad_rules_of_a_page_have_its_finding_and_no_other(code):
    language, text = blocks(code)["bad"]
    if language == "assess":
        assert findings(text.rstrip("\n")) == [code]
        return
    made = made_by(text)
    found = findings(made["bad"]) if "bad" in made else [each.code for each in read_source(made["path"])[1]]
    assert found == [code]


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_the_repaired_rules_of_a_page_have_no_finding(code):
    found = blocks(code)
    if found["bad"][0] == "assess":
        assert findings(found["good"][1]) == []
    else:
        assert "good" not in found


def test_every_page_belongs_to_a_code():
    assert {path.stem for path in FOLDER.glob("*.md")} - {"README"} <= set(CODES)


def test_the_list_of_findings_is_current():
    spec = importlib.util.spec_from_file_location("make_index", FOLDER / "make_index.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == module.index()
