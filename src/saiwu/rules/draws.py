"""Draws (抽签) that anyone can verify: format saiwu-draw/1.

A secret is committed to before the public input is known; both together, and the published list, fix the order. Neither
who holds the secret nor who could foresee the public input can choose it, and everybody can check it afterwards.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saiwu.rules.canonical import nfc

FORMAT = "saiwu-draw/1"
SECRET_SIZE = 32


class NotADraw(ValueError):  # noqa: N818
    """A list, secret or text of which no draw can be made; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One code and the position it drew, from 1. `key` is hex. Session and station, from 1 too, where stations are."""

    position: int
    code: str
    key: str
    session: int | None = None
    station: int | None = None

    def document(self) -> dict[str, Any]:
        """As the format writes it; without stations no session and station."""
        seat = {} if self.session is None else {"session": self.session, "station": self.station}
        return {"position": self.position, "code": self.code, "key": self.key, **seat}


def commitment(secret: bytes) -> str:
    """What is published before the public input is fixed: SHA-256 of the secret, as hex."""
    return hashlib.sha256(_sized(secret)).hexdigest()


def list_sha256(codes: Sequence[str]) -> str:
    """SHA-256 of the codes in published order, each followed by a line feed, as hex."""
    return hashlib.sha256(_bytes("".join(f"{nfc(code)}\n" for code in codes))).hexdigest()


def order(
    codes: Sequence[str], *, secret: bytes, public_input: str, purpose: str = "", stations: int | None = None
) -> tuple[Drawn, ...]:
    """The drawn order. Raises NotADraw where codes repeat, are empty or hold a line feed."""
    listed = checked(codes)
    purpose = nfc(purpose)
    if "\n" in purpose:
        raise NotADraw("用途里不能换行")
    if stations is not None and stations < 1:
        raise NotADraw("工位数应为 1 或以上的整数")
    message = "\n".join((FORMAT, purpose, list_sha256(listed), nfc(public_input)))
    seed = hmac.digest(_sized(secret), _bytes(message), "sha256")
    keyed = sorted((hmac.digest(seed, _bytes(code), "sha256"), code) for code in listed)
    return tuple(_drawn(position, code, key, stations) for position, (key, code) in enumerate(keyed, 1))


def _drawn(position: int, code: str, key: bytes, stations: int | None) -> Drawn:
    if stations is None:
        return Drawn(position, code, key.hex())
    session, station = divmod(position - 1, stations)
    return Drawn(position, code, key.hex(), session + 1, station + 1)


def checked(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes in normal form C. Raises NotADraw naming the code that repeats, is empty or holds a line feed."""
    listed = tuple(nfc(code) for code in codes)
    if not listed:
        raise NotADraw("名单是空的")
    seen: set[str] = set()
    for code in listed:
        if not code or "\n" in code:
            raise NotADraw("编号不能是空的，也不能换行")
        if code in seen:
            raise NotADraw(f"编号“{code}”重复")
        seen.add(code)
    return listed


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotADraw("文字里有无法写成 UTF-8 的字符") from error


def _sized(secret: bytes) -> bytes:
    if len(secret) != SECRET_SIZE:
        raise NotADraw(f"秘密应为 {SECRET_SIZE} 字节")
    return secret


def make(
    codes: Sequence[str],
    *,
    secret: bytes,
    public_input: str,
    purpose: str = "",
    stations: int | None = None,
    public_input_source: str | None = None,
    committed_at: str | None = None,
    made_at: str | None = None,
) -> dict[str, Any]:
    """The whole transcript, secret included. Times are RFC 3339 with offset. Raises NotADraw."""
    listed = checked(codes)
    drawn = order(listed, secret=secret, public_input=public_input, purpose=purpose, stations=stations)
    return {
        "format": FORMAT,
        "purpose": nfc(purpose),
        "list": list(listed),
        "list_sha256": list_sha256(listed),
        "commitment": commitment(secret),
        "committed_at": committed_at,
        "public_input": nfc(public_input),
        "public_input_source": None if public_input_source is None else nfc(public_input_source),
        "secret": secret.hex(),
        "made_at": made_at,
        "stations": stations,
        "order": [one.document() for one in drawn],
    }


KEYS = (
    "format",
    "purpose",
    "list",
    "list_sha256",
    "commitment",
    "committed_at",
    "public_input",
    "public_input_source",
    "secret",
    "made_at",
    "stations",
    "order",
)


def verify(transcript: Mapping[str, Any]) -> str | None:
    """None where everything recomputed agrees; else, in Chinese, the first thing that differs."""
    wrong = _malformed(transcript)
    if wrong is not None:
        return wrong
    secret = bytes.fromhex(transcript["secret"])
    try:
        listed = checked(transcript["list"])
        recomputed = {"list_sha256": list_sha256(listed), "commitment": commitment(secret)}
        drawn = order(
            listed,
            secret=secret,
            public_input=transcript["public_input"],
            purpose=transcript["purpose"],
            stations=transcript["stations"],
        )
    except NotADraw as error:
        return str(error)
    for key, value in recomputed.items():
        if transcript[key] != value:
            return f"{key}：公布为 {transcript[key]}，重算为 {value}"
    return _order_differs(transcript["order"], drawn)


def _malformed(transcript: Mapping[str, Any]) -> str | None:
    if not isinstance(transcript, Mapping) or transcript.get("format") != FORMAT:
        return f"format：不是 {FORMAT}"
    for key in KEYS:
        if key not in transcript:
            return f"{key}：缺少"
    for key in transcript:
        if key not in KEYS:
            return f"{key}：格式里没有这一项"
    for key in ("purpose", "list_sha256", "commitment", "public_input", "secret"):
        if not isinstance(transcript[key], str):
            return f"{key}：应为文字"
    for key in ("committed_at", "public_input_source", "made_at"):
        if transcript[key] is not None and not isinstance(transcript[key], str):
            return f"{key}：应为文字或 null"
    if not isinstance(transcript["list"], list) or not all(isinstance(code, str) for code in transcript["list"]):
        return "list：应为编号的列表"
    stations = transcript["stations"]
    if stations is not None and (not isinstance(stations, int) or isinstance(stations, bool)):
        return "stations：应为整数或 null"
    secret = transcript["secret"]
    if len(secret) != 2 * SECRET_SIZE or not set(secret) <= set("0123456789abcdef"):
        return f"secret：应为 {2 * SECRET_SIZE} 位小写十六进制"
    if not isinstance(transcript["order"], list):
        return "order：应为列表"
    return None


def _order_differs(published: Sequence[Any], drawn: Sequence[Drawn]) -> str | None:
    for row, one in zip(published, drawn, strict=False):
        if not isinstance(row, Mapping):
            return f"order 第 {one.position} 位：应为一组键和值"
        recomputed = one.document()
        for key in (*recomputed, *(key for key in row if key not in recomputed)):
            shown = nfc(row[key]) if isinstance(row.get(key), str) else row.get(key)
            expected = recomputed.get(key)
            # 1.0 and true equal 1 in Python; in a published document they are something else.
            if type(shown) is not type(expected) or shown != expected or key not in recomputed:
                return f"order 第 {one.position} 位 {key}：公布为 {_said(row, key)}，重算为 {_said(recomputed, key)}"
    if len(published) != len(drawn):
        return f"order：公布 {len(published)} 位，重算 {len(drawn)} 位"
    return None


def _said(row: Mapping[str, Any], key: str) -> str:
    return str(row[key]) if key in row else "（无）"
