"""Named arrays in one immutable file, memory-mapped.

Layout: 8 bytes of magic, the header's length and CRC-32 (two little-endian uint32), the header (JSON: for
each array its dtype, shape, offset and CRC-32), then the arrays, each at a multiple of 64 bytes.
"""

import json
import os
import shutil
import struct
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from allervers.columns.errors import FolderTaken, FolderUnreadable
from allervers.columns.tables import Arrays

_PREFIX: Final = struct.Struct("<8sII")
_ALIGN: Final = 64
"""Bytes: a cache line, and enough for any dtype."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of columns: the name of its file, and 8 bytes of magic whose last is the version of the layout
    *and* of the columns (another one means another build)."""

    file: str
    magic: bytes

    def write(self, folder: Path, arrays: Arrays) -> None:
        """Make `folder` with `arrays` in it, whole or not at all. Raises: FolderTaken."""
        if folder.exists():
            raise FolderTaken(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = folder.with_name(f"{folder.name}.partial-{uuid4().hex}")
        partial.mkdir()
        try:
            _write_file(partial / self.file, self.magic, arrays)
            _sync_folder(partial)
            _rename(partial, folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _sync_folder(folder.parent)

    def read(self, folder: Path) -> Arrays:
        """The arrays of `folder`, mapped and read-only; every byte is checked. Raises: FolderUnreadable."""
        path = folder / self.file
        try:
            whole = np.memmap(path, dtype=np.uint8, mode="r")
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            raise FolderUnreadable(folder, f"no columns there ({error})") from error
        header = _header(folder, self.magic, whole)
        return {name: _array(folder, whole, entry) for name, entry in header.items()}


def _write_file(path: Path, magic: bytes, arrays: Arrays) -> None:
    plain = {name: _little_endian(array) for name, array in arrays.items()}
    header = _laid_out(plain)
    with path.open("xb") as file:
        file.write(_PREFIX.pack(magic, len(header), zlib.crc32(header)))
        file.write(header)
        for array in plain.values():
            file.write(bytes(-file.tell() % _ALIGN))
            file.write(array.tobytes())
        file.write(bytes(-file.tell() % _ALIGN))
        file.flush()
        os.fsync(file.fileno())


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))


def _laid_out(arrays: Arrays) -> bytes:
    """The header. Offsets count from the end of the header, rounded up, so that they do not depend on its
    length."""
    entries = {}
    offset = 0
    for name, array in arrays.items():
        entries[name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "offset": offset,
            "crc": zlib.crc32(array.tobytes()),
        }
        offset += array.nbytes + -array.nbytes % _ALIGN
    text = json.dumps({"arrays": entries, "bytes": offset}).encode()
    # Spaces up to the alignment: the arrays then begin right after the header.
    return text + b" " * (-(_PREFIX.size + len(text)) % _ALIGN)


def _header(folder: Path, magic: bytes, whole: NDArray[np.uint8]) -> dict[str, Any]:
    if whole.size < _PREFIX.size:
        raise FolderUnreadable(folder, "truncated")
    found, length, crc = _PREFIX.unpack(whole[: _PREFIX.size].tobytes())
    if found != magic:
        raise FolderUnreadable(folder, "not columns of this version")
    text = whole[_PREFIX.size : _PREFIX.size + length].tobytes()
    if len(text) != length or zlib.crc32(text) != crc:
        raise FolderUnreadable(folder, "corrupt header")
    header = json.loads(text)
    if whole.size != _PREFIX.size + length + header["bytes"]:
        raise FolderUnreadable(folder, "truncated")
    begin = _PREFIX.size + length
    return {name: {**entry, "offset": entry["offset"] + begin} for name, entry in header["arrays"].items()}


def _array(folder: Path, whole: NDArray[np.uint8], entry: dict[str, Any]) -> NDArray[Any]:
    dtype = np.dtype(entry["dtype"])
    count = int(np.prod(entry["shape"], dtype=np.int64))
    part = whole[entry["offset"] : entry["offset"] + count * dtype.itemsize]
    if zlib.crc32(part.data) != entry["crc"]:
        raise FolderUnreadable(folder, "corrupt")
    return np.asarray(part.view(dtype).reshape(entry["shape"]))


def _rename(partial: Path, folder: Path) -> None:
    try:
        partial.rename(folder)
    except OSError as error:  # another build took the name meanwhile
        if folder.exists():
            raise FolderTaken(folder) from error
        raise


def _sync_folder(folder: Path) -> None:
    """Make the names themselves durable; Windows cannot open a folder and needs none of it."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
