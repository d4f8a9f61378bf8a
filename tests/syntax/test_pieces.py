import pytest

from assessment.diagnostics.model import Source
from assessment.syntax.fold import fold
from assessment.syntax.pieces import Piece, Pieces, cut, is_name


def pieces(text: str) -> Pieces:
    return cut(fold(Source(name="t", text=text))[0])[0]


def shown(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces(text)[:-1]]


def test_digits_belong_to_a_name_only_behind_latin_letters_and_underlines() -> None:
    assert shown("x2 总分100分 总分_1 R2研发3") == [
        ("name", "x2"),
        ("name", "总分"),
        ("number", "100"),
        ("name", "分"),
        ("name", "总分_1"),
        ("name", "R2研发"),
        ("number", "3"),
    ]


@pytest.mark.parametrize("character", ["①", "Ⅳ", "²", "½", "㊀", "٣"])
def test_numerals_of_other_kinds_are_no_names(character: str) -> None:
    assert [kind for kind, _ in shown(character)] == ["sign"]


@pytest.mark.parametrize(
    ("written", "content"),
    [
        ('"a"', "a"),
        ('""', ""),
        (r'"a\"b\\"', 'a"b\\'),
        ("“a”", "a"),
        ("“a“b“c”d”e”", "a“b“c”d”e"),
        ('“a"b”', 'a"b'),
        ("“a\\”", "a\\"),
        ("“／／ １”", "／／ １"),
    ],
)
def test_texts_hold_what_stands_between_their_marks(written: str, content: str) -> None:
    assert shown(written) == [("string", content)]
    assert pieces(written)[0].finding is None


@pytest.mark.parametrize(
    ("written", "content", "rest"),
    [
        ('"abc', "abc", []),
        ("“abc {", "abc", [("sign", "{")]),
        ("“abc; x", "abc", [("sign", ";"), ("name", "x")]),
        ('“abc" x', "abc", [("name", "x")]),
        ("”abc” x", "abc", [("name", "x")]),
        ("‘abc’ x", "abc", [("name", "x")]),
        ("「abc」", "abc", []),
        ("abc” x", "abc", [("name", "x")]),
        ('abc" x', "abc", [("name", "x")]),
    ],
)
def test_badly_quoted_text_is_read_as_far_as_it_goes(
    written: str, content: str, rest: list[tuple[str, str]]
) -> None:
    assert shown(written) == [("string", content), *rest]
    finding = pieces(written)[0].finding
    assert finding is not None
    assert finding.code == "unclosed-string"


def test_comment_runs_to_the_end_of_its_line() -> None:
    found, comments = cut(fold(Source(name="t", text="a // b ：c\n“// d” e"))[0])
    assert [piece.text for piece in found] == ["a", "// d", "e", ""]
    assert [comment.text for comment in comments] == ["b ：c"]


def test_lines_are_known() -> None:
    found = pieces("  a b // c\n\n   {\r\nd “e” ”f ‘g\n h”\n‘i’")
    assert [(piece.text, found.begins_line(number)) for number, piece in enumerate(found)] == [
        ("a", True),
        ("b", False),
        ("{", True),
        ("d", True),
        ("e", False),
        ("f ", False),
        ("g", False),
        ("h", True),
        ("i", True),
        ("", True),
    ]


def test_pieces_are_counted_from_both_ends_and_in_stretches() -> None:
    found = pieces("a (b) 12")
    assert [piece.text for piece in found[1:4]] == ["(", "b", ")"]
    assert found[-2] == Piece("number", 6, 8, "12")
    assert found.brackets == [2, 4]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("rd_share", True),
        ("研发", True),
        ("x1", True),
        ("队伍评分2", False),
        ("1x", False),
        ("a b", False),
        ("", False),
    ],
)
def test_names_are_told_from_other_texts(text: str, answer: bool) -> None:
    assert is_name(text) is answer
