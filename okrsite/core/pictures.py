"""Pictures in texts: which kinds are published, told by their own bytes and never by their names."""

import re
from dataclasses import dataclass
from struct import error, unpack
from typing import Final

MAX_BYTES: Final = 2 << 20
KINDS: Final = ("png", "jpg", "gif", "webp", "avif")
"""What may be published: SVG is not among them, for it can hold scripts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file that texts show: its content's digest, kind and size in pixels (0 where it is not known).

    `trouble` says why it cannot be published, if so.
    """

    path: str
    digest: str = ""
    kind: str = ""
    width: int = 0
    height: int = 0
    trouble: str = ""


_ACTIVE: Final = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignobject|iframe|handler|set|animate)|[\s\"'/]on\w+\s*=|javascript:|<!(?!--)|\0", re.I
)


def is_inert_svg(content: bytes) -> bool:
    """Whether a file is an SVG that draws and does nothing else, even when a browser opens it by itself."""
    return b"<svg" in content and not _ACTIVE.search(content.decode("latin-1"))


def identify(content: bytes) -> tuple[str, int, int] | None:
    """The kind, width and height of a picture; None for everything else. Hostile bytes are only ever looked at."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "png", *_numbers(">II", content[16:24])
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif", *_numbers("<HH", content[6:10])
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg", *_jpeg_size(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp", *_webp_size(content)
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif", 0, 0
    return None


def _numbers(form: str, content: bytes) -> tuple[int, int]:
    """Two numbers; what is cut off has none."""
    try:
        first, second = unpack(form, content)
    except error:
        return 0, 0
    return first, second


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """The size in the frame header, found by going from segment to segment."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = _numbers(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + max(2, length)
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    form = content[12:16]
    if form == b"VP8X" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if form == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        width, height = _numbers("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0
