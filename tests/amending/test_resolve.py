"""What each statement of an amendment makes of the amended file; the order of statements does not matter."""

import re
from itertools import permutations

import pytest

from assessment.amending.chain import from_texts, read_chain
from assessment.diagnostics.model import Source
from assessment.pipeline import compiled
from assessment.syntax.print import print_rules

BASE = """assessment example for 2018 "Example" {
    authority "Document 1"
    total 20 points
    round none
    policies { missing: error; ties: min }
    rank within all
    group county "County" { North; South }
    department office "Office"
    input a in yuan { from office; range >= 0 }
    input b in yuan { from office; range >= 0 }
    targets city a { 2018: 10 yuan; 2019: 12 yuan }
    table marks by indicator { 1: 2; 2: 3 }
    assume "ten are enough"
    category strength "Strength" {
        indicator 1 "One" 10 points {
            by office
            cite "Annex" item 1
            score = attain(a, target: 10 yuan)
        }
        indicator 2 ※ "Two" 10 points {
            by office
            cite "Annex" item 2
            part level 6 points = attain(b, target: 10 yuan)
            part rise 4 points = attain(indicator 1 rate, target: 100 %)
        }
    }
    limit when indicator 1 rate < 50 %: grade at most good
    grade best >= 15 points
    grade good otherwise
}
"""


def chain(body, base=BASE):
    text = f'assessment example for 2019 amends "base.assess" {{\n{body}\n}}'
    return read_chain(Source(name="next.assess", text=text), from_texts({"base.assess": base}))


def resolved(body):
    found, diagnostics = chain(body)
    assert diagnostics == ()
    return print_rules(found.newest, "en")


def plain(base):
    return print_rules(read_chain(Source(name="base.assess", text=base))[0].newest, "en").replace(
        "for 2018", "for 2019"
    )


