"""What the documents print is what the programs do: every example is run.

A fenced block marked `python` is executed, the blocks of one page one after another in one namespace, from the root of
the checkout. A block marked `console` holds commands behind `$ ` and what they print, without what goes to standard
error; a line `…` stands for any further lines. A block marked `assess` is a rule file that must be free of errors, and
`csv` after a `$ cat NAME` line is a file for the page's commands. `pytest tests/test_docs.py --regenerate` writes the
printed lines anew; review the difference.
"""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

import assessment
from assessment.cli.main import main
from assessment.diagnostics.model import Severity

ROOT = Path(__file__).parents[1]
SKIPPED = ("docs/reference/", "docs/changes/")  # generated pages and notes have tests of their own
PAGES = sorted(
    path
    for path in (*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md"))
    if not path.relative_to(ROOT).as_posix().startswith(SKIPPED)
)
FENCE = re.compile(r"^```(?P<kind>[a-z-]*)(?P<more>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<to>[^)#\s]+)(?:#[^)]*)?\)")


@frozen(kw_only=True)
class Block:
    """A fenced block: its mark, its text, and where the text begins in the page."""

    kind: str
    more: str
    body: str
    start: int


def blocks(text: str, *kinds: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        if found["kind"] in kinds:
            yield Block(
                kind=found["kind"], more=found["more"].strip(), body=found["body"], start=found.start("body")
            )


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def pages_with(*kinds: str) -> list[Path]:
    return [page for page in PAGES if any(blocks(page.read_text(encoding="utf-8"), *kinds))]


@pytest.fixture
def at_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in from which the rules, the examples and the sources are seen, and nothing is left behind."""
    for name in ("rules", "examples", "src", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", pages_with("python"), ids=name_of)
def test_python_examples_run(page: Path, at_root: Path) -> None:
    namespace: dict[str, object] = {"__name__": "docs"}
    files(page.read_text(encoding="utf-8"))
    found = list(blocks(page.read_text(encoding="utf-8"), "python"))
    for block in found:
        exec(compile(block.body, name_of(page), "exec"), namespace)  # noqa: S102 - our own documents
    assert found


@pytest.mark.parametrize("page", pages_with("console"), ids=name_of)
def test_commands_print_what_the_page_says(
    page: Path, at_root: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text = page.read_text(encoding="utf-8")
    files(text)
    written = text
    for block in reversed(list(blocks(text, "console"))):
        said = "".join(transcript(block.body, capsys))
        if request.config.getoption("--regenerate"):
            written = written[: block.start] + said + written[block.start + len(block.body) :]
        else:
            assert said == block.body
    if written != text:
        page.write_text(written, encoding="utf-8")


def transcript(body: str, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """The block as it should read: each command with what it prints, cut where the block cuts it."""
    shown: list[list[str]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            shown.append([line])
        else:
            shown[-1].append(line)
    for command, *lines in shown:
        program, *words = shlex.split(command.removeprefix("$ "))
        assert program == "assessment", command
        main(words)
        printed = capsys.readouterr().out.rstrip("\n").splitlines()
        if lines and lines[-1] == "…":
            printed = [*printed[: len(lines) - 1], "…"]
        yield "\n".join([command, *printed]) + "\n"


def files(text: str) -> None:
    """Write the files that a page shows: blocks whose mark is followed by a name, such as `csv data.csv`."""
    for block in blocks(text, "assess", "csv"):
        if block.more:
            Path(block.more).write_text(block.body, encoding="utf-8")


@pytest.mark.parametrize("page", pages_with("assess"), ids=name_of)
def test_rule_files_on_the_page_have_no_errors(page: Path, at_root: Path) -> None:
    text = page.read_text(encoding="utf-8")
    files(text)
    for block in blocks(text, "assess"):
        # What has a name may amend what stands beside it.
        shown = Path(block.more) if block.more else block.body
        found = [one.message for one in assessment.check(shown) if one.severity is Severity.ERROR]
        assert found == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = [found["to"] for found in LINK.finditer(page.read_text(encoding="utf-8"))]
    lost = [to for to in links if "://" not in to and not (page.parent / to).exists()]
    assert lost == []


def test_pages_name_no_path_of_a_machine() -> None:
    wrong = re.compile(r"/(?:home|root|work|tmp|Users)/")
    assert [name_of(page) for page in PAGES if wrong.search(page.read_text(encoding="utf-8"))] == []


def test_both_readmes_print_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return [line for block in blocks(text, "sh") for line in block.body.splitlines()]

    assert commands("README.md") == commands("README.zh-CN.md")


def test_environment_is_left_as_it_was() -> None:
    # The pages must not need a setting that a reader does not have.
    assert os.environ["ASSESSMENT_CACHE"] == "off"
