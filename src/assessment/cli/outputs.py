"""Writing what a command made: to standard output, or to a file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from assessment.errors import UsageError


def write_text(text: str, path: str | None, *, mark: bool = False) -> None:
    """Write text; `mark` puts a byte order mark before a file, by which spreadsheets know UTF-8."""
    if path is None:
        sys.stdout.write(text)
        return
    write_bytes(text.encode("utf-8-sig" if mark else "utf-8", "backslashreplace"), path)


def write_bytes(data: bytes, path: str) -> None:
    """Write a file by way of a temporary one beside it, so that no reader ever sees half of it."""
    _replace(Path(path), data, 0o666 & ~_umask(), path)


def rewrite_bytes(data: bytes, path: str) -> None:
    """Write a file that is there anew, whole, with the rights it has; a link to a file stays one."""
    target = Path(path)
    try:
        target = target.resolve(strict=True)
        rights = stat.S_IMODE(target.stat().st_mode)
        with target.open("r+b"):  # a file that may not be written is not replaced either
            pass
    except OSError as error:
        raise _refused(path, error) from error
    _replace(target, data, rights, path)


def _replace(target: Path, data: bytes, rights: int, path: str) -> None:
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(rights)
        Path(temporary).replace(target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _refused(path, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: str, error: OSError) -> UsageError:
    from assessment.diagnostics.reasons import reason_of

    reason = reason_of(error)
    return UsageError(en=f"`{path}` cannot be written: {reason.en}", zh=f"无法写入 `{path}`：{reason.zh}")
