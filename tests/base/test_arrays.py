"""NumPy is loaded with the first array."""

from __future__ import annotations

import subprocess
import sys

import numpy
from newsdigest.base.arrays import np


def test_whoever_builds_without_a_change_loads_no_numpy() -> None:
    """The flow, with all its rooms and kinds of pages, is there without."""
    code = (
        "import sys, newsdigest.build, newsdigest.site.kinds\n"
        "from newsdigest.entities.tagger import tagger_named\n"
        "from newsdigest.relate.copies import Sketches\n"
        "version = tagger_named('crf').version\n"
        "Sketches()\n"
        "print('numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]


def test_an_array_is_numpys() -> None:
    assert np.arange is numpy.arange
    assert np.zeros(3, np.int32).dtype == numpy.int32