def edited(*changes):
    text = BASE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return plain(text)


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("", []),
        ("change indicator 1 points from 10 points to 12 points", [('One" 10 points', 'One" 12 points')]),
        (
            "change indicator 1 points to 12 points up to 14 points",
            [('One" 10 points', 'One" 12 points up to 14 points')],
        ),
        ("change total points from 20 points to 22 points", [("total 20", "total 22")]),
        ("change indicator 2.rise points from 4 points to 5 points", [("rise 4", "rise 5")]),
        (
            "change indicator 2.level score = attain(a, target: 9 yuan)",
            [("attain(b, target: 10 yuan)", "attain(a, target: 9 yuan)")],
        ),
        ('change indicator 1 title from "One" to "First"', [('"One"', '"First"')]),
        ('change category strength title to "Force"', [('"Strength"', '"Force"')]),
        ('change indicator 1 { cite "Annex" item 9 }', [("item 1\n", "item 9\n")]),
        ("change indicator 2 { change part rise points to 5 points }", [("rise 4", "rise 5")]),
        (
            "change indicator 2 { remove part rise }",
            [("            part rise 4 points = attain(indicator 1 rate, target: 100 %)\n", "")],
        ),
        (
            'change input a { range > 0; basis "x" }',
            [
                (
                    "input a in yuan { from office; range >= 0 }",
                    'input a in yuan { from office; range > 0; basis "x" }',
                )
            ],
        ),
        ("change policies { ties: max }", [("ties: min", "ties: max")]),
        ("change policies { all equal: full }", [("ties: min", "ties: min; all equal: full")]),
        ("policies { missing: zero }", [("{ missing: error; ties: min }", "{ missing: zero }")]),
        ('authority "Document 2"', [("Document 1", "Document 2")]),
        ("replace grade best >= 16 points", [("best >= 15", "best >= 16")]),
        (
            "replace input b in yuan { from office; range > 0 }",
            [("input b in yuan { from office; range >= 0 }", "input b in yuan { from office; range > 0 }")],
        ),
        (
            "replace round indicator half-up to 2 places; total half-up to 1 place",
            [("round none", "round indicator half-up to 2 places; total half-up to 1 place")],
        ),
        ("remove grade best", [("    grade best >= 15 points\n", "")]),
        ('remove assume "ten are enough"', [('    assume "ten are enough"\n', "")]),
        (
            "remove limit when indicator 1 rate < 50 %: grade at most good",
            [("    limit when indicator 1 rate < 50 %: grade at most good\n", "")],
        ),
        (
            "add input c in yuan { from office }",
            [
                (
                    "    input b in yuan { from office; range >= 0 }\n",
                    "    input b in yuan { from office; range >= 0 }\n    input c in yuan { from office }\n",
                )
            ],
        ),
        (
            "input c in yuan { from office }",
            [
                (
                    "    input b in yuan { from office; range >= 0 }\n",
                    "    input b in yuan { from office; range >= 0 }\n    input c in yuan { from office }\n",
                )
            ],
        ),
        (
            'add indicator 0 "Zero" 1 points = 1 points before indicator 1',
            [
                (
                    '        indicator 1 "One"',
                    '        indicator 0 "Zero" 1 points = 1 points\n        indicator 1 "One"',
                )
            ],
        ),
        (
            'add indicator 3 "Three" 1 points = 1 points in category strength',
            [("        }\n    }\n", '        }\n        indicator 3 "Three" 1 points = 1 points\n    }\n')],
        ),
        (
            "add region East alias E in group county before region South",
            [("North; South", "North; East alias E; South")],
        ),
        ("remove region North", [("North; South", "South")]),
        (
            "retarget city a { 2019: from 12 yuan to 13 yuan; 2020: 14 yuan }",
            [("2019: 12 yuan", "2019: 13 yuan; 2020: 14 yuan")],
        ),
        # What is said of an indicator is said of it under its new number too, in formulas and in tables.
        ("renumber indicator 1 to 7", [("indicator 1", "indicator 7"), ("{ 1: 2;", "{ 7: 2;")]),
        # The rows of what is removed go with it.
        (
            "change indicator 2.rise score = attain(b, target: 9 yuan) remove limit when indicator 1 rate < 50 %: grade at most good remove indicator 1",
            [
                ("attain(indicator 1 rate, target: 100 %)", "attain(b, target: 9 yuan)"),
                ("    limit when indicator 1 rate < 50 %: grade at most good\n", ""),
                ("{ 1: 2; 2: 3 }", "{ 2: 3 }"),
                (
                    '        indicator 1 "One" 10 points {\n            by office\n            cite "Annex" item 1\n            score = attain(a, target: 10 yuan)\n        }\n',
                    "",
                ),
            ],
        ),
    ],
)
def test_the_resolved_text_is_the_amended_text(body, changes):
    assert resolved(body) == edited(*changes)


def test_a_part_is_called_by_its_name_in_the_indicator_that_it_is_added_to():
    text = resolved("add part extra 1 points = 1 points in indicator 2 before part rise")
    assert re.findall(r"part (\S+)", text) == ["level", "extra", "rise"]


def test_points_are_not_changed_to_a_percentage():
    found = chain("change indicator 1 points to 5 %")[1]
    assert [(one.code, one.span.text) for one in found] == [("kind-mismatch", "5 %")]


def test_two_indicators_can_exchange_their_numbers():
    assert resolved("renumber indicator 1 to 2 renumber indicator 2 to 1") == edited(
        ("indicator 1 ", "indicator @ "),
        ("indicator 2 ", "indicator 1 "),
        ("indicator @ ", "indicator 2 "),
        ("{ 1: 2; 2: 3 }", "{ 2: 2; 1: 3 }"),
    )


def test_a_new_indicator_can_have_the_number_of_one_that_goes_away():
    text = resolved('renumber indicator 1 to 3 add indicator 1 "New" 5 points = 5 points after indicator 2')
    assert re.findall(r"^ +indicator (\S+)", text, re.MULTILINE) == ["3", "2", "1"]


