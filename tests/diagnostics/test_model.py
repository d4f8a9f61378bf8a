import pytest

from assessment.diagnostics import (
    CellPlace,
    Diagnostic,
    Label,
    Severity,
    Source,
    Span,
    Text,
    diagnostic,
    has_errors,
    in_source_order,
)
from assessment.errors import InternalError

WORDS = Text(en="words", zh="话")


def source(text: str) -> Source:
    return Source(name="a.assess", text=text)


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(source=source(text), start=start, end=start + len(part))


def test_text_is_given_in_the_language_asked_for() -> None:
    assert (WORDS.in_("en"), WORDS.in_("zh")) == ("words", "话")


def test_lines_end_at_lf_crlf_and_cr_only() -> None:
    # 0123 4 5678 9 ...: `a`, `b` after CR LF at 3, `c` after CR at 5; U+2028 and form feed end no line.
    assert source("a\r\nb\rc\u2028d\fe\nf").line_starts == (0, 3, 5, 11)


def test_line_bounds_leave_out_the_line_end() -> None:
    text = source("ab\r\n\r\ncd")
    assert [text.line_bounds(line) for line in (1, 2, 3)] == [(0, 2), (4, 4), (6, 8)]


def test_column_counts_code_points_from_one() -> None:
    place = span("指标\n总分 100 分\n", "100")
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 4, 2, 7)


def test_span_gives_its_text_as_written() -> None:
    assert span("总分 100 分", "100 分").text == "100 分"


def test_span_shows_no_source_in_its_repr() -> None:
    assert repr(span("总分 100 分", "100")) == "Span(start=3, end=6)"


def test_covering_span_reaches_from_the_first_to_the_last_in_any_order() -> None:
    text = source("one two three")
    one, three = Span(source=text, start=0, end=3), Span(source=text, start=8, end=13)
    assert (Span.covering(three, one).start, Span.covering(three, one).end) == (0, 13)


def test_spans_of_two_sources_cannot_be_joined() -> None:
    with pytest.raises(InternalError):
        Span.covering(span("one", "one"), span("two", "two"))


@pytest.mark.parametrize(
    ("place", "en", "zh"),
    [
        (
            CellPlace(file="a.xlsx", sheet="数据", cell="C7", row=7, column=3),
            "a.xlsx, sheet 数据, cell C7",
            "a.xlsx，工作表 数据，单元格 C7",
        ),
        (CellPlace(file="a.csv", row=7, column=3), "a.csv, row 7, column 3", "a.csv，第 7 行，第 3 列"),
        (CellPlace(row=2, column="gdp"), "row 2, column gdp", "第 2 行，列 gdp"),
        (CellPlace(), "the data", "数据"),
    ],
)
def test_cell_place_is_said_in_words(place: CellPlace, en: str, zh: str) -> None:
    assert (place.text("en"), place.text("zh")) == (en, zh)


def test_severity_comes_from_the_table_of_codes() -> None:
    assert diagnostic("unused-input", WORDS).severity is Severity.WARNING


def test_undeclared_code_is_an_internal_error() -> None:
    with pytest.raises(InternalError, match="`no-such-code`"):
        diagnostic("no-such-code", WORDS)


def test_bare_place_becomes_a_primary_label() -> None:
    place = span("gdp", "gdp")
    assert diagnostic("cycle", WORDS, place).labels == (Label(place=place, text=None, primary=True),)


def test_span_of_a_diagnostic_is_its_first_primary_place() -> None:
    here, there = span("a b", "a"), span("a b", "b")
    found = diagnostic("cycle", WORDS, Label(place=there, primary=False), Label(place=here))
    assert found.span == here


def test_diagnostic_without_a_label_has_no_span() -> None:
    assert diagnostic("data-empty", WORDS).span is None


def test_message_is_english_and_chinese_on_request() -> None:
    found = diagnostic("data-empty", WORDS)
    assert (found.message, found.in_("zh")) == ("words", "话")


def test_warnings_and_notes_are_no_errors() -> None:
    mild = [diagnostic("unused-input", WORDS), diagnostic("data-float", WORDS)]
    assert (has_errors(mild), has_errors([*mild, diagnostic("cycle", WORDS)])) == (False, True)


def test_source_order_is_by_place_and_puts_data_behind_rules() -> None:
    text = "one two"
    cells = [CellPlace(file="a.xlsx", cell=cell) for cell in ("AB2", "C10", "C2")]
    places = [*cells, span(text, "two"), span(text, "one"), None]
    found = [
        Diagnostic(code="cycle", message_text=WORDS, labels=(Label(place=p),) if p else ()) for p in places
    ]
    ordered = [one.span for one in in_source_order(found)]
    # Row 2 before row 10; in row 2, column C (3) before AB (28).
    assert ordered == [None, span(text, "one"), span(text, "two"), cells[2], cells[0], cells[1]]
