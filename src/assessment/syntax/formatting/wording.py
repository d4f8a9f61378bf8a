"""How a word is written in a language, and which words one language has that the other leaves out.

Keywords are translated by the vocabulary of `words`, so a new one needs nothing here. What stands in the tables below
depends on more than the keyword: on the rule it stands in, or on the number before it.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from assessment.diagnostics.bilingual import Lang
from assessment.syntax.concrete import Part, Phrase, Remark, Word, first_word, words_of
from assessment.syntax.formatting.languages import FormatLang
from assessment.syntax.quoting import quoted
from assessment.syntax.words import WORDS, meaning_of, spelling

__all__ = ["Wording", "preceded"]

_SAME_WORDS: Mapping[str, str] = {"ROUND_NEXT": "STAGE", "INFINITY": "INF"}
"""Terminals whose words are those of another one."""

_MARKED_ENDS: Mapping[str, Mapping[Lang, str]] = {
    "INCLUDED": {"en": "(incl)", "zh": "（含）"},
    "EXCLUDED": {"en": "(excl)", "zh": "（不含）"},
}

_IN_PLACE: Mapping[tuple[str, str, str, Lang], str] = {
    ("TO", "to", "between", "zh"): "至",
    **{
        ("TO", "to", rule, "zh"): "为"
        for rule in ("change_title", "changed_target", "renumber", "sizes_change")
    },
    **{("SINCE", "from", rule, "zh"): "由" for rule in ("change_title", "changed_target", "sizes_change")},
    **{("IN", "in", rule, "zh"): "列入" for rule in ("add_region", "position")},
    **{("TO", "to", rule, "zh"): "至" for rule in ("valid_until", "valid_within")},
    ("TO", "to", "in_force_until", "zh"): "至",
    ("TO", "to", "in_force_within", "zh"): "至",
    ("TO", "to", "marked_range", "zh"): "至",
    ("STATUS", "not reported", "code", "en"): "not reported",
    ("STATUS", "not reported", "code", "zh"): "未报",
    ("STATUS", "not reported", "no_rows", "en"): "not reported",
    ("STATUS", "not reported", "no_rows", "zh"): "未报",
    ("POLICY_VALUE", "rescale in category", "applies", "zh"): "分值并入 同一级指标",
}
"""What a meaning of a terminal is called in a rule or statement, where that is not the spelling printed elsewhere."""

_UNREPORTED = frozenset({"not reported", "unreported", "未报"})
"""Words for what counts as something that are not those for missing; each has its own in the other language."""

_CEILINGS = frozenset({"cap_row", "ceiling_none", "ceiling_points", "ceiling_share", "each_row", "key_row"})
"""Rules of ceilings, which are reached: `up to` in English; elsewhere `at most`."""

_SINGULAR: Mapping[str, str] = {"POINTS": "point", "PLACES": "place"}
"""What stands behind the number one."""

_LISTS = frozenset({"applies", "authority", "cell", "given", "names", "order", "words"})
"""Rules whose commas are `、` in Chinese."""

_ASCII_BRACKETS = frozenset({"grouped", "interval"})
"""Rules whose brackets and commas are those of formulas in both languages."""

_AS_SIGNED = frozenset("×÷·、")
"""Signs that stay as they were written, among those that are read as an ASCII one."""


@frozen(kw_only=True)
class _Particle:
    """A word that only one language writes, behind another one."""

    lang: Lang
    behind: str


_PARTICLES: Mapping[tuple[str, str], _Particle] = {
    ("rounding", "TO"): _Particle(lang="en", behind="MODE"),
    ("ranking", "WITHIN"): _Particle(lang="en", behind="RANK"),
    ("quota", "WITHIN"): _Particle(lang="en", behind="quota_size"),
    ("disposal_by_peers", "WITHIN"): _Particle(lang="en", behind="PEERS"),
    ("ranked", "RANKED"): _Particle(lang="zh", behind="READ_VALUE"),
    ("ranked_further", "RANKED"): _Particle(lang="zh", behind="READ_VALUE"),
    ("cite_item", "ITEM_END"): _Particle(lang="zh", behind="reference"),
}


def _language_of(phrase: Phrase) -> Lang | None:
    """The language of the first keyword of a phrase; None where it has none."""
    for part in phrase.parts:
        if isinstance(part, Phrase):
            found = _language_of(part)
            if found is not None:
                return found
        elif _SAME_WORDS.get(part.terminal, part.terminal) in WORDS:
            return "en" if part.text.isascii() else "zh"
    return None


@frozen(kw_only=True)
class Wording:
    """Words in a language; `names` are those names of methods that are written otherwise, by their place."""

    lang: FormatLang
    names: Mapping[int, str]

    def marks(self, phrase: Phrase, around: Lang) -> Lang:
        """The language whose punctuation a statement has."""
        return (_language_of(phrase) or around) if self.lang == "keep" else self.lang

    def parts(self, phrase: Phrase) -> tuple[Part, ...]:
        """The parts of a phrase, with the words that only the wanted language writes there and without the others.

        Parts that were given once are given again as they are.
        """
        if self.lang == "keep":
            return phrase.parts
        found = _unranked(phrase.parts, self.lang) if phrase.rule == "unranked" else phrase.parts
        if phrase.rule == "quota":
            found = _quota(found, self.lang)
        for (rule, terminal), particle in _PARTICLES.items():
            if rule == phrase.rule:
                found = _with(found, terminal, particle, self.lang, rule)
        return found

    def text(self, word: Word, marks: Lang, *, before: Word | None = None, statement: str = "") -> str:
        """How a word is written, behind another one and in a statement; `marks` is the language of its punctuation."""
        if word.start in self.names:
            return self.names[word.start]
        terminal = _SAME_WORDS.get(word.terminal, word.terminal)
        if terminal == "STRING":
            return word.source if self.lang == "keep" else quoted(word.text, self.lang)
        if terminal in _MARKED_ENDS:
            return self._marked_end(word, marks)
        if terminal == "UNIT":
            return word.source if word.source.isascii() else _usual(word.source)
        if terminal in WORDS and word.text != "∞":
            return self._keyword(word, terminal, before, statement)
        if word.within == "subjects" and terminal == "KEY_MARK" and self.lang == "en":
            return spelling("KEY_INDICATOR", "key indicator", "en")
        return self._sign(word, marks)

    def _keyword(self, word: Word, terminal: str, before: Word | None, statement: str) -> str:
        lang: Lang = ("en" if word.text.isascii() else "zh") if self.lang == "keep" else self.lang
        if lang == "en" and terminal in _SINGULAR and before is not None and before.text == "1":
            return _SINGULAR[terminal]
        if self.lang == "keep":
            return word.text
        if terminal == "KEY_INDICATOR" and word.within == "subjects" and lang == "zh":
            return "※"
        meaning = meaning_of(terminal, word.text)
        if terminal == "UP_TO" and lang == "en" and word.within not in _CEILINGS:
            return "at most"
        if word.within == "counts_as" and " ".join(word.text.split()) in _UNREPORTED:
            return "未报" if lang == "zh" else "not reported"
        for place in (word.within, statement):
            if (shown := _IN_PLACE.get((terminal, meaning, place, lang))) is not None:
                return shown
        return spelling(terminal, meaning, lang)

    def _marked_end(self, word: Word, marks: Lang) -> str:
        chinese = not word.text.isascii() if self.lang == "keep" else self.lang == "zh"
        shown = _MARKED_ENDS[word.terminal]["zh" if chinese else "en"]
        return shown if chinese == (marks == "zh") or self.lang != "keep" else _other_brackets(shown, marks)

    def _sign(self, word: Word, marks: Lang) -> str:
        terminal = word.terminal
        if terminal == "COMMA":
            if marks == "en" or word.within in _ASCII_BRACKETS:
                return ","
            if self.lang == "keep" and word.source == "、":
                return "、"
            return "、" if word.within in _LISTS else "，"
        if terminal == "SEMICOLON":
            return "；" if marks == "zh" else ";"
        if terminal == "COLON":
            return "：" if marks == "zh" else ":"
        if terminal in ("LPAR", "RPAR") and marks == "zh" and word.within not in _ASCII_BRACKETS:
            return "（" if terminal == "LPAR" else "）"
        if terminal == "ARROW" and self.lang != "keep":
            return "→" if self.lang == "zh" else "->"
        return word.source if word.source in _AS_SIGNED else word.text


def _with(
    parts: tuple[Part, ...], terminal: str, particle: _Particle, lang: Lang, rule: str
) -> tuple[Part, ...]:
    """Parts with a particle behind its word, or without it; comments before it go to the word behind."""
    there = next((n for n, p in enumerate(parts) if isinstance(p, Word) and p.terminal == terminal), None)
    if particle.lang == lang:
        behind = next((n for n, p in enumerate(parts) if _kind(p) == particle.behind), None)
        if there is not None or behind is None:
            return parts
        name = WORDS[terminal][0].name
        shown = spelling(terminal, name, lang)
        made = Word(terminal=terminal, text=shown, source=shown, within=rule, start=-1)
        return (*parts[: behind + 1], made, *parts[behind + 1 :])
    if there is None:
        return parts
    gone, after = parts[there], parts[there + 1 :]
    if isinstance(gone, Word) and gone.before:
        if not after:
            return parts
        after = (preceded(after[0], gone.before), *after[1:])
    return (*parts[:there], *after)


def _unranked(parts: tuple[Part, ...], lang: Lang) -> tuple[Part, ...]:
    """That nothing is ranked: `rank none` in English, one word in Chinese; the comments of all words stand before."""
    before = tuple(remark for part in parts for word in words_of(part) for remark in word.before)
    terminals = ("UNRANKED",) if lang == "zh" else ("RANK", "NONE")
    if tuple(_kind(part) for part in parts) == terminals:
        return parts
    made = [
        Word(terminal=one, text=shown, source=shown, within="unranked", start=-1)
        for one in terminals
        for shown in (spelling(one, WORDS[one][0].name, lang),)
    ]
    return (evolve(made[0], before=before, apart=first_word(parts[0]).apart), *made[1:])


def _quota(parts: tuple[Part, ...], lang: Lang) -> tuple[Part, ...]:
    """A quota with its field behind the number in English, in front of it in Chinese; not if comments stand between."""
    by_kind = {_kind(part): part for part in parts}
    number, field = by_kind["quota_size"], by_kind["quota_field"]
    linked = [part for part in (by_kind.get("WITHIN"), field) if part is not None]
    order = [field, number] if lang == "zh" else [number, *linked]
    moved = [parts[0], *order, *(part for part in parts[1:] if part not in (number, *linked))]
    if any(word.before for part in (number, *linked) for word in words_of(part)):
        return parts
    return parts if moved == list(parts) else tuple(moved)


def _kind(part: Part) -> str:
    return part.terminal if isinstance(part, Word) else part.rule


def preceded(part: Part, remarks: tuple[Remark, ...]) -> Part:
    """A part with more comments before it."""
    if isinstance(part, Word):
        return evolve(part, before=remarks + part.before)
    return evolve(part, parts=(preceded(part.parts[0], remarks), *part.parts[1:]))


def _usual(text: str) -> str:
    """A unit in half-width letters and signs."""
    return "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)


def _other_brackets(text: str, marks: Lang) -> str:
    inner = text.strip("()（）")
    return f"（{inner}）" if marks == "zh" else f"({inner})"
