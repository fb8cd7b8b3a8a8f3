"""Whatever editors do, in whatever order: the incremental site is the clean build's, byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from newsroom import Newsroom, article

PEOPLE = ["Anna Korvat", "Lucien Maréchal", "Ilse Brandon", "Pham Thi Nhàn"]
PLACES = ["Genève", "Hanoï", "Saint-Orens", "Norvège"]
GROUPS = ["l'Agence des eaux du delta (AED)", "l'ONU", "la Banque centrale des Orvennes (BCO)"]
HEADLINES = [
    "Le pont de Saint-Orens rouvre",
    "Le pont de Saint-Orens rouvre !",
    "Les prix du riz montent de 1,2 %",
    "Les prix du riz montent de 12 %",
    "Anna Korvat quitte l'AED",
    "Index",
    '<b>Gros titre</b> & "guillemets"',
    "Grève au port",
]
DATES = [
    "2026-01-05",
    "2026-01-06",
    "2026-01-06 09:30",
    "2026-01-20",
    "2025-11-30",
    "2025-12",
    "2026-03-09",
]

names = st.sampled_from(PEOPLE)
sentences = st.lists(
    st.one_of(
        names.map(lambda n: f"Le ministre {n} a rencontré la presse lundi."),
        names.map(lambda n: f"M. {n.split()[-1]} n'a pas souhaité commenter cette décision."),
        st.sampled_from(PLACES).map(lambda p: f"La délégation est arrivée à {p} dans la matinée."),
        st.sampled_from(GROUPS).map(lambda g: f"Le rapport publié par {g} compte cent pages."),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
articles = st.builds(
    article,
    st.sampled_from(HEADLINES),
    st.sampled_from(DATES),
    sentences,
    st.lists(st.sampled_from(HEADLINES), max_size=2).map(tuple),
)
paths = st.builds(
    "{}{}.txt".format,
    st.sampled_from(["", "monde/", "en/", "monde/asie/"]),
    st.sampled_from(["a", "b", "c", "é", "a-2"]),
)


class EditorsAtWork(RuleBasedStateMachine):
    """Files come, change and go; every so often a build, compared with a clean one."""

    files: Bundle[str] = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lefil-"))
        self.newsroom = Newsroom(self.folder)
        self.changed = True
        self.styles = 0

    @rule(target=files, path=paths, text=articles)
    def add(self, path: str, text: str) -> str:
        self.newsroom.write(path, text)
        self.changed = True
        return path

    @rule(path=files, text=articles)
    def edit(self, path: str, text: str) -> None:
        if self._exists(path):
            self.newsroom.write(path, text)
            self.changed = True

    @rule(path=files, sentence=sentences)
    def add_a_sentence(self, path: str, sentence: str) -> None:
        if self._exists(path):
            old = (self.newsroom.content / path).read_text(encoding="utf-8")
            self.newsroom.write(path, old.replace("\n\nAFP", f"\n\n{sentence}\n\nAFP"))
            self.changed = True

    @rule(path=consumes(files))
    def delete(self, path: str) -> None:
        if self._exists(path):
            (self.newsroom.content / path).unlink()
            self.changed = True

    @rule(target=files, path=consumes(files), new=paths)
    def rename(self, path: str, new: str):  # type: ignore[no-untyped-def]
        if not self._exists(path):
            return multiple()
        (self.newsroom.content / new).parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.newsroom.content / path, self.newsroom.content / new)
        self.changed = True
        return new

    @rule(target=files, path=files, new=paths)
    def copy(self, path: str, new: str):  # type: ignore[no-untyped-def]
        if not self._exists(path) or path == new:
            return multiple()
        self.newsroom.write(new, (self.newsroom.content / path).read_text(encoding="utf-8"))
        self.changed = True
        return new

    @rule()
    def restyle(self) -> None:
        self.styles += 1
        self.newsroom.restyle(f"body{{order:{self.styles}}}")
        self.changed = True

    @rule()
    def spoil_one(self) -> None:
        self.newsroom.write("spoilt.txt", "date 2026-99-99 Rien ne va\n\nCorps du texte.\n")
        self.changed = True

    @rule()
    def touch_all(self) -> None:
        for file in self.newsroom.content.rglob("*.txt"):
            os.utime(file)

    @invariant()
    def the_site_is_the_clean_builds(self) -> None:
        if not self.changed:
            return
        self.newsroom.build()
        self.changed = False
        incremental, clean = self.newsroom.site, self.newsroom.clean_build()
        assert sorted(incremental) == sorted(clean)
        for path, data in clean.items():
            assert incremental[path].decode() == data.decode(), path

    def _exists(self, path: str) -> bool:
        return (self.newsroom.content / path).exists()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.parametrize("seed", [0])
def test_an_incremental_build_equals_a_clean_one(seed: int) -> None:
    nightly = os.environ.get("LEFIL_NIGHTLY") == "1"
    run_state_machine_as_test(
        EditorsAtWork,
        settings=settings(
            max_examples=100 if nightly else 10,
            stateful_step_count=20,
            deadline=None,
            derandomize=not nightly,
            suppress_health_check=list(HealthCheck),
        ),
    )
