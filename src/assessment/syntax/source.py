"""Reading a rule file from disk: bytes to text, with the encoding found by a strict ladder."""

from __future__ import annotations

import codecs
from pathlib import Path

from assessment.diagnostics.bilingual import Text
from assessment.diagnostics.model import Diagnostic, Source, Span, diagnostic
from assessment.diagnostics.reasons import reason_of
from assessment.syntax.limits import MAX_BYTES, too_large

__all__ = ["decode_source", "encoding_of", "read_source"]

# UTF-8, with or without a byte order mark, then the national standard of Chinese text. Nothing is guessed: short
# Chinese texts look like Korean or Japanese to detectors.
_ENCODINGS = ("utf-8", "gb18030")


def read_source(path: str | Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The text of a rule file, named by its path as given.

    Encodings: UTF-8 with or without BOM, else GB18030. A file that cannot be opened, is too large, or is no text
    gives a finding and no source; larger files than are read are not loaded.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = len(data) if len(data) <= MAX_BYTES else Path(path).stat().st_size
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = reason_of(error)
        return None, (
            diagnostic(
                "file-unreadable",
                Text(en=f"`{name}` cannot be read: {reason.en}", zh=f"无法读取 `{name}`：{reason.zh}"),
                _nowhere(name),
                help=Text(en="check the path and the rights of the file", zh="请检查路径和读取权限"),
            ),
        )
    if len(data) > MAX_BYTES:
        size = max(size, len(data))  # a pipe has no size of its own
        return None, (too_large(size, Text(en="bytes", zh="字节"), MAX_BYTES, _nowhere(name)),)
    return decode_source(data, name)


def decode_source(data: bytes, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The text of bytes that were read elsewhere, such as from standard input, under a name.

    >>> source, findings = decode_source("考核".encode("gb18030"), "a.assess")
    >>> source.text, findings
    ('考核', ())
    """
    encoding = encoding_of(data)
    if encoding is not None:
        return Source(name=name, text=data.decode(encoding)), ()
    return None, (
        diagnostic(
            "not-text",
            Text(en=f"`{name}` is not text in UTF-8 or GB18030", zh=f"`{name}` 不是 UTF-8 或 GB18030 文本"),
            _nowhere(name),
            help=Text(en="save the rules as plain text in UTF-8", zh="请将规则另存为 UTF-8 纯文本"),
        ),
    )


def encoding_of(data: bytes) -> str | None:
    r"""The encoding of the bytes of a rule file, by the name Python knows it; None for what is no text.

    >>> encoding_of("考核".encode("gb18030")), encoding_of(b"\xef\xbb\xbfassessment"), encoding_of(b"\0")
    ('gb18030', 'utf-8-sig', None)
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return None
    for encoding in _ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8-sig" if encoding == "utf-8" and data.startswith(codecs.BOM_UTF8) else encoding
    return None


def _nowhere(name: str) -> Span:
    return Span(source=Source(name=name, text=""), start=0, end=0)
