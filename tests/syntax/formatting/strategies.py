"""Texts of rules with comments and blank lines between any two words."""

from hypothesis import assume
from hypothesis import strategies as st

from assessment.diagnostics.model import Source
from assessment.syntax.concrete import concrete, words_of
from assessment.syntax.parse import parse

# What is read by what follows it on the same line.
_LOOKS_AHEAD = {"COUNTED", "GRADE_NEXT", "QUANTIFIER", "ROUND_NEXT"}
_BREAKS = st.sampled_from([" // {}\n", "\n// {}\n", "\n\n\t// {}  \n\n", "//{}\n//\n", "\n\n"])


def places(text: str) -> list[int]:
    """The ends of words behind which a line may end."""
    whole = concrete(Source(name="made", text=text))
    assert whole is not None
    words = words_of(whole.root)
    return [0, *(word.start + len(word.source) for word in words if word.terminal not in _LOOKS_AHEAD)]


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
