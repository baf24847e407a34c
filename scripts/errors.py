"""The failure that a user can mend."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path


class BuildError(Exception):
    """An expected failure. Its text is one plain Chinese sentence: what is wrong, and what to do about it."""


REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件太大，超过了系统允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.EROFS: "那里只能读，不能写",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOENT: "要用的文件或文件夹不在了",
    errno.ENAMETOOLONG: "名字太长",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENOMEM: "内存不够",
}
ROOM = "请腾出一些地方（完整构建约要 3 GB）"
RIGHTS = "请换一个能写的文件夹，或者改好它的权限"
REMEDIES = {
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EFBIG: "请放宽限制（ulimit -f unlimited）",
    errno.EIO: "请检查磁盘",
    errno.EROFS: RIGHTS,
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
    errno.EMFILE: "请放宽限制（ulimit -n 4096）",
    errno.ENOMEM: "请关掉一些别的程序",
}
TOLD = {
    r"ENOSPC|No space left on device": errno.ENOSPC,
    r"EDQUOT|Disk quota exceeded": errno.EDQUOT,
    r"EFBIG|File too large": errno.EFBIG,
    r"EIO|Input/output error": errno.EIO,
    r"EROFS|Read-only file system": errno.EROFS,
    r"EACCES|Permission denied": errno.EACCES,
}
"""How tools written by others say that the system refused."""


def reason(error: OSError) -> str:
    """Why the system refused, in a few words that can stand in a sentence; of many refusals the first."""
    number = _number(error)
    if number is None:
        return str(error).splitlines()[0]
    return REASONS.get(number, os.strerror(number))


def refused(error: OSError) -> BuildError:
    """What the system refused, as a sentence: why, where, and what to do. A name without a folder is that of a program."""
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    if isinstance(error, FileNotFoundError) and where and where == Path(where).name:
        return BuildError(f"没有找到程序 {where}。请先装好它（README 写着要哪些），再运行一次。")
    remedy = REMEDIES.get(_number(error) or 0, "请改好")
    return BuildError(f"{reason(error)}{f'（{where}）' if where else ''}。{remedy}，再运行一次。")


def of_tool(sentence: str, told: str, remedy: str = "") -> BuildError:
    """The failure of a tool: where it told that the system refused, that in our words; else `sentence` and what it told.

    remedy: what mends it mostly; with it, the last line of what the tool told is enough.
    """
    for sign, number in TOLD.items():
        if re.search(sign, told):
            return BuildError(f"{sentence}：{refused(OSError(number, ''))}")
    lines = told.strip().splitlines() or ["没有说明原因"]
    return BuildError(f"{sentence}：{lines[-1].strip()}。{remedy}" if remedy else "\n".join([f"{sentence}：", *lines]))


def _number(error: OSError) -> int | None:
    if error.errno is None and error.args and isinstance(error.args[0], list):  # shutil.copytree gathers (from, to, why)
        found = re.search(r"\[Errno (\d+)\]", str(error.args[0][0][2]))
        return int(found[1]) if found else None
    return error.errno
