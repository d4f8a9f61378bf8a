"""Annotated rule files: what is said of each, at which line, and nothing else.

A file in `reject/` or `accept/` holds one or more programs, separated by a line `---`. A program that amends others has them behind
it, each under a line `=== name.assess`; findings in them are announced there. A comment `// error: [code]`,
`// warning: [code]` or `// note: [code]` (several codes separated by blanks) stands on the line of the primary place of a
finding. Errors must be exactly those announced; warnings too, and notes, as soon as a program announces any.
"""

import re
from pathlib import Path

import pytest

from assessment.amending.chain import from_texts
from assessment.diagnostics.model import Source, Span
from assessment.pipeline import compiled

FOLDER = Path(__file__).parent
ANNOTATION = re.compile(r"//\s*(error|warning|note):\s*\[([^\]]*)\]")


def programs(kind):
    for path in sorted((FOLDER / kind).glob("*.assess")):
        for number, text in enumerate(re.split(r"(?m)^---\n", path.read_text(encoding="utf-8")), start=1):
            yield pytest.param(text, id=f"{path.stem}-{number}")


def parts(text):
    """The text of a program and, by name, those that stand behind it."""
    main, *beside = re.split(r"(?m)^=== (\S+)\n", text)
    return main, dict(zip(beside[::2], beside[1::2], strict=True))


def announced(text):
    """(file, line, severity, code) of every annotation."""
    main, beside = parts(text)
    files = {"case.assess": main, **beside}
    return sorted((name, *each) for name, part in files.items() for each in annotations(part))


def annotations(text):
    return sorted(
        (line, found[1], code)
        for line, content in enumerate(text.splitlines(), start=1)
        for found in ANNOTATION.finditer(content)
        for code in found[2].split()
    )


def findings(text):
    main, beside = parts(text)
    opener = from_texts({"case.assess": main, **beside}) if beside else None
    return compiled(Source(name="case.assess", text=main), opener)[1]


def places(found):
    result = []
    for each in found:
        assert isinstance(each.span, Span), each
        result.append((each.span.source.name, each.span.line, each.severity.value, each.code))
    return sorted(result)


@pytest.mark.parametrize("text", list(programs("reject")))
def test_every_mistake_is_reported_at_its_line_and_nothing_else_is(text):
    expected = announced(text)
    assert expected, "a rejected program announces its findings"
    found = places(findings(text))
    said = {severity for _, _, severity, _ in expected} | {"error"}
    found = [each for each in found if each[2] in said]
    assert found == expected


@pytest.mark.parametrize("text", list(programs("accept")))
def test_right_rules_have_no_finding(text):
    assert places(findings(text)) == []


@pytest.mark.parametrize("text", list(programs("reject")))
def test_every_message_is_one_sentence_in_each_language(text):
    for each in findings(text):
        for message in (each.message_text.en, each.message_text.zh):
            assert "\n" not in message
            assert message.strip() == message != ""
            assert not message.endswith((".", "。"))
        assert each.message_text.en[0].islower() or each.message_text.en[0] in "`0123456789"
        assert re.search("[\u4e00-\u9fff]", each.message_text.zh)


@pytest.mark.parametrize("text", list(programs("reject")))
def test_every_finding_says_in_each_language_what_would_be_right(text):
    for each in findings(text):
        assert each.help is not None, each.message
        assert each.help.en
        assert re.search("[\u4e00-\u9fff]", each.help.zh), each.help.zh
