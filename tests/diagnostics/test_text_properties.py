import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assessment.diagnostics import Source, Span, Text, diagnostic, render, visible


def columns(text: str) -> int:
    """The width of visible text, counted anew."""
    return sum(
        0
        if unicodedata.category(one) in {"Mn", "Me"}
        else 2
        if unicodedata.east_asian_width(one) in "WF"
        else 1
        for one in text
    )


@given(st.text(min_size=1, max_size=60), st.data())
def test_marks_begin_below_what_they_mark(text: str, data: st.DataObject) -> None:
    source = Source(name="a", text=text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span(source=source, start=start, end=end)
    begin, behind = source.line_bounds(span.line)
    mark_line = render([diagnostic("syntax-error", Text.same("x"), span)]).splitlines()[4]
    gutter = mark_line.index("|") + 2
    marks_from = mark_line.index("^", gutter) - gutter
    assert marks_from == columns(visible(text[begin : min(start, behind)]).replace("\t", "    "))


@given(st.text(max_size=300), st.text(max_size=30), st.data())
def test_nothing_rendered_can_steer_a_terminal(text: str, message: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(source=Source(name=message, text=text), start=start, end=len(text))
    shown = render([diagnostic("syntax-error", Text.same(message), span, help=Text.same(message))])
    assert {unicodedata.category(one) for one in shown.replace("\n", "")} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    } == set()
    shown.encode("utf-8")
