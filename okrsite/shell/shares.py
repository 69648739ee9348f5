"""A share of a site's files, for a site that several machines build: whose a file is depends on its path alone."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

MAX_SHARES: Final = 256
_DIGITS: Final = len(str(MAX_SHARES))
_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Share:
    """One of so many shares, counted from 1; each file of a site is in exactly one of them."""

    number: int
    of: int

    def has(self, path: str) -> bool:
        """Whether the file at a path is in this share, whatever other files there are."""
        if self.of == 1:
            return True
        digest = blake2b(path.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1


WHOLE: Final = Share(1, 1)


def parse_share(text: str) -> Share | None:
    """The share that `2/3` names; None where a text names none."""
    number, slash, of = text.partition("/")
    if not slash or not all(part.isascii() and part.isdigit() and len(part) <= _DIGITS for part in (number, of)):
        return None
    share = Share(int(number), int(of))
    return share if 1 <= share.number <= share.of <= MAX_SHARES else None
