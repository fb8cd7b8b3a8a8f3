"""Digests: of bytes, of files and folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(data: bytes) -> str:
    """Fingerprint of a file's bytes (BLAKE2b, 128 bits, hexadecimal)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def fingerprint(paths: Iterable[Path]) -> str:
    """One digest of the names and bytes of all files under `paths`, whatever their order on disk."""
    total = hashlib.blake2b(digest_size=16)
    for root in sorted(paths):
        files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
        for file in files:
            if "__pycache__" in file.parts or file.suffix == ".pyc":
                continue
            name = file.relative_to(root.parent).as_posix()
            total.update(f"{name}\0{digest(file.read_bytes())}\n".encode())
    return total.hexdigest()


def stat_fingerprint(folders: Iterable[Path]) -> str:
    """One digest of the names, sizes and times of all files under `folders`, none of them read."""
    total = hashlib.blake2b(digest_size=16)
    for folder in sorted(folders):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            status = file.stat()
            total.update(f"{file}\0{status.st_size} {status.st_mtime_ns}\n".encode())
    return total.hexdigest()
