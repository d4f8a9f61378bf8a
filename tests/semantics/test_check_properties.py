import random
import re
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.syntax.strategies import rule_files

from assessment.diagnostics.model import Severity, Source, Span, has_errors
from assessment.semantics.canonical import canonical
from assessment.semantics.check import check
from assessment.semantics.limits import check_limits
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*/*.assess"))
PIECE = re.compile(r"//[^\n]*|\"[^\"]*\"|“[^”]*”|\s+|\w+|.")


@cache
def programs():
    """Every program of the cases, cut into pieces."""
    texts = [text for path in CASES for text in re.split(r"(?m)^---\n", path.read_text(encoding="utf-8"))]
    return [PIECE.findall(re.sub(r"//[^\n]*", "", text)) for text in texts]


def shuffled(seed):
    """A program of the cases with a few pieces left out, doubled, exchanged, or put in from another one."""
    chance = random.Random(seed)  # noqa: S311 # not for secrets
    pieces = list(chance.choice(programs()))
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(pieces)), chance.choice(chance.choice(programs()))
        match chance.randrange(4):
            case 0:
                pieces[at] = ""
            case 1:
                pieces[at] += pieces[at]
            case 2:
                pieces[at] = other
            case _:
                to = chance.randrange(len(pieces))
                pieces[at], pieces[to] = pieces[to], pieces[at]
    return "".join(pieces)


NOTES = {"full-marks-out-of-reach", "irrational-compared", "no-document-number"}
"""What is noted of rules; whatever else is said of them is a warning or an error."""


def sound(found):
    return all(
        isinstance(each.span, Span) and (each.severity is not Severity.NOTE or each.code in NOTES)
        for each in found
    )


@given(rule_files)
def test_whatever_is_grammatical_is_checked_without_a_fault_of_ours(file):
    text = print_rules(file, "en")
    read, _ = parse(Source(name="made", text=text))
    rules, found = check(read)
    assert (rules is None) is has_errors(found)
    assert sound(found)


@given(rule_files)
def test_the_language_of_the_keywords_changes_no_finding(file):
    found = []
    for lang in ("en", "zh"):
        read, _ = parse(Source(name="made", text=print_rules(file, lang)))
        found.append([(each.code, each.message_text) for each in check(canonical(read))[1]])
    codes = [sorted(code for code, _ in each) for each in found]
    assert codes[0] == codes[1]


@given(st.integers(0, 10**9))
def test_rules_with_slips_are_checked_without_a_fault_of_ours(seed):
    read, found = parse(Source(name="made", text=shuffled(seed)))
    if read is None:
        assert found
        return
    rules, more = check(read)
    assert (rules is None) is has_errors(more)
    assert sound(more)
    if rules is not None:
        assert sound(check_limits(rules))
