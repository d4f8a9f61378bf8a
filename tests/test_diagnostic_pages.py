"""The reference page of every finding: what it shows as bad has the finding, what it shows as good has none."""

import ast
import importlib.util
import io
import re
from pathlib import Path

import openpyxl
import pytest

import assessment
from assessment import pipeline
from assessment.amending.chain import from_texts
from assessment.diagnostics import CODES, TABLES
from assessment.diagnostics.model import Source
from assessment.pipeline import compiled
from assessment.syntax.source import read_source

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference" / "diagnostics"
CODES_OF_RULES = [code.name for layer in ("syntax", "rules") for code in TABLES[layer]]
CODES_OF_AMENDMENTS = [code.name for code in TABLES["amendments"]]
CODES_OF_EXAMPLES = [code.name for code in TABLES["examples"]]
CODES_OF_DATA = [code.name for code in TABLES["data"]]
CODES_OF_PUBLISHED = [code.name for code in TABLES["published"]]
CODES_OF_EVALUATION = [code.name for code in TABLES["evaluation"]]
BLOCK = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def blocks(code):
    text = (FOLDER / f"{code}.md").read_text(encoding="utf-8")
    return {found[2]: (found[1], found[3]) for found in BLOCK.finditer(text)}


def run(block, names):
    exec(compile(block, "page", "exec"), names)  # noqa: S102 # our own page
    return names


# ── every page ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_a_page(code):
    assert (FOLDER / f"{code}.md").exists()


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_code_severity_and_title(code):
    first, _, second = (FOLDER / f"{code}.md").read_text(encoding="utf-8").split("\n")[:3]
    declared = CODES[code]
    assert first == f"# {code}"
    assert second == f"{declared.severity.value} · {declared.title.en} · {declared.title.zh}"


@pytest.mark.parametrize("code", CODES)
def test_links_of_the_page_lead_to_files_that_are_there(code):
    links = LINK.findall((FOLDER / f"{code}.md").read_text(encoding="utf-8"))
    assert [link for link in links if not (FOLDER / link).exists()] == []


def test_every_page_belongs_to_a_code():
    assert {path.stem for path in FOLDER.glob("*.md")} - {"README"} == set(CODES)