STATEMENTS = (
    "change indicator 1 points from 10 points to 9 points",
    "renumber indicator 2 to 5",
    "change indicator 2.rise points from 4 points to 3 points",
    'add indicator 6 "Six" 2 points = 2 points after indicator 1',
    "retarget city a { 2019: 13 yuan }",
)


def test_the_order_of_statements_does_not_matter():
    found = {resolved("\n".join(order)) for order in permutations(STATEMENTS)}
    assert len(found) == 1


def test_new_statements_can_stand_beside_new_ones_in_any_order():
    add = [
        'add indicator 3 "A" 1 points = 1 points after indicator 4',
        'add indicator 4 "B" 1 points = 1 points after indicator 1',
        'add indicator 5 "C" 1 points = 1 points after indicator 3',
    ]
    found = {resolved("\n".join(order)) for order in permutations(add)}
    assert len(found) == 1
    assert re.findall(r"^ +indicator (\S+)", found.pop(), re.MULTILINE) == ["1", "4", "3", "5", "2"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("change indicator 3 points to 1 points", [("amendment-unmatched", "next.assess", "indicator 3")]),
        (
            "change indicator 2.leval points to 1 points",
            [("amendment-unmatched", "next.assess", "indicator 2.leval")],
        ),
        ("remove floor", [("amendment-unmatched", "next.assess", "remove floor")]),
        (
            'remove assume "ten are enuogh"',
            [("amendment-unmatched", "next.assess", 'assume "ten are enuogh"')],
        ),
        ("remove region Noth", [("amendment-unmatched", "next.assess", "region Noth")]),
        (
            "change indicator 1 points from 11 points to 12 points",
            [("amendment-value-differs", "next.assess", "11 points")],
        ),
        (
            "retarget city a { 2019: from 11 yuan to 13 yuan }",
            [("amendment-value-differs", "next.assess", "11 yuan")],
        ),
        (
            "retarget city a { 2020: from 11 yuan to 13 yuan }",
            [("amendment-value-differs", "next.assess", "11 yuan")],
        ),
        ('change indicator 1 title from "Two" to "x"', [("amendment-value-differs", "next.assess", '"Two"')]),
        (
            "retarget city a { 2019: 13 yuan; 2019: 14 yuan }",
            [("amendment-twice", "next.assess", "2019: 14 yuan")],
        ),
        (
            "remove indicator 2 change indicator 2.level points to 5 points",
            [("amendment-twice", "next.assess", "change indicator 2.level points to 5 points")],
        ),
        (
            "remove category strength remove indicator 1",
            [("amendment-twice", "next.assess", "remove indicator 1")],
        ),
        (
            "remove indicator 1 renumber indicator 1 to 3",
            [("amendment-twice", "next.assess", "renumber indicator 1 to 3")],
        ),
        ('add indicator 2 "x" 1 points = 1 points', [("amendment-exists", "next.assess", "2")]),
        ("grade best >= 10 points", [("amendment-exists", "next.assess", "grade best >= 10 points")]),
        (
            "add indicator 3 1 points = 1 points after indicator 9",
            [("amendment-unmatched", "next.assess", "indicator 9")],
        ),
        (
            "add indicator 3 1 points { change indicator 1 points to 2 points }",
            [("amendment-misplaced", "next.assess", "change indicator 1 points to 2 points")],
        ),
        ("change bonus x points to 2 points", [("amendment-unmatched", "next.assess", "bonus x")]),
    ],
)
def test_what_cannot_be_amended_is_told_at_its_place(body, expected):
    found = chain(body)[1]
    assert [(one.code, one.span.source.name, one.span.text) for one in found] == expected
    for one in found:
        assert one.help is not None


def test_points_that_no_longer_add_up_are_shown_in_both_files():
    text = 'assessment example for 2019 amends "base.assess" { change indicator 1 points from 10 points to 12 points }'
    found = compiled(Source(name="next.assess", text=text), from_texts({"base.assess": BASE}))[1]
    wrong = [one for one in found if one.severity.value == "error"]
    assert [one.code for one in wrong] == ["points-not-total"]
    assert {label.place.source.name for label in wrong[0].labels} == {"base.assess", "next.assess"}


