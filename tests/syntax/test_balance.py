from assessment.diagnostics.model import Source
from assessment.syntax import balance
from assessment.syntax.balance import MAX_MENDED, Reading, readings
from assessment.syntax.fold import fold
from assessment.syntax.pieces import cut


def ways(text: str) -> tuple[Reading, ...]:
    folded, _ = fold(Source(name="t", text=text))
    return readings(folded, cut(folded)[0])


def joined(way: Reading) -> str:
    return " ".join(piece.text for piece in way.pieces[:-1])


def test_balanced_text_has_one_reading_without_findings() -> None:
    (only,) = ways("assessment a { let x = f { 1: 2 } }")
    assert (only.findings, only.may_open, only.may_omit) == ((), 0, 0)


def test_block_ends_before_the_first_statement_that_cannot_stand_in_it() -> None:
    mended, _ = ways("assessment a {\n category b {\n indicator 1 {\n by c\n category d { }\n }")
    assert joined(mended) == "assessment a { category b { indicator 1 { by c } } category d { } }"
    assert [finding.code for finding in mended.findings] == ["unclosed-brace"] * 2


def test_category_may_stand_in_a_category_that_is_indented_less() -> None:
    mended, _ = ways("assessment a {\n category b {\n  category c {\n   category d {\n   }\n  }\n }\n")
    assert joined(mended).endswith("d { } } } }")
    assert [finding.span.line for finding in mended.findings] == [1]  # type: ignore[union-attr]


def test_table_ends_before_the_next_statement() -> None:
    mended, _ = ways("assessment a {\n let x = f { 1: 2\n let y = 3\n}")
    assert joined(mended) == "assessment a { let x = f { 1 : 2 } let y = 3 }"


def test_key_of_a_policy_is_no_statement() -> None:
    mended, _ = ways("assessment a {\n policies {\n not applicable: error\n }\n")
    assert joined(mended) == "assessment a { policies { not applicable : error } }"


def test_surplus_brace_with_the_wrong_indentation_is_left_out() -> None:
    mended, as_is = ways("assessment a {\n category b {\n  }\n }\n}\n")
    assert joined(mended) == "assessment a { category b { } }"
    assert [finding.span.line for finding in mended.findings] == [3]  # type: ignore[union-attr]
    assert as_is.may_open == 1


def test_text_with_very_many_braces_astray_is_left_as_it_is() -> None:
    (only,) = ways("assessment a {" + "}" * (MAX_MENDED + 2))
    assert only.findings == ()


def test_indentation_of_a_line_is_that_of_all_its_pieces() -> None:
    folded, _ = fold(Source(name="t", text="  a b\n\n   c // d\r\n}\n \t e {"))
    found, _ = cut(folded)
    assert balance._columns(folded, found)[:-1] == [2, 2, 3, 0, 3, 3]