def test_every_code_stands_in_the_sources_of_a_layer_that_reports_it():
    declared_in = ROOT / "src" / "assessment" / "diagnostics" / "codes.py"
    quoted = {
        node.value
        for path in (ROOT / "src").rglob("*.py")
        if path != declared_in
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(CODES) - quoted == set()


def test_the_list_of_findings_is_current():
    spec = importlib.util.spec_from_file_location("make_index", FOLDER / "make_index.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == module.index()


# ── findings in rules ────────────────────────────────────────────────────────────────────────────────────────


def findings(text):
    return [each.code for each in pipeline.findings(Source(name="page.assess", text=text))[1]]


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_the_bad_rules_of_a_page_have_its_finding_and_no_other(code):
    language, text = blocks(code)["bad"]
    if language == "assess":
        assert findings(text.rstrip("\n")) == [code]
        return
    made = run(text, {})
    found = findings(made["bad"]) if "bad" in made else [each.code for each in read_source(made["path"])[1]]
    assert found == [code]


@pytest.mark.parametrize("code", CODES_OF_RULES)
def test_the_repaired_rules_of_a_page_have_no_finding(code):
    found = blocks(code)
    if found["bad"][0] == "assess":
        assert findings(found["good"][1]) == []
    else:
        assert "good" not in found


# ── findings in amendments ───────────────────────────────────────────────────────────────────────────────────


def findings_of_amendment(code, which):
    """What is found in a file beside which stands `base.assess`, where the page shows one."""
    found = blocks(code)
    texts = {"page.assess": found[which][1]}
    opener = None
    if "base" in found:
        texts["base.assess"] = found["base"][1]
        opener = from_texts(texts)
    return [each.code for each in compiled(Source(name="page.assess", text=found[which][1]), opener)[1]]


@pytest.mark.parametrize("code", CODES_OF_AMENDMENTS)
def test_the_bad_amendment_of_a_page_has_its_finding_and_no_other(code):
    first, *more = findings_of_amendment(code, "bad")
    assert first == code
    # Errors of the amended file are told with the finding that it has some.
    assert bool(more) is (code == "amends-broken")


@pytest.mark.parametrize("code", CODES_OF_AMENDMENTS)
def test_the_repaired_amendment_of_a_page_has_no_finding(code):
    if "good" in blocks(code):
        assert findings_of_amendment(code, "good") == []


# ── findings in data ─────────────────────────────────────────────────────────────────────────────────────────


def source_of(code, which):
    """The data of a block and the options they are read with.

    A `csv` block is the text of a table. A `python` block either gives the source a name (`bad`, `good`), or fills the
    `sheet` of a `workbook`, which is then saved.
    """
    language, text = blocks(code)[which]
    if language == "csv":
        return text, {}
    workbook = openpyxl.Workbook()
    names = run(text, {"workbook": workbook, "sheet": workbook.active})
    if which in names:
        return names[which], {}
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue(), names.get("options", {})


def rules_of(code):
    found = blocks(code)
    return assessment.load(found["rules"][1] if "rules" in found else FOLDER / "example.assess")


def findings_in_data(code, which):
    source, options = source_of(code, which)
    try:
        data = assessment.read_data(source, rules_of(code), **options)
    except assessment.DataError as refused:
        return [each.code for each in refused.diagnostics]
    return [each.code for each in data.remarks]


@pytest.mark.parametrize("code", CODES_OF_DATA)
def test_the_bad_data_of_a_page_have_its_finding_and_no_other(code):
    assert findings_in_data(code, "bad") == [code]


@pytest.mark.parametrize("code", CODES_OF_DATA)
def test_the_repaired_data_of_a_page_have_no_finding(code):
    assert findings_in_data(code, "good") == []


def test_the_rules_that_the_pages_share_have_no_finding():
    assert assessment.check(FOLDER / "example.assess") == ()


# ── findings in published tables ─────────────────────────────────────────────────────────────────────────────


def findings_in_published(code, which):
    found = blocks(code)
    rules = assessment.load(FOLDER / "example.assess")
    data = assessment.read_data(found["data"][1], rules)
    try:
        assessment.reconcile(rules, data, found[which][1])
    except assessment.DataError as refused:
        return [each.code for each in refused.diagnostics]
    return []


@pytest.mark.parametrize("code", CODES_OF_PUBLISHED)
def test_the_bad_table_of_a_page_has_its_finding_and_no_other(code):
    assert findings_in_published(code, "bad") == [code]


@pytest.mark.parametrize("code", CODES_OF_PUBLISHED)
def test_the_repaired_table_of_a_page_can_be_reconciled(code):
    assert findings_in_published(code, "good") == []


# ── findings of the calculation ──────────────────────────────────────────────────────────────────────────────


def findings_of_evaluation(code, which):
    found = blocks(code)
    rules = assessment.load(found[which][1])
    data = assessment.read_data(found["data"][1], rules)
    try:
        rules.evaluate(data)
    except assessment.DataError as refused:
        return [each.code for each in refused.diagnostics]
    return []


@pytest.mark.parametrize("code", CODES_OF_EVALUATION)
def test_the_bad_rules_of_a_page_have_its_finding_when_they_are_applied(code):
    assert findings_of_evaluation(code, "bad") == [code]


@pytest.mark.parametrize("code", CODES_OF_EVALUATION)
def test_the_repaired_rules_of_a_page_can_be_applied(code):
    assert findings_of_evaluation(code, "good") == []


# ── findings of examples ─────────────────────────────────────────────────────────────────────────────────────


def findings_of_examples(code, which):
    """What running the examples finds, and what they do not reach, in a file beside which `base.assess` may stand."""
    found = blocks(code)
    source = Source(name="page.assess", text=found[which][1])
    texts = {"page.assess": found[which][1]} | ({"base.assess": found["base"][1]} if "base" in found else {})
    rules, more = compiled(source, from_texts(texts))
    assert more == ()
    tested = assessment.test(rules)
    reached = tested.coverage.findings if code == "not-reached" else ()
    return [each.code for each in (*tested.findings, *reached)]


@pytest.mark.parametrize("code", CODES_OF_EXAMPLES)
def test_the_bad_example_of_a_page_has_its_finding_and_no_other(code):
    assert findings_of_examples(code, "bad") == [code]


@pytest.mark.parametrize("code", CODES_OF_EXAMPLES)
def test_the_repaired_example_of_a_page_has_no_finding(code):
    assert findings_of_examples(code, "good") == []
