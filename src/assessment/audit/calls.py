"""A call as written, in the words and the punctuation of one language: `attain(x, target: 5)` is `达标（x，目标：5）`.

The names of methods, of their parameters and of their choices have two spellings; everything else is the author's own and
stays, as do the rows of a table.
"""

from __future__ import annotations

import re

from assessment.diagnostics.bilingual import Lang
from assessment.methods.base import Method, Parameter
from assessment.methods.registry import fold, method_named

__all__ = ["call_in"]

_TOKEN = re.compile(r'"[^"\n]*"|“[^”\n]*”|[^\W\d][\w.]*|[0-9][\w.]*|\s+|.', re.DOTALL)
_SIGNS = {"(": "（", ")": "）", ",": "，", ":": "："}


def call_in(text: str, lang: Lang) -> str:
    """The text of a call, or of an expression with calls in it.

    >>> call_in("mean(x, within: all) * 2", "zh")
    '均值（x，范围：全部） * 2'
    >>> call_in("均值(x,范围:全部)", "en")
    'mean(x, within: all)'
    """
    pieces: list[str] = []
    words: list[str] = _TOKEN.findall(text)
    open_: list[Method | None] = []
    braces = 0
    parameter: Parameter | None = None
    for place, word in enumerate(words):
        after = _next(words, place)
        if braces or word in "{}":
            braces += {"{": 1, "}": -1}.get(word, 0)
            pieces.append(word)
        elif word[0].isalpha() or word[0] == "_":
            method = method_named(word)
            inside = open_[-1] if open_ else None
            if after == "(" and method is not None:
                pieces.append(_in(method.en, method.zh, lang))
            elif after == ":" and inside is not None:
                parameter = _parameter(inside, word)
                pieces.append(word if parameter is None else _in(parameter.en, parameter.zh, lang))
            else:
                pieces.append(word if parameter is None else _choice(parameter, word, lang))
        elif word in _SIGNS:
            if word == "(":
                before = _before(words, place)
                open_.append(method_named(before) if before[:1].isalpha() else None)
            elif word == ")" and open_:
                open_.pop()
            parameter = parameter if word == ":" else None
            pieces.append(_sign(word, lang, inside=bool(open_) or word == ")"))
        elif word.isspace():
            # In Chinese, and behind a sign that brings its own, no blank stands.
            bare = pieces and pieces[-1] and pieces[-1][-1] in "（），： " and _before(words, place) in _SIGNS
            pieces.append("" if bare and _before(words, place) != ")" else word)
        else:
            pieces.append(word)
    return "".join(pieces)


def _sign(word: str, lang: Lang, *, inside: bool) -> str:
    if lang == "zh":
        return _SIGNS[word] if inside else word
    return f"{word} " if word in ",:" and inside else word


def _next(words: list[str], place: int) -> str:
    return next((word for word in words[place + 1 :] if not word.isspace()), "")


def _before(words: list[str], place: int) -> str:
    return next((word for word in reversed(words[:place]) if not word.isspace()), "")


def _in(en: str, zh: str, lang: Lang) -> str:
    return zh if lang == "zh" else en


def _parameter(method: Method, name: str) -> Parameter | None:
    wanted = fold(name)
    return next((one for one in method.parameters if wanted in (fold(one.en), fold(one.zh))), None)


def _choice(parameter: Parameter, word: str, lang: Lang) -> str:
    wanted = fold(word)
    found = (pair for pair in parameter.choices if wanted in (fold(pair[0]), fold(pair[1])))
    return next((_in(en, zh, lang) for en, zh in found), word)
