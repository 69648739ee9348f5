"""What a new content file says, as text: written from the compiled company and what a person answered.

A draft holds what is known and leaves open what only people can say: open things are comments or empty fields, which
no page shows.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written: its place in the content folder, and its text."""

    place: str
    text: str


class CannotDraftError(Exception):
    """What was asked for cannot be written; each message says why and what to do."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
