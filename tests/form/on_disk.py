"""What a browser's folder holds, as far as it can be read: also within compressed databases.

In: the folder of a profile. Out: every content in it, by file: the file itself, and of LevelDB (all
that IndexedDB and localStorage keep) each value out of logs and tables, whose blocks are packed by
Snappy; values that Chromium packed by Snappy once more, unpacked. Whoever searches there searches
what a finder with a tool would see. Formats: ``doc/log_format.md`` and ``doc/table_format.md`` of
LevelDB, ``format_description.txt`` of Snappy, ``idb_value_wrapping.cc`` of Chromium.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

# Of a table: at its end, after the places of its two indexes.
_MAGIC: Final = bytes.fromhex("57fb808b247547db")
_FOOTER, _TRAILER, _SNAPPY = 48, 5, 1
# Of a log: blocks of records, which may be cut into fragments: whole, first, middle, last.
_BLOCK, _HEADER, _WHOLE, _FIRST, _MIDDLE, _LAST = 32768, 7, 1, 2, 3, 4
# Before what Blink packed: the tag of a version, a pseudo-version, "packed by Snappy".
_PACKED: Final = b"\xff\x11\x02"


def contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield all that can be read in a folder, with the file in which it stands."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        found = [raw]
        if (path.suffix == ".log" and path.parent.suffix == ".leveldb") or path.suffix == ".ldb":
            found += _table(raw) if path.suffix == ".ldb" else _log(raw)
        for one in found:
            yield path, one
            if _PACKED in one[:64]:
                yield path, unpacked(one[one.index(_PACKED) + len(_PACKED) :])


def unpacked(packed: bytes) -> bytes:
    """Unpack what Snappy packed."""
    size, at = _number(packed, 0)
    out = bytearray()
    while len(out) < size:
        tag, at = packed[at], at + 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                wide = length - 59
                length, at = int.from_bytes(packed[at : at + wide], "little"), at + wide
            out += packed[at : at + length + 1]
            at += length + 1
            continue
        if tag & 3 == 1:
            length, back = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | packed[at]
            at += 1
        else:
            wide = 2 if tag & 3 == 2 else 4
            length, back = (tag >> 2) + 1, int.from_bytes(packed[at : at + wide], "little")
            at += wide
        for _ in range(length):
            out.append(out[-back])
    return bytes(out)


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Read a number of 7 bits a byte; return it and the place after it."""
    value = shift = 0
    while True:
        byte = content[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def _table(content: bytes) -> Iterator[bytes]:
    """Yield the values of a table."""
    assert content[-8:] == _MAGIC
    at = len(content) - _FOOTER
    _, at = _number(content, at)
    _, at = _number(content, at)
    place, at = _number(content, at)
    size, _ = _number(content, at)
    for handle in _entries(_unpacked_block(content, place, size)):
        place, after = _number(handle, 0)
        size, _ = _number(handle, after)
        yield from _entries(_unpacked_block(content, place, size))


def _unpacked_block(content: bytes, place: int, size: int) -> bytes:
    kind, block = content[place + size], content[place : place + size]
    assert kind <= _SNAPPY, f"a block is packed by {kind}"
    return unpacked(block) if kind == _SNAPPY else block


def _entries(block: bytes) -> Iterator[bytes]:
    """Yield the values of a block."""
    end = len(block) - 4 - 4 * int.from_bytes(block[-4:], "little")
    at = 0
    while at < end:
        _, at = _number(block, at)
        own, at = _number(block, at)
        size, at = _number(block, at)
        yield block[at + own : at + own + size]
        at += own + size


def _log(content: bytes) -> Iterator[bytes]:
    """Yield the values of a log."""
    record = b""
    for fragment, kind in _fragments(content):
        record = fragment if kind in (_WHOLE, _FIRST) else record + fragment
        if kind in (_WHOLE, _LAST):
            yield from _written(record)


def _fragments(content: bytes) -> Iterator[tuple[bytes, int]]:
    for begin in range(0, len(content), _BLOCK):
        block, at = content[begin : begin + _BLOCK], 0
        while at + _HEADER <= len(block):
            size, kind = int.from_bytes(block[at + 4 : at + 6], "little"), block[at + 6]
            if kind not in (_WHOLE, _FIRST, _MIDDLE, _LAST):
                break
            yield block[at + _HEADER : at + _HEADER + size], kind
            at += _HEADER + size


def _written(record: bytes) -> Iterator[bytes]:
    """Yield the values that a record writes: after its number and count, puts and deletions."""
    at = 12
    while at < len(record):
        is_put, at = record[at] == 1, at + 1
        size, at = _number(record, at)
        at += size
        if is_put:
            size, at = _number(record, at)
            yield record[at : at + size]
            at += size
