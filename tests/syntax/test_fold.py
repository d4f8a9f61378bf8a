import pytest

from assessment.diagnostics.model import Source
from assessment.syntax.fold import fold


def folded(text: str) -> str:
    return fold(Source(name="t", text=text))[0].text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("：，；（）％、", ":,;()%,"),
        ("Ａｂ１２＿", "Ab12_"),
        ("×÷−", "*/-"),
        ("［］｛｝／＝＞＜＋", "[]{}/=><+"),
        ("\u3000\u00a0", "  "),
        ("\u2f8f\uf9b5", "行例"),
    ],
)
def test_twins_are_folded_one_by_one(written: str, read: str) -> None:
    assert folded(written) == read


@pytest.mark.parametrize("kept", ["“”", "＂", "＼", "※", "→", "≥", "·", "①", "½", "㎡", "。"])
def test_other_characters_stay(kept: str) -> None:
    assert folded(kept) == kept


def test_plain_text_is_not_folded() -> None:
    assert fold(Source(name="t", text="１２％"))[0].plain == "１２％"


def test_invisible_characters_are_taken_out_and_positions_kept() -> None:
    source = Source(name="t", text="a\u200bb\u202e\u2066c")
    result, found = fold(source)
    assert result.text == "abc"
    assert [result.origin(offset) for offset in range(4)] == [0, 2, 5, 6]
    assert result.span(0, 2).text == "a\u200bb"
    assert result.span(2, 3).text == "c"
    assert [(d.code, d.span.start) for d in found] == [  # type: ignore[union-attr]
        ("bidi-character", 1),
        ("bidi-character", 3),
        ("bidi-character", 4),
    ]


def test_byte_order_mark_is_taken_out_without_a_word() -> None:
    result, found = fold(Source(name="t", text="\ufeffab"))
    assert (result.text, result.origin(0), found) == ("ab", 1, ())


def test_findings_are_limited() -> None:
    assert len(fold(Source(name="t", text="\u200b" * 1000), limit=7)[1]) == 7
