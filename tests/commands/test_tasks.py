"""What stands in tasks.py as a command is one that an editor can type."""

from __future__ import annotations

import importlib.util

from invoke import Collection, Task
from publication import ROOT


def test_every_command_is_listed() -> None:
    spec = importlib.util.spec_from_file_location("tasks_of_the_project", ROOT / "tasks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = {found for found in vars(module).values() if isinstance(found, Task)}
    listed: Collection = module.namespace
    known = {*listed.tasks.values(), *listed.collections["bench"].tasks.values()}
    assert {task.__name__ for task in written} == {task.__name__ for task in known}
