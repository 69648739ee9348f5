"""Which okrsite this is, to the byte: what was remembered by another one is not taken for this one's."""

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final

LIBRARIES: Final = ("jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl", "pyyaml")
"""The libraries whose work is remembered."""


@cache
def edition() -> bytes:
    """A digest of okrsite's own code, of its libraries' versions and of Python's."""
    package = Path(__file__).parent.parent
    digest = blake2b(f"{sys.implementation.name} {sys.version_info}".encode(), digest_size=16)
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.digest()
