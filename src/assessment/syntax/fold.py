"""Rule text as the lexer sees it: twins folded, invisible characters taken out, every position kept.

Full-width punctuation, letters and digits are the same as their ASCII twins, compatibility ideographs (Kangxi radicals
from PDF files) the same as the usual ones. Each folding replaces one character by one character, so positions do not
move; quoted texts are read from the unfolded text. Characters that cannot be seen, or that change the direction of
writing, are refused and taken out; only then are positions mapped.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from attrs import frozen

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic

__all__ = ["Folded", "fold"]

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\uff66-\uff9d]")

# `＂` and `＼` stay as they are: folded, they would open or escape quoted texts.
_TWINS = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF02, 0xFF3C)},
    **dict.fromkeys(
        map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x85, 0x2028, 0x2029]), " "
    ),
    "、": ",",
    "×": "*",
    "÷": "/",
    "−": "-",
}


@frozen(kw_only=True)
class Folded:
    """A source for reading: `text` folded, `plain` not; both of one length, without invisible characters.

    `removed` holds the offsets, in `plain`, before which a character of the source was taken out.
    """

    source: Source
    text: str
    plain: str
    removed: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the source of an offset in the text."""
        if not self.removed:
            return offset
        return offset + bisect_right(self.removed, offset)

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of the text."""
        if not self.removed:
            return Span(source=self.source, start=start, end=end)
        last = self.origin(end - 1) + 1 if end > start else self.origin(start)
        return Span(source=self.source, start=self.origin(start), end=last)


def fold(source: Source, limit: int = 100) -> tuple[Folded, tuple[Diagnostic, ...]]:
    """The text of a source with twins folded, and a finding for each invisible character, up to `limit`."""
    plain = source.text
    characters = set(plain)  # few, whatever the length of the text
    places: list[int] = []
    if any(map(_INVISIBLE.match, characters)):
        places = [found.start() for found in _INVISIBLE.finditer(plain)]
        plain = _INVISIBLE.sub("", plain)
    removed = tuple(place - already for already, place in enumerate(places))
    twins = {ord(one): twin for one in characters if (twin := _twin(one)) != one}
    text = plain.translate(twins) if twins else plain
    findings = tuple(
        _invisible(source, place)
        for place in places[:limit]
        if not (place == 0 and source.text[0] == "\ufeff")
    )
    return Folded(source=source, text=text, plain=plain, removed=removed), findings


def _twin(character: str) -> str:
    """What a character is read as, which is one character too."""
    if not _COMPATIBLE.match(character):
        return _TWINS.get(character, character)
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _invisible(source: Source, place: int) -> Diagnostic:
    point = f"U+{ord(source.text[place]):04X}"
    return diagnostic(
        "bidi-character",
        Text(
            en=f"a character that cannot be seen stands here: {point}",
            zh=f"此处有不可见字符：{point}",
        ),
        Span(source=source, start=place, end=place + 1),
        help=Text(en="delete it; it often comes with copied text", zh="请删除；常因复制粘贴带入"),
    )
