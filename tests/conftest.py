"""Where tests find the shared material, the demonstration site, and the host they render with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real wire article, where the shared folder is laid."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the seed article is not here")
    return found[0]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample articles with their expected records, where the shared folder is laid."""
    folder = SHARED / "samples"
    if not folder.is_dir():
        pytest.skip("the samples are not here")
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The demonstration archive, built once: to be read, not changed."""
    from publication import Publication

    publication = Publication(tmp_path_factory.mktemp("demo"), ROOT / "content")
    run = publication.build()
    assert run.code == 0, run.screen
    publication.first_build = run
    return publication


@pytest.fixture
def publication(tmp_path: Path):  # type: ignore[no-untyped-def]
    """An empty publication, to be filled and built."""
    from publication import Publication

    return Publication(tmp_path / "publication")
