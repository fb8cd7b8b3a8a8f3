"""A bucket (S3, or what speaks like it) as a place of publication, by boto3 or by rclone.

A bucket has no folders and no half files: an object is the old one or the new one. Keys, region and
endpoint are those that boto3 finds for itself (`AWS_…`, `~/.aws`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from newsdigest.base.records import SiteFile
from newsdigest.publish.media_types import caching, media_type
from newsdigest.releases.target import MARK, There, failed

# So many keys a request may delete.
_LOT = 1000


class S3Target:
    """`s3://bucket/prefix`; `client` is boto3's, or does what it does."""

    def __init__(self, name: str, client: Callable[[], Any] | None = None) -> None:
        self.name = name
        self.bucket, _slash, prefix = name.removeprefix("s3://").partition("/")
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._make = client or _boto3_client
        self._made: Any = None

    @property
    def client(self) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made

    def mark(self) -> str:
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.prefix + MARK)
            return str(answer["Body"].read().decode("utf-8", "replace")).strip()
        except Exception as error:  # boto3 makes its classes as it goes
            if _code(error) in ("NoSuchKey", "404"):
                return ""
            raise failed(self.name, str(error)) from error

    def look(self, site: Path, files: Iterable[SiteFile]) -> There:
        there = dict(self._asked(self._listed))
        found = There(set(), set())
        for file in files:
            if file.path not in there:
                found.missing.add(file.path)
            elif there[file.path] != _md5((site / file.path).read_bytes()):
                found.differ.add(file.path)
        return found

    def send(self, site: Path, groups: Sequence[Sequence[str]], gone: Sequence[str]) -> None:
        for group in groups:
            for path in group:
                self._put(path, (site / path).read_bytes())
        for start in range(0, len(gone), _LOT):
            keys = [{"Key": self.prefix + path} for path in gone[start : start + _LOT]]
            self._delete(keys)

    def _delete(self, keys: list[dict[str, str]]) -> None:
        given = {"Bucket": self.bucket, "Delete": {"Objects": keys, "Quiet": True}}
        self._asked(lambda: self.client.delete_objects(**given))

    def set_mark(self, mark: str) -> None:
        self._put(MARK, f"{mark}\n".encode())

    def _put(self, path: str, data: bytes) -> None:
        self._asked(
            lambda: self.client.put_object(
                Bucket=self.bucket,
                Key=self.prefix + path,
                Body=data,
                ContentType=media_type(path),
                CacheControl=caching(path),
            )
        )

    def _listed(self) -> list[tuple[str, str]]:
        """(path, MD5 of what stands there) of every object; of one sent in parts something else."""
        return list(self._pages())

    def _pages(self) -> Iterator[tuple[str, str]]:
        given = {"Bucket": self.bucket, "Prefix": self.prefix}
        while True:
            answer = self.client.list_objects_v2(**given)
            for one in answer.get("Contents", ()):
                yield one["Key"][len(self.prefix) :], one["ETag"].strip('"')
            if not answer.get("IsTruncated"):
                return
            given["ContinuationToken"] = answer["NextContinuationToken"]

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Exception as error:  # boto3 makes its classes as it goes
            raise failed(self.name, str(error)) from error


def _boto3_client() -> Any:
    return import_module("boto3").client("s3")


def _code(error: Exception) -> str:
    answer = getattr(error, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
