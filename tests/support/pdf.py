"""Reading a PDF as a program for the blind would: its tags, its language, its title, its text."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """What a PDF says of itself."""

    tagged: bool
    language: str
    title: str
    universal: bool
    text: str


def read(pdf: bytes) -> Paper:
    """Reads a PDF whose objects are not compressed, as Typst writes them."""
    language = re.search(rb"/Lang ?\(([^)]*)\)", pdf)
    title = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", pdf, re.DOTALL)
    return Paper(
        tagged=b"/StructTreeRoot" in pdf and b"/Marked true" in pdf,
        language=language[1].decode() if language else "",
        title=title[1].decode() if title else "",
        universal=b"pdfuaid:part" in pdf,
        text=_text(pdf),
    )


def _text(pdf: bytes) -> str:
    """Every run of glyphs, told by the tables the fonts carry; spaces folded."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\n?(.*?)\nendobj", pdf, re.DOTALL)}
    streams = {number: _stream(body) for number, body in objects.items()}
    tables = {
        number: _table(streams[int(found[1])])
        for number, body in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    return " ".join(
        "".join(_runs(streams[content], _fonts(body, objects, tables)))
        for body in objects.values()
        for content in _contents(body)
    )


def _contents(body: bytes) -> list[int]:
    """The drawings of a page, when the object is one."""
    is_page = re.search(rb"/Type ?/Page\b(?!s)", body)
    return [int(number) for number in re.findall(rb"/Contents (\d+) 0 R", body)] if is_page else []


def _fonts(body: bytes, objects: dict[int, bytes], tables: dict[int, dict[int, str]]) -> dict[bytes, dict[int, str]]:
    """The fonts of a page, by the names it gives them."""
    found = re.search(rb"/Resources (\d+) 0 R", body)
    resources = objects[int(found[1])] if found else body
    return {
        name: tables[int(number)]
        for name, number in re.findall(rb"/(\w+) (\d+) 0 R", resources)
        if int(number) in tables
    }


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    if not found:
        return b""
    return zlib.decompressobj().decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _table(stream: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for code, text in re.findall(rb"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", stream, re.MULTILINE):
        table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for first, last, text in re.findall(rb"<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]+)>", stream):
        start = bytes.fromhex(text.decode()).decode("utf-16-be")
        for shift in range(int(last, 16) - int(first, 16) + 1):
            table[int(first, 16) + shift] = chr(ord(start[-1]) + shift)
    return table


# A text may hold brackets without escaping them, as long as they are balanced.
_PLAIN = rb"\\.|[^()\\]"
_NESTED = rb"\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*\))*\)"
_STRING = rb"\((?:" + _PLAIN + rb"|" + _NESTED + rb")*\)|<[0-9a-fA-F]*>"
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|(\[(?:" + _STRING + rb"|[-\d. ])*\] ?TJ|(?:" + _STRING + rb") ?Tj)", re.DOTALL)


def _runs(page: bytes, names: dict[bytes, dict[int, str]]) -> list[str]:
    runs: list[str] = []
    table: dict[int, str] = {}
    for font, shown in _SHOWN.findall(page):
        if font:
            table = names.get(font, {})
            runs.append(" ")
        for string in re.findall(_STRING, shown, re.DOTALL):
            raw = _unescaped(string[1:-1]) if string.startswith(b"(") else bytes.fromhex(string[1:-1].decode())
            codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
            runs.append("".join(table.get(code, "?") for code in codes))
    return runs


def _unescaped(literal: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        body = found[1]
        if body.isdigit():
            return bytes([int(body, 8)])
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(body, body)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, literal, flags=re.DOTALL)
