"""The place of publication that a setting names."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from newsdigest.base.errors import _
from newsdigest.base.settings import is_folder
from newsdigest.releases.folder import FolderTarget
from newsdigest.releases.rclone import RcloneTarget
from newsdigest.releases.rsync import RsyncTarget
from newsdigest.releases.s3 import S3Target
from newsdigest.releases.target import Target, TargetError


def target_named(name: str) -> Target:
    """A folder, `user@host:/path`, `s3://bucket/prefix`. Raises TargetError where a tool is missing."""
    if is_folder(name):
        return FolderTarget(name)
    if not name.startswith("s3://"):
        return RsyncTarget(name)
    if find_spec("boto3"):
        return S3Target(name)
    if shutil.which("rclone"):
        return RcloneTarget(name)
    raise TargetError(
        _("{target} needs boto3 or rclone, and neither is installed."),
        _("Type: pip install boto3 (or install rclone: apt install rclone)."),
        target=name,
    )
