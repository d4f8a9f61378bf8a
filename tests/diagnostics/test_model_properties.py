from hypothesis import given
from hypothesis import strategies as st

from assessment.diagnostics import Source, Span

TEXTS = st.text(alphabet="a分 \n\r※", max_size=40)


@given(TEXTS, st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    source = Source(name="a", text=text)
    offset = data.draw(st.integers(0, len(text)))
    span = Span(source=source, start=offset, end=offset)
    assert source.line_starts[span.line - 1] + span.column - 1 == offset


@given(TEXTS)
def test_lines_and_line_ends_make_up_the_text(text: str) -> None:
    source = Source(name="a", text=text)
    lines = [text[slice(*source.line_bounds(line))] for line in range(1, len(source.line_starts) + 1)]
    assert lines == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
