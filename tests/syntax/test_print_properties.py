from hypothesis import given
from tests.syntax.strategies import rule_files

from assessment.diagnostics.model import Source
from assessment.syntax import ast
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules


@given(rule_files)
def test_reading_what_was_printed_in_english_gives_the_tree_again(file: ast.RuleFile) -> None:
    text = print_rules(file, "en")
    assert parse(Source(name="printed", text=text)) == (file, ())


@given(rule_files)
def test_reading_what_was_printed_in_chinese_gives_the_tree_again(file: ast.RuleFile) -> None:
    text = print_rules(file, "zh")
    assert parse(Source(name="printed", text=text)) == (file, ())
