"""Why the operating system refused a file, in words of both languages."""

from __future__ import annotations

import errno

from assessment.diagnostics.bilingual import Text

__all__ = ["reason_of"]

_REASONS = {
    errno.ENOENT: Text(en="no such file or directory", zh="没有这个文件或文件夹"),
    errno.EISDIR: Text(en="is a directory", zh="这是文件夹"),
    errno.ENOTDIR: Text(en="not a directory", zh="路径中有一段不是文件夹"),
    errno.EACCES: Text(en="permission denied", zh="没有权限"),
    errno.EPERM: Text(en="operation not permitted", zh="不允许这一操作"),
    errno.EROFS: Text(en="read-only file system", zh="文件系统只读"),
    errno.ENOSPC: Text(en="no space left on device", zh="磁盘空间不足"),
    errno.ENAMETOOLONG: Text(en="file name too long", zh="文件名过长"),
    errno.EBUSY: Text(en="device or resource busy", zh="文件正被占用"),
    errno.ETXTBSY: Text(en="text file busy", zh="文件正被占用"),
}


def reason_of(error: OSError | ValueError) -> Text:
    """The reason for a refusal; a rare one is given as the system words it.

    >>> reason_of(FileNotFoundError(errno.ENOENT, "")).zh
    '没有这个文件或文件夹'
    """
    number = getattr(error, "errno", None)
    known = _REASONS.get(number) if isinstance(number, int) else None
    if known is not None:
        return known
    if isinstance(error, ValueError):  # a path with a null character
        return Text(en="no possible path", zh="路径无效")
    return Text.same((error.strerror or type(error).__name__).lower())
