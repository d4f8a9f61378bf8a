import pytest

from assessment.syntax.words import STATEMENT_TERMINALS, WORDS, meaning_of, spelling


@pytest.mark.parametrize("terminal", sorted(WORDS))
def test_every_meaning_has_a_spelling_in_both_languages(terminal: str) -> None:
    for meaning in WORDS[terminal]:
        assert all(word.isascii() for word in meaning.en)
        assert not any(word.isascii() for word in meaning.zh)


@pytest.mark.parametrize("terminal", sorted(WORDS))
def test_every_spelling_has_its_meaning_back(terminal: str) -> None:
    for meaning in WORDS[terminal]:
        for word in (*meaning.en, *meaning.zh):
            assert meaning_of(terminal, word) == meaning.name
        assert meaning_of(terminal, spelling(terminal, meaning.name, "zh")) == meaning.name


def test_no_two_statements_begin_alike() -> None:
    spellings = [
        word for t in STATEMENT_TERMINALS for meaning in WORDS[t] for word in (*meaning.en, *meaning.zh)
    ]
    assert len(spellings) == len(set(spellings))
