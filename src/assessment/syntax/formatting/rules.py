"""Rule files put in order."""

from __future__ import annotations

from collections.abc import Callable

from assessment.diagnostics.model import Diagnostic, Severity, Source
from assessment.errors import InternalError
from assessment.syntax.ast import RuleFile
from assessment.syntax.concrete import concrete
from assessment.syntax.formatting.document import rendered
from assessment.syntax.formatting.languages import FormatLang
from assessment.syntax.formatting.layout import laid_out
from assessment.syntax.formatting.names import renamed
from assessment.syntax.formatting.wording import Wording
from assessment.syntax.parse import parse

__all__ = ["WIDTH", "arranged", "formatted"]

WIDTH = 120
"""The cells of a line: sixty Chinese characters, as a landscape page of the published table has them."""


def formatted(
    source: Source, lang: FormatLang = "keep", *, rename: Callable[[RuleFile], RuleFile] | None = None
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a rule file in order, and the findings in it; no text where one of them is an error.

    With `keep` every keyword stays in the language in which it is written; punctuation is that of the keyword its statement
    begins with. `zh` and `en` translate keywords, never what the author named; `rename` gives the tree with the names
    that are to be written instead of others. Lines end as they mostly did, and a byte order mark stays.

    >>> text, _ = formatted(Source(name="a", text="考核 a { 总分 100分;比较 修约值 }"), "en")
    >>> print(text, end="")
    assessment a {
        total   100 points
        compare rounded
    }
    """
    file, found = parse(source)
    if file is None or any(one.severity is Severity.ERROR for one in found):
        return None, found
    wanted = file if rename is None else rename(file)
    text = arranged(source, Wording(lang=lang, names=renamed(file, wanted)))
    # No fault in here may ever change what a file says: what was made is read and compared.
    again = None if text is None else parse(Source(name=source.name, text=text))[0]
    if text is None or again != wanted:
        raise InternalError(f"putting {source.name} in order changes what it says")
    mark = "\ufeff" if source.text.startswith("\ufeff") else ""
    return mark + text.replace("\n", _line_end(source.text)), found


def arranged(source: Source, wording: Wording, width: int = WIDTH) -> str | None:
    """The words of a text in lines of so many cells; None where they do not follow the grammar."""
    whole = concrete(source)
    return None if whole is None else rendered(laid_out(whole, wording, width), width)


def _line_end(text: str) -> str:
    """How most lines of a text end."""
    windows = text.count("\r\n")
    ends = {"\n": text.count("\n") - windows, "\r\n": windows, "\r": text.count("\r") - windows}
    return max(ends, key=lambda end: ends[end])
