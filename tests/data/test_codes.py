"""Codes that mean an absence, in every form of data; a number is the code however its cell writes it."""

import openpyxl
import pandas as pd
import pytest

import assessment
from assessment.core.absence import Absence

RULES = """
assessment t.codes for 2018 {
    total 10 points
    round none
    policies { missing: zero; withheld: zero; not applicable: zero; not yet available: zero }
    rank none
    group county { East; West }
    input a in 亿元 { range >= 0; code "%s" means %s }
    indicator 1 10 points = attain(a, target: 5 亿元)
}
"""


@pytest.fixture
def read(tmp_path):
    """What the cell of East is read as, by the form of the data."""

    def csv(cell):
        path = tmp_path / "data.csv"
        path.write_text(f"地区,a\nEast,{cell}\nWest,3\n", encoding="utf-8")
        return path

    def workbook(cell):
        book = openpyxl.Workbook()
        for row in (("地区", "a"), ("East", cell), ("West", 3)):
            book.active.append(row)
        path = tmp_path / "data.xlsx"
        book.save(path)
        return path

    def frame(cell):
        return pd.DataFrame({"地区": ["East", "West"], "a": [cell, 3]})

    def mapping(cell):
        return {"East": {"a": cell}, "West": {"a": 3}}

    makers = {"csv": csv, "workbook": workbook, "frame": frame, "mapping": mapping}

    def read(form, cell, code, meaning="not reported"):
        rules = assessment.load(RULES % (code, meaning))
        data = assessment.read_data(makers[form](cell), rules)
        return data.observations["a", 2018, "East"].value

    return read


FORMS = ("csv", "workbook", "frame", "mapping")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("cell", [-9999, -9999.0, "-9999", "−9999", "－９９９９", "-9999.00", " -9999 "])
@pytest.mark.parametrize("code", ["-9999", "−9999"])
def test_a_number_is_the_code_however_it_is_written(read, form, cell, code):
    assert read(form, cell, code) is Absence.NOT_REPORTED


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("code", "meaning", "absence"),
    [
        ("n.a.", "not applicable", Absence.NOT_APPLICABLE),
        ("***", "withheld", Absence.WITHHELD),
        ("待发布", "not yet available", Absence.NOT_YET_AVAILABLE),
        ("x", "not reported", Absence.NOT_REPORTED),
    ],
)
def test_a_word_is_the_code_that_the_input_declares(read, form, code, meaning, absence):
    assert read(form, code, code, meaning) is absence


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("cell", "absence"),
    [
        ("—", Absence.NOT_REPORTED),
        ("不适用", Absence.NOT_APPLICABLE),
        ("保密", Absence.WITHHELD),
        ("尚未公布", Absence.NOT_YET_AVAILABLE),
    ],
)
def test_words_that_need_no_code_stay_beside_the_codes(read, form, cell, absence):
    assert read(form, cell, "-9999") is absence


@pytest.mark.parametrize("form", FORMS)
def test_zero_is_a_value(read, form):
    assert read(form, 0, "-9999") == 0
