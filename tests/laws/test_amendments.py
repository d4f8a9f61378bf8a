"""What holds for amendments of generated rule files."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.composer import examples

from assessment.amending.chain import from_texts, read_chain
from assessment.diagnostics.model import Diagnostic, Source
from assessment.errors import DataError
from assessment.pipeline import compiled
from assessment.ruleset import RuleSet
from assessment.syntax.parse import parse
from assessment.syntax.print import print_rules
from assessment.testing import rule_files, tables_for
from assessment.testing.amendments import BASE, amendments
from assessment.testing.files import schemes
from assessment.testing.laws import shown
from assessment.testing.regional import Table, read

FEW = settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
FILES = schemes().map(lambda scheme: scheme.text) | rule_files()


def amended(base: str, text: str) -> tuple[RuleSet | None, tuple[Diagnostic, ...]]:
    return compiled(Source(name="next.assess", text=text), from_texts({BASE: base}))


def outcome(rules: RuleSet, table: Table) -> Any:
    try:
        result = rules.evaluate(read(rules, table), period=2018)
    except DataError as error:
        return sorted(one.code for one in error.diagnostics)
    return shown(result)


def resolved(base: str, text: str) -> Any:
    chain, found = read_chain(Source(name="next.assess", text=text), from_texts({BASE: base}))
    assert chain is not None, found
    return chain.newest


@FEW
@given(st.data())
def test_amended_with_nothing_is_the_original_digit_for_digit(data: st.DataObject) -> None:
    base = data.draw(FILES)
    tree, _ = parse(Source(name=BASE, text=base))
    assert tree is not None
    year = "" if tree.year is None else f" for {tree.year}"
    text = f'assessment {tree.name}{year} amends "{BASE}" {{ }}'
    assert resolved(base, text) == tree
    same, found = amended(base, text)
    original, expected = compiled(Source(name=BASE, text=base))
    assert [one.code for one in found] == [one.code for one in expected]
    assert same is not None
    assert original is not None
    table = data.draw(tables_for(original))
    assert outcome(same, table) == outcome(original, table)


@FEW
@given(st.data())
def test_resolved_then_scored_is_amended_then_scored(data: st.DataObject) -> None:
    base = data.draw(FILES)
    head, statements = data.draw(amendments(base))
    text = head + "{" + "\n".join(statements) + "}"
    tree = resolved(base, text)
    for lang in ("en", "zh"):
        again, found = parse(Source(name="whole.assess", text=print_rules(tree, lang)))
        assert found == ()
        assert again == tree
    rules, found = amended(base, text)
    whole, expected = compiled(Source(name="whole.assess", text=print_rules(tree, "en")))
    # A score of the year before that is read is that of other rules, where the file amends one: only then more is found.
    mine = [one.code for one in found if one.code != "earlier-score-by-year"]
    if len(mine) < len(found):
        return
    assert sorted(mine) == sorted(one.code for one in expected)
    assert (rules is None) == (whole is None)
    if rules is not None and whole is not None:
        table = data.draw(tables_for(whole))
        assert outcome(rules, table) == outcome(whole, table)


@FEW
@given(st.data())
def test_the_order_of_an_amendment_does_not_matter(data: st.DataObject) -> None:
    base = data.draw(FILES)
    head, statements = data.draw(amendments(base))
    shuffled = data.draw(st.permutations(statements))
    trees = [resolved(base, head + "{" + "\n".join(order) + "}") for order in (statements, shuffled)]
    assert trees[0] == trees[1]
