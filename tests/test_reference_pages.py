"""The pages that are written from the code say what the code says now."""

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

from assessment.methods.registry import methods

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def generator(name):
    path = REFERENCE / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def method_pages():
    return generator("methods/make_pages.py").pages()


def test_every_method_has_a_page_and_every_page_a_method(method_pages):
    written = {path.name for path in (REFERENCE / "methods").glob("*.md")}
    assert written == set(method_pages)
    assert {f"{method.en}.md" for method in methods()} < written


@pytest.mark.parametrize("name", ["README", *(method.en for method in methods())])
def test_the_page_of_a_method_is_current(name, method_pages):
    """After a change of a method: `python docs/reference/methods/make_pages.py`."""
    page = REFERENCE / "methods" / f"{name}.md"
    assert page.read_text(encoding="utf-8") == method_pages[page.name]


@pytest.mark.parametrize("method", methods(), ids=lambda method: method.en)
def test_the_page_names_every_parameter_in_both_languages(method, method_pages):
    page = method_pages[f"{method.en}.md"]
    for parameter in method.parameters:
        assert f"| `{parameter.en}` | {parameter.zh} |" in page


def test_the_page_says_what_a_parameter_is_unless_it_is_written(method_pages):
    # attain has a cap of 1, a direction, and a target without a default.
    rows = [line for line in method_pages["attain.md"].splitlines() if line.startswith("| `")]
    assert [row.split(" | ")[3] for row in rows] == [
        "must be written",
        "must be written",
        "`100%`",
        "`higher`",
    ]


def test_the_page_of_the_api_is_current():
    """After a change of the public names: `python docs/reference/make_api.py`."""
    assert (REFERENCE / "api.md").read_text(encoding="utf-8") == generator("make_api.py").page()


def test_the_example_of_the_api_holds(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (REFERENCE / "api.md").read_text(encoding="utf-8").replace("```", "")
    example = doctest.DocTestParser().get_doctest(text, {}, "api.md", "api.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(example)
    assert (runner.failures, runner.tries > 5) == (0, True)


@pytest.mark.parametrize(
    "page",
    [*REFERENCE.glob("*.md"), *(REFERENCE / "methods").glob("*.md")],
    ids=lambda page: page.relative_to(REFERENCE).as_posix(),
)
def test_links_lead_to_files_that_are_there(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_reference_pages_name_no_path_of_a_machine():
    wrong = re.compile(r"/(?:home|root|work|tmp|Users)/")
    pages = REFERENCE.rglob("*.md")
    assert [page.name for page in pages if wrong.search(page.read_text(encoding="utf-8"))] == []
