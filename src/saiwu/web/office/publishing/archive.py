"""A ZIP of a rulebook's folder, read in memory: nothing of it touches the disk.

What is wrong with single files is collected with the faults of the rulebook, so that all is told in one pass.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from saiwu.rules.rulebook.faults import Faults, Place
from saiwu.rules.rulebook.load import TEXTS, UNREADABLE

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 4 * 1024 * 1024
MOST_FILES = 60
_MEGABYTE = 1024 * 1024
_IN_UTF8 = 0x800
_LOCKED = 0x1


class NoArchiveError(ValueError):
    """It cannot be read at all; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The texts by relative path, the name of the folder they lay in (empty: in none), and what is wrong with files."""

    folder: str
    files: Mapping[str, str]
    faults: Faults


def unpacked(content: bytes) -> Unpacked:
    """The folder in a ZIP. Raises NoArchiveError."""
    if len(content) > MOST_BYTES:
        raise NoArchiveError(f"文件超过 {MOST_BYTES // _MEGABYTE} MB。只压缩规则文件夹，再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise NoArchiveError("打不开这个文件。请用 ZIP 格式重新压缩，不设密码。") from error


def _read(archive: zipfile.ZipFile) -> Unpacked:
    members = {}
    faults = Faults()
    for member in archive.infolist():
        name = _name(member)
        if member.is_dir() or name.endswith("/") or _left_out(name):
            continue
        if name in members:
            faults.say(Place(name), "同名文件有两个，请只留一个")
        members[name] = member
    if len(members) > MOST_FILES:
        raise NoArchiveError(f"有 {len(members)} 个文件，至多 {MOST_FILES} 个。只压缩规则文件夹，再上传。")
    folder = _top(members)
    files: dict[str, str] = {}
    left = MOST_UNPACKED
    for whole, member in sorted(members.items()):
        name = whole.removeprefix(f"{folder}/") if folder else whole
        if _leads_out(name):
            faults.say(Place(name), "路径指向文件夹以外，请在规则文件夹上重新压缩")
        elif posixpath.splitext(name)[1].lower() not in TEXTS:
            faults.add(Place(name), "不是规则文件", "、".join(sorted(TEXTS)))
        else:
            content = _content(archive, member, left)
            left -= len(content)
            files[name] = _text(content, name, faults)
    return Unpacked(folder, files, faults)


def _name(member: zipfile.ZipInfo) -> str:
    """The name as it was written: Windows writes GBK without saying so, and old programs backslashes."""
    if member.flag_bits & _IN_UTF8:
        return member.orig_filename.replace("\\", "/")
    raw = member.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.orig_filename.replace("\\", "/")


def _left_out(name: str) -> bool:
    """What a Mac or an editor lays beside: hidden files, as the command line passes them over, too."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _leads_out(name: str) -> bool:
    parts = name.split("/")
    return "" in parts or "." in parts or ".." in parts or ":" in parts[0]


def _top(names: Mapping[str, object]) -> str:
    """The one folder in which everything lies; empty where there is none."""
    tops = {name.partition("/")[0] for name in names if "/" in name}
    if len(tops) != 1 or any("/" not in name for name in names):
        return ""
    top = tops.pop()
    return "" if top in ("", ".", "..") else top


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes; the size that a ZIP claims is not believed."""
    if member.flag_bits & _LOCKED:
        raise NoArchiveError("压缩包设了密码。请不设密码重新压缩。")
    with archive.open(member) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NoArchiveError(f"解压后超过 {MOST_UNPACKED // _MEGABYTE} MB。只压缩规则文件夹，再上传。")
    return content


def _text(content: bytes, name: str, faults: Faults) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if name.startswith("schemes/"):  # tables for other programs, as `saiwu.rules.rulebook.load` reads them
            return content.decode("gb18030", errors="replace")
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(Place(name, line), "不是 UTF-8 文字", "用 UTF-8 保存的文件")
        return UNREADABLE
