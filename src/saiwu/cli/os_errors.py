"""What the operating system refuses, in Chinese."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名过长",
}


def in_chinese(error: OSError) -> str:
    """Why it failed, without a full stop; what is not known here, as the system says it."""
    return _SAID.get(error.errno or 0, error.strerror or str(error))
