import time

import pytest

from assessment.diagnostics import nearest

INPUTS = ("研发经费", "生产总值", "常住人口", "高企数", "rd_share", "gdp")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("研发经非", "研发经费"),  # one character replaced
        ("研发费", "研发经费"),  # one left out
        ("生产总总值", "生产总值"),  # one too many
        ("常口住人", None),  # too far: an exchange and two replacements in four characters
        ("rd_shrae", "rd_share"),  # neighbours exchanged
        ("RD_Share", "rd_share"),  # case alone
        ("高企", "高企数"),  # a short form
        ("gpd", "gdp"),
        ("xyz", None),
        ("", None),
        ("g", None),  # one character is too little to go by
    ],
)
def test_only_a_near_name_is_suggested(written: str, meant: str | None) -> None:
    assert nearest(written, INPUTS) == meant


def test_compatibility_characters_find_their_twin() -> None:
    # U+2F8F is the Kangxi radical that PDFs give for 行.
    assert nearest("\u2f8f业", ["行业"]) == "行业"


def test_full_width_letters_find_their_twin() -> None:
    assert nearest("ＧＤＰ", INPUTS) == "gdp"


def test_common_beginning_decides_between_equally_near_names() -> None:
    # One replacement leads to either; 茌平县 shares two characters with 茌平区, 平区县 none.
    assert nearest("茌平县", ["临平县", "茌平区"]) == "茌平区"


def test_order_of_candidates_does_not_matter() -> None:
    assert nearest("cat", ["bat", "rat"]) == nearest("cat", ["rat", "bat"]) == "bat"


def test_no_candidates_give_no_suggestion() -> None:
    assert nearest("gdp", ()) is None


def test_very_long_names_are_passed_over_at_once() -> None:
    started = time.process_time()
    assert nearest("a" * 1_000_000, ["b" * 1_000_000]) is None
    assert time.process_time() - started < 1