def test_an_indicator_keeps_its_origin_under_a_new_number_and_through_a_chain():
    texts = {
        "base.assess": BASE,
        "next.assess": 'assessment example for 2019 amends "base.assess" { renumber indicator 1 to 3 add indicator 1 "New" 5 points = 5 points }',
    }
    last = 'assessment example for 2020 amends "next.assess" { renumber indicator 3 to 4 replace indicator 1 "Newer" 5 points = 5 points }'
    found, diagnostics = read_chain(Source(name="last.assess", text=last), from_texts(texts))
    assert diagnostics == ()
    assert {number: (one.file, one.number) for number, one in found.origins.items()} == {
        "4": (0, "1"),
        "2": (0, "2"),
        "1": (1, "1"),
    }


def test_examples_of_the_amended_file_stay_there():
    example = (
        '    example "half" { given North { a 5 yuan; b 0 yuan } expect North indicator 1 = 5 points }\n}\n'
    )
    base = BASE.rstrip("\n").removesuffix("}") + example
    found, diagnostics = chain("remove indicator 2", base)
    assert diagnostics == ()
    assert "example" not in print_rules(found.newest, "en").removeprefix("assessment example")


def test_a_file_that_amends_none_has_origins_too():
    rules, _ = compiled(Source(name="base.assess", text=BASE))
    assert {number: (one.file, one.number) for number, one in rules.origins.items()} == {
        "1": (0, "1"),
        "2": (0, "2"),
    }


AWARDS = """    veto gone when a > 90 yuan: indicator 2.rise zero, barred from top
    mark top when indicator 2 rate > 80 %, at most 1 unit within all (by indicator 2, ties in)
    mark more when not marked top
"""


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("remove veto gone", [(AWARDS.splitlines(keepends=True)[0], "")]),
        ("remove mark more", [("    mark more when not marked top\n", "")]),
        ("replace mark more when a > 5 yuan", [("more when not marked top", "more when a > 5 yuan")]),
        (
            "replace veto gone when b > 9 yuan: barred from every mark",
            [
                (
                    "gone when a > 90 yuan: indicator 2.rise zero, barred from top",
                    "gone when b > 9 yuan: barred from every mark",
                )
            ],
        ),
        (
            "add mark last when b < 1 yuan",
            [("not marked top\n", "not marked top\n    mark last when b < 1 yuan\n")],
        ),
        (
            "renumber indicator 2 to 7",
            [
                ("indicator 2 ※", "indicator 7 ※"),
                ("indicator 2.rise", "indicator 7.rise"),
                ("indicator 2 rate", "indicator 7 rate"),
                ("by indicator 2,", "by indicator 7,"),
                ("; 2: 3 }", "; 7: 3 }"),
            ],
        ),
    ],
)
def test_marks_and_vetoes_are_added_replaced_removed_and_renumbered(body, changes):
    base = BASE.rstrip().removesuffix("}") + AWARDS + "}\n"
    wanted = base
    for old, new in changes:
        assert old in wanted
        wanted = wanted.replace(old, new)
    found, diagnostics = chain(body, base)
    assert diagnostics == ()
    assert print_rules(found.newest, "en") == plain(wanted)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("mark top when a > 5 yuan", "amendment-exists"),
        ("veto gone when a > 5 yuan: total zero", "amendment-exists"),
        ("remove mark tip", "amendment-unmatched"),
        ("replace veto gine when a > 5 yuan: total zero", "amendment-unmatched"),
    ],
)
def test_marks_and_vetoes_that_are_there_or_not_are_reported(body, code):
    _, diagnostics = chain(body, BASE.rstrip().removesuffix("}") + AWARDS + "}\n")
    assert [one.code for one in diagnostics] == [code]
