"""What is a picture, whatever anybody sends, and what is left of it."""

from __future__ import annotations

from io import BytesIO

import pytest
from newsdigest.pictures.decode import FORMATS, Fault, Size, pixels_of, size_of
from newsdigest.pictures.making import JPEG, better, make, name, parts, widths
from photographs import bomb, drawn, photo, saved, told
from PIL import Image, ImageCms

MOST = 10_000_000


def pixel(image: Image.Image, x: float, y: float) -> tuple[int, int, int]:
    """The colour at a place, as parts of its sides."""
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > 150 and colour[1] < 90 and colour[2] < 90


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_a_photograph_is_taken(form: str) -> None:
    data = saved(drawn(64, 48), form)
    assert size_of(data, MOST) == Size(64, 48)
    assert is_red(pixel(pixels_of(data, 480), 0.2, 0.2))


@pytest.mark.parametrize(
    ("what", "data", "code", "facts"),
    [
        ("nothing", b"", "E_PICTURE", {"empty": 1}),
        ("a text", b"date 2026-01-23 Le port rouvre", "E_PICTURE", {}),
        ("a drawing", b"<?xml version='1.0'?>\n<svg xmlns='x'/>", "E_PICTURE", {"kind": "SVG"}),
        ("a telephone's", b"\0\0\0\x18ftypheic\0\0\0\0", "E_PICTURE", {"kind": "HEIC"}),
        ("a document", b"%PDF-1.7", "E_PICTURE", {"kind": "PDF"}),
        ("half a JPEG", photo(400, 300)[:-400], "E_PICTURE", {"broken": 1}),
        ("half a PNG", saved(drawn(400, 300), "PNG")[:-200], "E_PICTURE", {"broken": 1}),
        ("half an AVIF", saved(drawn(400, 300), "AVIF")[:-200], "E_PICTURE", {"broken": 1}),
        ("thousands of scans", photo() + b"\xff\xda" * 1000, "E_PICTURE", {"broken": 1}),
        (
            "a bomb",
            bomb(),
            "E_PICTURE_SIZE",
            {"width": 60_000, "height": 60_000, "most": MOST // 1_000_000},
        ),
        ("a mark", photo(2, 2), "E_PICTURE_SIZE", {"width": 2, "height": 2, "least": 32}),
        ("a line", photo(900, 40), "E_PICTURE_SIZE", {"width": 900, "height": 40, "slim": 8}),
    ],
)
def test_what_cannot_be_shown_is_told(
    what: str, data: bytes, code: str, facts: dict[str, str | int]
) -> None:
    assert size_of(data, MOST) == Fault(code, facts)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_the_camera_was_held(orientation: int) -> None:
    data = told(orientation)
    turned = orientation > 4
    assert size_of(data, MOST) == (Size(48, 64) if turned else Size(64, 48))
    shown = pixels_of(data, 480)
    assert shown.size == ((48, 64) if turned else (64, 48))
    corner = {
        1: (0, 0),
        2: (1, 0),
        3: (1, 1),
        4: (0, 1),
        5: (0, 0),
        6: (1, 0),
        7: (1, 1),
        8: (0, 1),
    }
    across, down = corner[orientation]
    assert is_red(pixel(shown, 0.2 + 0.6 * across, 0.2 + 0.6 * down))


def test_nothing_of_a_picture_goes_on_but_its_pixels() -> None:
    data = told()
    assert b"SECRET-GPS" in data
    for made in make(data, Size(48, 64)):
        assert b"SECRET" not in made
        with Image.open(BytesIO(made)) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & image.info.keys()


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA"])
def test_whatever_its_pixels_are_it_is_shown_in_the_colours_of_a_screen(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    data = saved(drawn(mode=mode), form)
    assert size_of(data, MOST) == Size(64, 48)
    assert pixels_of(data, 480).mode == "RGB"


def test_sixteen_bits_are_as_bright_as_eight() -> None:
    grey = Image.new("I;16", (64, 48), 32_896)
    data = saved(grey, "PNG")
    assert size_of(data, MOST) == Size(64, 48)
    assert pixel(pixels_of(data, 480), 0.5, 0.5) == (128, 128, 128)


@pytest.mark.parametrize(
    ("mode", "half", "white"), [("F", 0.5, 1.0), ("F", 128.0, 255.0), ("I", 32_896, 65_535)]
)
def test_measurements_are_shown_from_black_to_white(mode: str, half: float, white: float) -> None:
    image = Image.new(mode, (64, 48), half)
    image.paste(white, (0, 0, 32, 48))
    found = pixels_of(saved(image, "TIFF"), 480)
    assert pixel(found, 0.1, 0.5) == (255, 255, 255)
    assert pixel(found, 0.9, 0.5) == (128, 128, 128)


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (64, 48), (10, 20, 30, 0))
    assert pixel(pixels_of(saved(clear, "PNG"), 480), 0.5, 0.5) == (255, 255, 255)
    palette = Image.new("P", (64, 48), 1)
    palette.putpalette([0, 0, 0, 10, 20, 30])
    data = saved(palette, "GIF", transparency=1)
    assert pixel(pixels_of(data, 480), 0.1, 0.1) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue", "green")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert is_red(pixel(pixels_of(data, 480), 0.5, 0.5))


@pytest.mark.parametrize("profile", [b"nothing of a profile", b""])
def test_a_broken_colour_profile_breaks_no_picture(profile: bytes) -> None:
    assert is_red(pixel(pixels_of(saved(drawn(), icc_profile=profile), 480), 0.2, 0.2))


def test_a_colour_profile_is_used_and_left_out() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (small, plain) = make(saved(drawn(), icc_profile=lab), Size(64, 48))
    assert b"ICC_PROFILE" not in plain
    assert b"colrprof" not in small


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (64, (64,)),
        (479, (479,)),
        (480, (480,)),
        (500, (480,)),
        (700, (480, 700)),
        (1000, (480, 960)),
        (1300, (480, 960, 1300)),
        (4000, (480, 960, 1440)),
    ],
)
def test_a_picture_is_shown_in_three_widths_and_never_enlarged(
    width: int, shown: tuple[int, ...]
) -> None:
    assert widths(width) == shown


def test_a_photograph_gives_each_of_its_files_once_and_always_the_same() -> None:
    size = Size(1600, 1200)
    data = photo(*size)
    made = make(data, size)
    told = [(part.width, part.height, part.suffix) for part in parts(size)]
    assert told == [
        (480, 360, better()),
        (960, 720, better()),
        (1440, 1080, better()),
        (480, 360, JPEG),
        (960, 720, JPEG),
        (1440, 1080, JPEG),
    ]
    for part, bytes_ in zip(parts(size), made, strict=True):
        with Image.open(BytesIO(bytes_)) as image:
            assert image.size == (part.width, part.height)
    assert make(data, size) == made


def test_a_picture_that_was_turned_keeps_its_widths() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(drawn(1200, 900), exif=exif.tobytes())
    size = size_of(data, MOST)
    assert size == Size(900, 1200)
    with Image.open(BytesIO(make(data, size)[-1])) as image:
        assert image.size == (900, 1200)


def test_files_are_called_by_what_they_are_made_of() -> None:
    assert name("a" * 64) != name("b" * 64)
    assert len(name("a" * 64)) == 16
