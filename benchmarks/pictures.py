"""Photographs that nobody took, and what pictures cost a build: its time, its memory, what a second one makes.

    python -m benchmarks.pictures [--photos 100] [--megapixels 12]

Drawn landscapes, as large and as hard to compress as a camera's. A build with one picture an article; the same
again with another look; again with an empty output; each by `invoke build`'s own flow in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.measure import Cost, measure

ROOT = Path(__file__).parents[1]
# Broad shapes, then finer and fainter ones, as in clouds: (cells across, how strong).
_CLOUDS = ((4, 80.0), (11, 44.0), (37, 22.0), (150, 10.0), (600, 5.0))
_SKIES = (
    ((38, 70, 120), (240, 190, 140)),
    ((90, 130, 160), (225, 232, 236)),
    ((20, 24, 60), (190, 90, 90)),
)


def landscape(seed: int, width: int, height: int, noise: float = 3.0) -> Image.Image:
    """Hills under a sky, another for each seed, with a camera's noise."""
    random = np.random.default_rng(seed)
    above, below = (np.array(colour, np.float32) for colour in _SKIES[seed % len(_SKIES)])
    slope = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    pixels = np.broadcast_to(above + (below - above) * slope, (height, width, 3)).copy()
    for cells, strength in _CLOUDS:
        rows = max(2, cells * height // width)
        grain = Image.fromarray(random.random((rows, cells), np.float32))
        cloud = np.asarray(grain.resize((width, height), Image.Resampling.BICUBIC))
        pixels += (strength * (cloud - 0.5))[:, :, None]
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for hill in range(4):
        top = height * (0.5 + 0.12 * hill)
        steps = random.normal(0, height / 60, 33).cumsum()
        ridge = [(width * at / 32, top + step) for at, step in enumerate(steps)]
        shade = int(110 - 24 * hill)
        draw.polygon(
            [(0, height), *ridge, (width, height)], fill=(shade // 2, shade, shade // 2 + 14)
        )
    image = image.filter(ImageFilter.GaussianBlur(width / 2000))
    grain = random.normal(0, noise, (height, width, 1)).astype(np.float32)
    return Image.fromarray(np.clip(np.asarray(image, np.float32) + grain, 0, 255).astype(np.uint8))


def write_photographs(folder: Path, count: int, megapixels: float) -> None:
    """An archive of `count` articles, each with a photograph of a camera's size."""
    width = int((megapixels * 1e6 * 4 / 3) ** 0.5)
    folder.mkdir(parents=True)
    shots = []
    for seed in range(min(count, 10)):  # the others differ by a stroke: no digest is another's
        shots.append(landscape(seed, width, width * 3 // 4))
    for number in range(count):
        shot = shots[number % len(shots)].copy()
        ImageDraw.Draw(shot).rectangle((0, 0, 8 + number, 8), fill=(255, 255, 255))
        shot.save(folder / f"p{number:03}.jpg", quality=90)
        text = (
            f"date 2026-01-{number % 28 + 1:02} Le port, vue numéro {number}\n\n"
            f"Un paysage vu du port, sous le numéro {number} de la série.\n\n"
            "Le port\nPhoto : Anna Korvat/VNA\n\nVNA\n"
        )
        (folder / f"p{number:03}.txt").write_text(text, encoding="utf-8")


# What opens the demonstration's newest day, and the line that gives it a picture.
_OPENING = "sport/2026-01-22-corvanne-tirage.txt"
_LINE = "\n[Photo : stade.jpg — Le stade de Corvanne, un soir de janvier. Hélène Barjac/CVN]\n"
# A photo line with a caption before it.
_SIGNED = re.compile(r"^\S.{10,}(?:[.] |\n)(?:Photo|Ảnh) ?:", re.MULTILINE)


def illustrate(folder: Path) -> None:
    """Give the demonstration's articles that have a photo line with a caption a picture each, drawn here, and
    the one that opens its newest day."""
    articles = sorted(folder.rglob("*.txt"))
    signed = [one for one in articles if _SIGNED.search(one.read_text(encoding="utf-8"))]
    for seed, file in enumerate(signed):
        landscape(seed, 1000, 667).save(file.with_suffix(".jpg"), quality=85)
    opening = folder / _OPENING
    if opening.is_file():
        with open(opening, "a", encoding="utf-8") as text:
            text.write(_LINE)
        landscape(len(signed), 1500, 900).save(opening.with_name("stade.jpg"), quality=85)


_BUILD = """
import sys
from pathlib import Path
from newsdigest.base.records import Site
from newsroom import Newsroom
newsroom = Newsroom(Path(sys.argv[1]), workers=int(sys.argv[2]), site=Site(tagline=sys.argv[3]))
newsroom.build(allow_removals=True)
"""


def _built(folder: Path, tagline: str, workers: int) -> Cost:
    paths = os.pathsep.join(str(ROOT / name) for name in ("plugins", "tests"))
    command = [sys.executable, "-c", _BUILD, str(folder), str(workers), tagline]
    cost = measure(command, ROOT, {"PYTHONPATH": paths})
    if cost.exitcode:
        raise RuntimeError(cost.output)
    return cost


def _times(folder: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=100)
    parser.add_argument("--megapixels", type=float, default=12)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "newsroom"
        write_photographs(folder / "content", asked.photos, asked.megapixels)
        cache, images = folder / "cache" / "pictures", folder / "output" / "images"
        for what, tagline in (("first", "Un"), ("another look", "Deux"), ("empty output", "Deux")):
            if what == "empty output":
                shutil.rmtree(folder / "output")
                (folder / "cache" / "archive.sqlite").unlink()
            before = _times(cache)
            cost = _built(folder, tagline, asked.workers)
            made = len(_times(cache).items() - before.items())
            files = list(images.iterdir())
            size = sum(file.stat().st_size for file in files) / 1e6
            print(
                f"{what:<14} CPU {cost.cpu:.1f} s, {cost.cpu / asked.photos:.2f} a photograph;"
                f" at most {cost.peak:.0f} MB; made {made} of {asked.photos};"
                f" {len(files)} files, {size:.1f} MB"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
