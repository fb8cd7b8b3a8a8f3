"""What stands in tasks.py as a command is one that an editor can type."""

from __future__ import annotations

import importlib.util
import inspect
from types import ModuleType

from invoke import Collection, Task
from publication import ROOT


def tasks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tasks_of_the_project", ROOT / "tasks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_is_listed() -> None:
    module = tasks()
    written = {found for found in vars(module).values() if isinstance(found, Task)}
    listed: Collection = module.namespace
    known = {*listed.tasks.values(), *listed.collections["bench"].tasks.values()}
    assert {task.__name__ for task in written} == {task.__name__ for task in known}


def test_every_command_of_editors_takes_a_settings_file() -> None:
    """The others are the programmers', and the demonstration writes a settings file itself."""
    found: Collection = tasks().namespace
    lacking = {
        name
        for name, task in found.tasks.items()
        if "settings" not in inspect.signature(task.body).parameters
    }
    assert lacking == {"demo", "test", "lint", "train"}
