"""The engine's own table always reconciles as equal; one changed digit of it is always contradicted, and has a cause."""

from hypothesis import given, settings
from hypothesis import strategies as st

import assessment
from assessment.report.csv_table import csv_text
from assessment.report.view import view

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
    group zone "Zones" { D; E }
    input firms "Firms" in 亿元 { from sti; range 0 to 20 }
    input staff "Staff" in 亿元 { from sti; range > 0 }
    category one "One" 14 points {
        indicator 1 ※ "Firms" 6 points { by sti; cite "Annex" item 1; score = attain(firms, target: 9 亿元) }
        indicator 2 "Share" 8 points {
            by sti; cite "Annex" item 2; not applicable to zone
            score = minmax(firms / staff, within: group)
        }
    }
    category two "Two" 6 points {
        indicator 3 "Staff" 6 points { by sti; cite "Annex" item 3; score = attain(staff, target: 7 亿元) }
    }
    grade "good" >= 12 points; "other" otherwise
}
""")
REGIONS = "ABCDE"

tenths = st.integers(1, 200).map(lambda i: f"{i // 10}.{i % 10}")
rows = st.fixed_dictionaries({"firms": tenths, "staff": tenths})
fields = st.fixed_dictionaries(dict.fromkeys(REGIONS, rows))


def own_table(data: assessment.Data) -> list[list[str]]:
    import csv
    import io

    return list(csv.reader(io.StringIO(csv_text(view(RULES.evaluate(data), "en")))))


def text_of(table: list[list[str]]) -> bytes:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue().encode()


@settings(max_examples=25, deadline=None)
@given(fields, st.sampled_from(["declared", "from-data"]))
def test_own_table_is_equal(values: dict[str, dict[str, str]], places: str) -> None:
    data = assessment.read_data(values, RULES)
    found = assessment.reconcile(RULES, data, text_of(own_table(data)), input_places=places)  # type: ignore[arg-type]
    assert {one.status for one in found.judgements} == {"equal"}
    # Five regions with total, rank, grade, key subtotal and three indicators.
    assert len(found.judgements) == 35


@settings(max_examples=25, deadline=None)
@given(fields, st.integers(1, 5), st.data())
def test_any_changed_digit_is_contradicted_and_has_one_cause(
    values: dict[str, dict[str, str]], row: int, drawn: st.DataObject
) -> None:
    data = assessment.read_data(values, RULES)
    table = own_table(data)
    columns = [at for at, title in enumerate(table[0]) if title == "Total" or "points" in title]
    figures = [at for at in columns if table[row][at].replace(".", "").isdigit()]
    column = drawn.draw(st.sampled_from(figures))
    text = table[row][column]
    at = drawn.draw(st.sampled_from([place for place, one in enumerate(text) if one.isdigit()]))
    other = drawn.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[at]]))
    table[row][column] = text[:at] + other + text[at + 1 :]
    found = assessment.reconcile(RULES, data, text_of(table))
    (wrong,) = found.of("contradicted")
    (cause,) = found.causes
    (explained,) = cause.explains
    assert found.judgements[explained] is wrong
    assert wrong.published.text == table[row][column]
    assert cause.against == 0
