"""Functions of the C library for which Python has no name."""

import ctypes
import errno
import os


def call(name: str, *arguments: object) -> int | None:
    """Call a function that returns a number; None when the system has no such function. Raises OSError."""
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):
        return None
    result: int = function(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        if number == errno.ENOSYS:
            return None
        raise OSError(number, os.strerror(number))
    return result
