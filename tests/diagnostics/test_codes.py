import re

import pytest

from assessment.diagnostics import CODES, TABLES, Code, Severity

ALL = [code for table in TABLES.values() for code in table]


@pytest.mark.parametrize("layer", TABLES)
def test_table_is_sorted_by_name(layer: str) -> None:
    names = [code.name for code in TABLES[layer]]
    assert names == sorted(names)


def test_no_code_is_declared_twice() -> None:
    assert len(CODES) == len(ALL)


@pytest.mark.parametrize("code", ALL, ids=lambda code: code.name)
def test_code_is_kebab_case_with_a_title_in_both_languages(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.name)
    assert code.title.en[0].islower()
    assert re.search("[\u4e00-\u9fff]", code.title.zh)


def test_no_two_codes_share_a_title() -> None:
    assert len({code.title.zh for code in ALL}) == len({code.title.en for code in ALL}) == len(ALL)


@pytest.mark.parametrize("severity", Severity)
def test_severity_has_a_word_in_both_languages(severity: Severity) -> None:
    assert severity.title.en == severity.value
    assert severity.title.zh in {"错误", "警告", "提示"}
