"""The addresses of links: which lead elsewhere, and which of those may be followed."""

import re
from typing import Final

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

_HOST = re.compile(r"(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_own_address(address: str) -> bool:
    """Whether a link's address is complete (`https:`, `mailto:` …), as opposed to the path of a content file."""
    return bool(_SCHEME.match(address))


def is_allowed(address: str) -> bool:
    """Whether an author's link may be followed: no scripts, no foreign schemes, no hidden user or host names."""
    if address.startswith(("//", "\\", "/\\")):
        return False
    if not is_own_address(address):
        return True
    scheme, _, rest = address.partition(":")
    if scheme.lower() not in SCHEMES:
        return False
    if not scheme.lower().startswith("http"):
        return bool(rest)
    # Browsers forgive missing and turned slashes, behind which a user name may hide; so these must be as they should.
    found = re.fullmatch(r"//([^/\\?#]+)(?:[/?#].*)?", rest)
    if not found or not _HOST.fullmatch(found[1]):
        return False
    port = found[1].rpartition(":")[2]
    return not port.isdigit() or int(port) < 65_536
