"""`python -m commands_in_one '[["build"], ["show", "--all"]]'`: what `python -m invoke` does with each.

For commands whose surroundings are tried, not their start: the interpreter and its terminal are the same.
"""

from __future__ import annotations

import json
import os
import sys

from invoke.main import program


def main(commands: list[list[str]]) -> int:
    """The code of the first that fails; those after it are not run."""
    for command in commands:
        # As Python reads them from the command line, whatever the terminal's encoding.
        sys.argv = ["invoke", *(os.fsdecode(word.encode()) for word in command)]
        try:
            program.run()
        except SystemExit as end:
            if end.code:
                return int(end.code)
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
