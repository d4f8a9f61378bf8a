"""Write what pint says about `units.txt` into a table and a lexer terminal.

Importing pint and building a registry takes longer than checking a rule file, and the unit file changes
rarely. So pint is asked here, once: `python -m assessment.units.generate` in a checkout rewrites `table.py`
and `grammar/units.lark`. Tests generate both again and compare.
"""

from __future__ import annotations

import re
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pint
from pint.util import UnitsContainer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["grammar_text", "main", "pint_name", "registry", "root_of", "table_text", "word_of"]

_GROUP = "unprefixed"
_TOLD = {"$": "dollarsign", "²": "squaresign", "³": "cubesign", "㎡": "sqmsign", "㎥": "cubmsign"}
"""How pint is told the signs that it takes for operators, or folds into other words."""
_PREFIX = re.compile(r"^(\S+)-\s*=", re.MULTILINE)


def registry() -> pint.UnitRegistry[Any]:
    """A pint registry that knows the units of `units.txt` and nothing else, with exact factors."""
    # `None` for the file: pint's own units would let `min` or `a` in unnoticed.
    known: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction, cache_folder=None)
    known.load_definitions(pint_name(_definitions()).splitlines())
    return known


def pint_name(word: str) -> str:
    """A word as pint knows it."""
    for sign, name in _TOLD.items():
        word = word.replace(sign, name)
    return word


def word_of(name: str) -> str:
    """The word that pint knows under a name.

    >>> word_of(pint_name("US$"))
    'US$'
    """
    for sign, told in _TOLD.items():
        name = name.replace(told, sign)
    return name


def _definitions() -> str:
    return (files("assessment.units") / "units.txt").read_text(encoding="utf-8")


def root_of(known: pint.UnitRegistry[Any], word: str) -> tuple[tuple[tuple[str, int], ...], Fraction]:
    """Dimension in base words, and factor to them, as pint has them."""
    quantity = known.Quantity(Fraction(1), UnitsContainer({pint_name(word): 1})).to_root_units()
    dimension = tuple(sorted((str(base), int(str(exponent))) for base, exponent in quantity.unit_items()))
    return dimension, Fraction(str(quantity.magnitude))


def _prefixes(known: pint.UnitRegistry[Any]) -> dict[str, int]:
    """Prefixes with their values, asked of pint by way of the first unit."""
    word = next(iter(known))
    return {prefix: int(root_of(known, prefix + word)[1]) for prefix in _PREFIX.findall(_definitions())}


def _unprefixed(known: pint.UnitRegistry[Any], words: Iterable[str]) -> list[str]:
    """The words, other spellings included, of the units that take no prefix."""
    members = set(known.get_group(_GROUP).members)
    return [word for word in words if known.get_name(pint_name(word)) in members]


def table_text() -> str:
    """The text of `table.py`."""
    known = registry()
    words = sorted(map(word_of, known))
    lines = [
        '"""Units by word, as pint computes them from `units.txt`; written by `assessment.units.generate`."""',
        "",
        "from __future__ import annotations",
        "",
        '__all__ = ["PREFIXES", "UNPREFIXED", "WORDS"]',
        "",
        "#: What a prefix multiplies by.",
        "PREFIXES: dict[str, int] = {",
        *(f'    "{prefix}": {value},' for prefix, value in _prefixes(known).items()),
        "}",
        "",
        "#: Words that take no prefix.",
        "UNPREFIXED: frozenset[str] = frozenset(",
        "    {",
        *(f'        "{word}",' for word in _unprefixed(known, words)),
        "    }",
        ")",
        "",
        "#: By word: base words with exponents, numerator and denominator of the factor to them.",
        "WORDS: dict[str, tuple[tuple[tuple[str, int], ...], int, int]] = {",
    ]
    for word in words:
        dimension, size = root_of(known, word)
        pairs = ", ".join(f'("{base}", {exponent})' for base, exponent in dimension)
        pairs += "," if len(dimension) == 1 else ""
        lines.append(f'    "{word}": (({pairs}), {size.numerator}, {size.denominator}),')
    return "\n".join([*lines, "}", ""])


def grammar_text() -> str:
    """The text of `grammar/units.lark`."""
    known = registry()
    words = sorted(map(word_of, known))
    plain = _unprefixed(known, words)
    prefixable = [word for word in words if word not in plain]
    word = f"(?:(?:{_alternatives(_prefixes(known))})?(?:{_alternatives(prefixable)})|{_alternatives(plain)})"
    return "\n".join(
        [
            "// Units behind numbers. Written by `python -m assessment.units.generate` from units.txt: edit that.",
            "//",
            "// One token with its slashes glued, so that `12 亿元 / gdp` divides and `6 件/万人` does not. It ends where no",
            "// letter, digit or underscore follows. Alternatives are sorted longest first and nothing nests, so matching",
            "// takes linear time.",
            "",
            "// Above names, below keywords.",
            r"UNIT.1: _UNIT_WORD (/[\/／·]/ _UNIT_WORD)* /(?!\w)/",
            "",
            f"_UNIT_WORD: /{word}/",
            "",
        ]
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def main() -> None:
    """Rewrite both files of the checkout this module lies in.

    Errors: `SystemExit` outside a checkout.
    """
    here = Path(__file__).resolve().parent
    grammar = here.parents[2] / "grammar"
    if not grammar.is_dir():
        raise SystemExit("run this in a checkout: there is no folder `grammar` beside `src`")
    for path, text in ((here / "table.py", table_text()), (grammar / "units.lark", grammar_text())):
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
