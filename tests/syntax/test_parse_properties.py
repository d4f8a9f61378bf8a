import time

from hypothesis import example, given
from hypothesis import strategies as st
from tests.syntax.strategies import rule_files

from assessment.diagnostics.codes import Severity
from assessment.diagnostics.model import Source, Span
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules

FRAGMENTS = st.sampled_from(
    [
        *(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ";",
            ",",
            ":",
            "=",
            "+",
            "-",
            "*",
            "/",
            "^",
            "%",
            "※",
            "“",
            "”",
            '"',
            "//",
        ),
        *(
            "assessment",
            "a",
            "{",
            "total",
            "100",
            "points",
            "let",
            "x",
            "input",
            "in",
            "亿元",
            "指标",
            "2",
            "分项",
        ),
        *(
            "not",
            "any",
            "key",
            "indicator",
            "rate",
            "得分率",
            "<",
            "60%",
            "when",
            "当",
            "：",
            "；",
            "\n",
            " ",
            "\\",
        ),
    ]
)
SPACE = st.sampled_from(["", " ", "\n"])


@given(st.text())
@example("assessment a { let x = ①Ⅳ½ ﷺ }")
@example("assessment a { let x = \ud800 }")
@example("考核\u2028a {")
def test_any_text_is_answered(text: str) -> None:
    file, found = parse(Source(name="any", text=text))
    assert file is not None or found


@given(st.lists(st.tuples(FRAGMENTS, SPACE), max_size=60))
def test_any_words_of_the_language_are_answered(words: list[tuple[str, str]]) -> None:
    text = "assessment a {" + "".join(word + space for word, space in words)
    file, found = parse(Source(name="any", text=text))
    assert file is not None or found
    for finding in found:
        assert isinstance(finding.span, Span)
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message_text.en
        assert finding.message_text.zh
        assert "\n" not in finding.message


@given(rule_files, st.sampled_from(["en", "zh"]), st.data())
def test_a_slip_gives_a_finding_near_it_or_another_tree(
    file: ast.RuleFile, lang: str, data: st.DataObject
) -> None:
    text = print_rules(file, lang)
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + text[place + 1 :]
    read, found = parse(Source(name="damaged", text=damaged))
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    assert read is not None or errors
    assert len(errors) <= 10


@given(rule_files, st.sampled_from(["en", "zh"]))
def test_line_breaks_and_blanks_do_not_matter(file: ast.RuleFile, lang: str) -> None:
    text = print_rules(file, lang).replace("\n", "\t ")
    assert parse(Source(name="flat", text=text)) == (file, ())


def test_hostile_texts_are_answered_in_bounded_time() -> None:
    head = "assessment a { let x = "
    hostile = [
        "\0\x01\x02" * 1000,
        "",
        "\ufeff \n\t",
        "x" * 10_000_000,
        head + "(" * 10_000 + "1" + ")" * 10_000 + " }",
        head + "-" * 90_000 + "1 }",
        head + "not " * 20_000 + "y }",
        head + "f(" * 150 + "1" + ")" * 150 + " }",
        head + "-(a + not (b * " * 60 + "1" + "))" * 60 + " }",
        head + "10**10**10 }",
        head + "1" * 99_000 + " }",
        head + "x[-1]" * 10_000 + " }",
        head + "a\n{" * 30_000,
        head + "}\n" * 30_000,
        head + "“" * 90_000,
        head + "“a”" * 30_000 + "“",
        head + '"' * 90_001,
        head + "\\" * 90_000,
        head + "\u202e" * 90_000,
        "assessment a {\n" + "indicator 2 \n" * 20_000,
        "assessment a {\n" + "f { " * 190 + "\n" * 1000 + "group g { 全市\n" * 500,
        head + "人" * 26 + "！" + " }",
        head + "万" * 90_000 + " }",
        head + "1 " + "万元/" * 20_000 + " }",
    ]
    for text in hostile:
        begun = time.perf_counter()
        file, found = parse(Source(name="hostile", text=text))
        # Generous: what is guarded against takes minutes or does not end.
        assert time.perf_counter() - begun < 20, text[:60]
        assert len(found) <= 210
        assert found or file is not None
