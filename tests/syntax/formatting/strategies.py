"""Texts of rules with comments and blank lines between any two words."""

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from assessment.diagnostics.bilingual import Lang
from assessment.diagnostics.model import Source
from assessment.syntax import ast
from assessment.syntax.concrete import concrete, words_of
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules, print_statement

LANGUAGES: tuple[Lang, ...] = ("en", "zh")

# What is read by what follows it on the same line.
_LOOKS_AHEAD = {"COUNTED", "GRADE_NEXT", "QUANTIFIER", "ROUND_NEXT"}
_BREAKS = st.sampled_from([" // {}\n", "\n// {}\n", "\n\n\t// {}  \n\n", "//{}\n//\n", "\n\n"])


def places(text: str) -> list[int]:
    """The ends of words behind which a line may end."""
    whole = concrete(Source(name="made", text=text))
    assert whole is not None
    words = words_of(whole.root)
    counted = [word.terminal == "COUNTED" for word in words]
    return [
        0,
        *(
            word.start + len(word.source)
            for word, behind in zip(words, (False, *counted), strict=False)
            # A count rule looks as far as the word behind its number.
            if word.terminal not in _LOOKS_AHEAD and not behind
        ),
    ]


@st.composite
def mixed(draw: st.DrawFn, files: st.SearchStrategy[ast.RuleFile]) -> str:
    """Texts of which each statement is in a language of its own."""
    file = draw(files)
    langs = draw(st.lists(st.sampled_from(LANGUAGES), min_size=len(file.body), max_size=len(file.body)))
    empty = print_rules(evolve(file, body=()), draw(st.sampled_from(LANGUAGES))).rstrip("\n }")
    lines = (print_statement(one, lang) for one, lang in zip(file.body, langs, strict=True))
    return "\n".join([empty, *lines, "}"])


@st.composite
def commented(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Texts with comments put in; they can still be read."""
    text = draw(texts)
    gaps = st.lists(st.tuples(st.sampled_from(places(text)), _BREAKS), max_size=8)
    chosen = sorted(draw(gaps), key=lambda one: one[0])
    for number, (place, line) in reversed(list(enumerate(chosen))):
        text = text[:place] + line.format(f"注 {number}") + text[place:]
    _, found = parse(Source(name="made", text=text))
    assume(not any(one.severity.value == "error" for one in found))
    return text
