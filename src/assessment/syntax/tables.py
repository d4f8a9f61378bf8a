"""The parser's tables, built ahead: reading them takes a tenth of the time of building them from the grammar.

`grammar/assessment.tables.json` holds what lark made of the grammar, as data: lark's own serial form, with whole-number
keys written as pairs because JSON has none. It is good for exactly the grammar and the release of lark that it names;
beside any other the parser is built anew, so that the grammar file stays the one source. `generate` writes the file.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

__all__ = ["NAME", "grammar_texts", "parser_from_tables", "tables_of"]

PACKAGE = "assessment.grammar"
NAME = "assessment.tables.json"

_PAIRS = "pairs"
_CLASSES = ("lexer", "lexer_type")
"""Where lark's form holds the class of the lexer, which is put in when the form is read."""
_SHIFT = 0
"""Lark's mark of a step to another state; every other step reduces, by a rule that has a number of its own."""
_OURS = ("transformer", "import_paths")
"""Options that are ours to give when the form is read."""


def grammar_texts() -> dict[str, str]:
    """The grammar files by name."""
    return {name: _text(name) for name in ("assessment.lark", "units.lark")}


def tables_of(parser: lark.Lark) -> str:
    """The text of the tables file for a parser that was built from the grammar."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name not in _OURS}
    data["parser"]["parser"] = _in_order(data["parser"]["parser"])
    form = {"lark": lark.__version__, "grammar": _digest(), "form": _plain({"data": data, "memo": memo})}
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n"


def _in_order(table: dict[str, Any]) -> dict[str, Any]:
    """The same table with words by name and states as one meets them from the first.

    Lark numbers both in the order of sets, which differs from run to run.
    """
    names: dict[int, str] = table["tokens"]
    rows = {
        state: sorted((names[word], step) for word, step in row.items())
        for state, row in table["states"].items()
    }
    place: dict[int, int] = {}
    waiting = [state for _, state in sorted(table["start_states"].items())]
    for state in waiting:
        if state not in place:
            place[state] = len(place)
            waiting += (target for _, (kind, target) in rows[state] if kind == _SHIFT)
    words = sorted(names.values())
    number = {word: index for index, word in enumerate(words)}
    return {
        "tokens": dict(enumerate(words)),
        "states": {
            at: {
                number[word]: (kind, place[target] if kind == _SHIFT else target)
                for word, (kind, target) in rows[state]
            }
            for state, at in place.items()
        },
        "start_states": {name: place[state] for name, state in table["start_states"].items()},
        "end_states": {name: place[state] for name, state in table["end_states"].items()},
    }


def parser_from_tables(lexer: type) -> lark.Lark | None:
    """The parser of the tables file; None where that is missing or for another grammar or release of lark."""
    try:
        form = json.loads(_text(NAME))
    except (OSError, ValueError):
        return None
    if form["lark"] != lark.__version__ or form["grammar"] != _digest():
        return None
    whole = _restored(form["form"])
    whole["data"]["options"].update(lexer=lexer, import_paths=[])
    whole["data"]["parser"]["lexer_conf"]["lexer_type"] = lexer
    parser = lark.Lark.__new__(lark.Lark)
    # `Lark.load` is public and takes a file; what it calls takes this form as well.
    return parser._load(whole)  # noqa: SLF001


def _digest() -> str:
    return hashlib.sha256("\0".join(grammar_texts().values()).encode()).hexdigest()


def _text(name: str) -> str:
    return files(PACKAGE).joinpath(name).read_text(encoding="utf-8")


def _plain(value: Any) -> Any:
    """The value in what JSON has."""
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: None if key in _CLASSES else _plain(inner) for key, inner in value.items()}
        return {_PAIRS: [[key, _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(inner) for inner in value)
    return value


def _restored(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {_PAIRS}:
            return {key: _restored(inner) for key, inner in value[_PAIRS]}
        return {key: _restored(inner) for key, inner in value.items()}
    return [_restored(inner) for inner in value] if isinstance(value, list) else value
