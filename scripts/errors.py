"""The failure that a user can mend."""

from __future__ import annotations

import errno
import os
import re


class BuildError(Exception):
    """An expected failure. Its text is one plain Chinese sentence: what is wrong, and what to do about it."""


REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "那里只能读，不能写",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOENT: "要用的文件或文件夹不在了",
    errno.ENAMETOOLONG: "名字太长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in a few words that can stand in a sentence; of many refusals the first."""
    number = error.errno
    if number is None and error.args and isinstance(error.args[0], list):  # shutil.copytree gathers (from, to, why)
        found = re.search(r"\[Errno (\d+)\]", str(error.args[0][0][2]))
        number = int(found[1]) if found else None
    if number is None:
        return str(error).splitlines()[0]
    return REASONS.get(number, os.strerror(number))
