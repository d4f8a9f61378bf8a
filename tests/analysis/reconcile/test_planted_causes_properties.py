"""Whatever change of the rules a table was made by, it is among the causes that are told, and explains every figure."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

import assessment
from assessment import number
from assessment.analysis.reconcile.figures import figures_of
from assessment.analysis.reconcile.hypotheses import variants
from assessment.compiler.from_rules import compile_rules
from assessment.core import nodes as n
from assessment.core.absence import Absence
from assessment.evaluation.exact import run

RULES = assessment.load("""
assessment demo for 2018 "Demo" {
    authority "Notice 1"
    total 20 points
    round indicator half-up to 2 places; total half-up to 1 place
    carry full
    compare rounded
    policies { missing: error; undefined: zero; ties: min; not applicable: rescale in category; all equal: full }
    rank within group; order total, indicator 1
    department sti "Science"
    group county "Counties" { A; B; C }
    group zone "Zones" { D; E; F }
    input firms "Firms" in 亿元 { from sti; range 0 to 20 }
    input staff "Staff" in 亿元 { from sti; range > 0 }
    category one "One" 14 points {
        indicator 1 ※ "Firms" 6 points { by sti; cite "Annex" item 1; score = attain(firms, target: 9 亿元) }
        indicator 2 "Share" 8 points {
            by sti; cite "Annex" item 2; not applicable to zone
            score = minmax(firms / staff, within: all)
        }
    }
    category two "Two" 6 points {
        indicator 3 "Staff" 6 points { by sti; cite "Annex" item 3; score = attain(staff, target: 7 亿元) }
    }
    grade "good" >= 12 points; "other" otherwise
}
""")
REGIONS = "ABCDEF"

tenths = st.integers(1, 200).map(lambda i: f"{i // 10}.{i % 10}")
fields = st.fixed_dictionaries(
    dict.fromkeys(REGIONS, st.fixed_dictionaries({"firms": tenths, "staff": tenths}))
)


def test_there_are_variants_of_every_kind() -> None:
    kinds = {one.kind for one in variants(RULES.evaluate(_data()).outcome.program.rules)}
    assert kinds == {
        *("rounding mode", "rounding places", "rounding stage", "carry"),
        *("compare", "ties", "tie-break", "redistribution"),
    }


def _data() -> assessment.Data:
    return assessment.read_data({region: {"firms": "4.5", "staff": "3.5"} for region in REGIONS}, RULES)


@settings(max_examples=15, deadline=None)
@given(fields, st.data())
def test_a_change_that_made_the_table_is_told(
    values: dict[str, dict[str, str]], drawn: st.DataObject
) -> None:
    data = assessment.read_data(values, RULES)
    outcome = RULES.evaluate(data).outcome
    variant = drawn.draw(st.sampled_from([*variants(outcome.program.rules)]))
    said, done = figures_of(outcome.program), figures_of(compile_rules(variant.rules))
    made = run([one.node for one in done.values()], outcome.facts)
    table: dict[str, dict[str, object]] = {region: {} for region in outcome.facts.regions}
    for figure, one in done.items():
        for place, region in enumerate(outcome.facts.regions):
            value, rule = made.at(one.node, place), said[figure].node
            if isinstance(value, Absence):
                table[region][figure.id] = value
            elif figure.kind == "grade" and isinstance(value, Fraction):
                table[region][figure.id] = figure.levels[int(value)]
            elif isinstance(value, Fraction):
                # What is not rounded any more is shown to the places of the rules.
                shown = isinstance(rule, n.Round) and not isinstance(one.node, n.Round)
                table[region][figure.id] = (
                    number.decimal_text(number.round_real(value, rule.places, rule.mode), rule.places)
                    if shown
                    else value
                )
    found = assessment.reconcile(RULES, data, table)
    if not found.holds:
        (cause,) = found.causes
        assert (variant.kind, variant.text) in [(one.kind, one.text) for one in (cause, *cause.others)]
        assert (len(cause.explains), cause.against) == (len(found.of("contradicted")), 0)
