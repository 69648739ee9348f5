"""Pictures are told by their bytes, and hostile bytes are only looked at."""

import random
from struct import pack
from typing import Final

import pytest

from okrsite.core.pictures import KINDS, identify, is_inert_svg

PNG: Final = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + b"IHDR" + pack(">II", 640, 480) + b"\x08\x02\0\0\0"
GIF: Final = b"GIF89a" + pack("<HH", 64, 48) + b"\0\0\0"
JPG: Final = (
    b"\xff\xd8"
    + (b"\xff\xe0" + pack(">H", 16) + b"JFIF\0" + bytes(9))
    + (b"\xff\xc4" + pack(">H", 4) + b"\0\0")
    + (b"\xff\xc2" + pack(">H", 17) + b"\x08" + pack(">HH", 480, 640) + bytes(10))
)
LOSSY: Final = b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + pack("<HH", 640, 480)
LOSSLESS: Final = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + pack("<I", 639 | 479 << 14)
EXTENDED: Final = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
AVIF: Final = bytes(4) + b"ftypavif" + bytes(20)
PICTURES: Final = (PNG, GIF, JPG, LOSSY, LOSSLESS, EXTENDED, AVIF)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PNG, ("png", 640, 480)),
        (GIF, ("gif", 64, 48)),
        (JPG, ("jpg", 640, 480)),
        (LOSSY, ("webp", 640, 480)),
        (LOSSLESS, ("webp", 640, 480)),
        (EXTENDED, ("webp", 640, 480)),
        (AVIF, ("avif", 0, 0)),
    ],
)
def test_a_picture_is_told_with_its_size(content: bytes, found: tuple[str, int, int]) -> None:
    assert identify(content) == found
    assert found[0] in KINDS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html>",
        b"%PDF-1.7",
        b"\x89PNG",
        b"GIF88a" + bytes(9),
    ]
    + [b" " + content for content in PICTURES],
)
def test_everything_else_is_none(content: bytes) -> None:
    assert identify(content) is None


def test_cut_off_and_changed_pictures_are_only_looked_at() -> None:
    dice = random.Random(1)
    tried = 0
    for content in PICTURES:
        for length in range(len(content)):
            identify(content[:length])
            changed = bytearray(content)
            changed[length] = dice.randrange(256)
            identify(bytes(changed) + dice.randbytes(40))
            tried += 1
    assert tried > 200


def test_a_picture_of_segments_without_end_is_done_with_at_once() -> None:
    assert identify(b"\xff\xd8\xff" + b"\xff\xe0\0\0" * 500_000) == ("jpg", 0, 0)


@pytest.mark.parametrize(
    ("content", "inert"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', True),
        (b'<?xml version="1.0"?><svg><style>path { fill: red }</style></svg>', True),
        (b"<!-- drawn by hand --><svg><g/></svg>", True),
        (b"<svg><script>alert(1)</script></svg>", False),
        (b"<svg><s:Script>alert(1)</s:Script></svg>", False),
        (b'<svg onload="alert(1)"/>', False),
        (b'<svg><a href="JavaScript:alert(1)"/></svg>', False),
        (b"<svg><foreignObject/></svg>", False),
        (b'<!DOCTYPE svg [<!ENTITY x "y">]><svg/>', False),
        (b'<svg><a><set attributeName="href" to="data:x"/></a></svg>', False),
        ("<svg onload='x'/>".encode("utf-16"), False),
        (b"plain words", False),
    ],
)
def test_a_mark_that_is_an_svg_only_draws(content: bytes, inert: bool) -> None:
    assert is_inert_svg(content) is inert
