"""Unit text against the closed table."""

from __future__ import annotations

import subprocess
import sys
import time
from fractions import Fraction

import pytest

from assessment.units import DIMENSIONLESS, UnknownUnit, factor, known_units, unit


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("亿元", "万元", Fraction(10**4)),
        ("万亿元", "亿元", Fraction(10**4)),
        ("千万元", "十万元", Fraction(100)),
        ("亩", "平方米", Fraction(2000, 3)),
        ("平方公里", "亩", Fraction(1500)),
        ("平方公里", "公顷", Fraction(100)),
        ("元/人", "万元/万人", Fraction(1)),
        ("亿元/万人", "元/人", Fraction(10**4)),
        ("件/万人", "件/人", Fraction(1, 10**4)),
        ("微克/立方米", "毫克/升", Fraction(1, 10**6)),
        ("公里/平方公里", "米/公顷", Fraction(10)),
        ("万千瓦时", "度", Fraction(10**4)),
        ("千克标准煤/万元", "吨标准煤/亿元", Fraction(10)),
        ("月", "年", Fraction(1, 12)),
        ("小时", "天", Fraction(1, 24)),
        ("人年", "人月", Fraction(12)),
        ("yuan/person", "元/名", Fraction(1)),
        ("km2", "ha", Fraction(100)),
        ("years", "岁", Fraction(1)),
    ],
)
def test_conversion_factors_are_exact(source: str, target: str, expected: Fraction) -> None:
    assert factor(unit(source), unit(target)) == expected


def test_a_unit_says_what_it_measures_in_base_words() -> None:
    parsed = unit("万元/人")
    assert parsed.text == "万元/人"
    assert parsed.dimension == (("人", -1), ("元", 1))
    assert parsed.factor == 10000
    assert unit("km").dimension == (("米", 1),)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("件／万人", "件/万人"),
        (" 万元 / 人 ", "万元/人"),
        ("人·年", "人·年"),
        ("元/人/年", "元/人/年"),
        ("1/万人", "1/万人"),
        ("1", "1"),
    ],
)
def test_twins_and_blanks_are_dropped_and_spelling_is_kept(text: str, canonical: str) -> None:
    assert unit(text).text == canonical
    assert unit(canonical) == unit(text)


@pytest.mark.parametrize(
    ("text", "same"), [("㎡", "平方米"), ("km²", "km2"), ("⼈", "人"), ("ｋｍ", "km"), ("㎞", "km")]
)
def test_compatibility_characters_name_the_same_unit(text: str, same: str) -> None:
    assert unit(text) == unit(same)


def test_the_pure_number_is_a_unit() -> None:
    assert unit("1") == DIMENSIONLESS
    assert unit("亿元/万元").dimension == ()
    assert unit("亿元/万元").factor == 10000


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("persns", "persons"),
        ("平方千里", "平方千米"),
        ("吨标准媒/万元", "吨标准煤/万元"),
        ("万平方里", "万平方公里"),
    ],
)
def test_a_misspelt_unit_is_refused_with_the_nearest_one(text: str, nearest: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        unit(text)
    assert nearest in caught.value.nearest
    assert caught.value.reason.zh.startswith("未知单位")


def test_a_word_near_nothing_gets_no_suggestion() -> None:
    with pytest.raises(UnknownUnit) as caught:
        unit("qwertzuiop")
    assert caught.value.nearest == ()
    assert str(caught.value) == "unknown unit `qwertzuiop`"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "/",
        "元/",
        "/人",
        "元//人",
        "·元",
        "元·",
        "元/人·年",
        "%",
        "百分点",
        "分",
        "points",
        "十月",
        "万年",
        "万",
    ],
)
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnit) as caught:
        unit(text)
    assert caught.value.reason.en
    assert caught.value.reason.zh


@pytest.mark.parametrize(
    "text", ["9**9**9", "元**9999999", "(" * 10**6, "元/" * 10**6 + "元", "·".join(["人"] * 50)]
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(UnknownUnit):
        unit(text)
    assert time.perf_counter() - start < 1


def test_measure_words_count_their_own_things() -> None:
    words = [
        "家",
        "个",
        "件",
        "项",
        "处",
        "台",
        "套",
        "次",
        "篇",
        "户",
        "座",
        "所",
        "起",
        "宗",
        "例",
        "位",
        "人",
        "人次",
        "元",
        "美元",
        "PPP$",
        "吨",
        "吨标准煤",
        "年",
        "天",
    ]
    assert len({unit(word).dimension for word in words}) == len(words)


def test_every_known_word_is_a_unit() -> None:
    words = known_units()
    assert len(words) > 1000
    assert list(words) == sorted(set(words))
    assert all(unit(word).text == word for word in words)


def test_naming_units_does_not_import_pint() -> None:
    program = (
        "import sys; from assessment.units import unit; unit('万元/人'); assert 'pint' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
