"""Footnotes of a text that is cut into sections: which of them each section needs, and the links back to it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token


MAX_FOLLOWED: Final = 100
"""Notes of a section up to which those that they refer to are added in turn, so that many sections stay bounded."""


class Note(NamedTuple):
    """A footnote: what stands before its links back, those by the number of what they lead to, and the rest."""

    before: list["Token"]
    anchors: dict[int, "Token"]
    after: list["Token"]

    def tokens(self, used: list[int]) -> Iterable["Token"]:
        """The note with the links back to some of the places that refer to it."""
        return (*self.before, *(self.anchors[place] for place in used if place in self.anchors), *self.after)


def gather_notes(tokens: list["Token"]) -> dict[int, Note]:
    """The footnotes of a text by number."""
    notes: dict[int, Note] = {}
    note = Note([], {}, [])
    for token in tokens:
        if token.type == "footnote_open":
            note = notes[token.meta["id"]] = Note([], {}, [])
        if token.type == "footnote_anchor":
            note.anchors[token.meta["subId"]] = token
        else:
            (note.after if note.anchors else note.before).append(token)
    return notes


def used_notes(tokens: Iterable["Token"], notes: Mapping[int, Note]) -> list[tuple[int, list[int]]]:
    """The notes to which tokens refer, and those to which these refer in turn, each with the places that do."""
    used: dict[int, list[int]] = {}
    waiting = list(_references(tokens))
    for number, place in waiting:
        if number not in used and number in notes and len(used) < MAX_FOLLOWED:
            waiting += _references((*notes[number].before, *notes[number].after))
        used.setdefault(number, []).append(place)
    return sorted((number, sorted(set(places))) for number, places in used.items() if number in notes)


def _references(tokens: Iterable["Token"]) -> Iterable[tuple[int, int]]:
    """The (note, place) pairs of what refers to footnotes."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield child.meta["id"], child.meta["subId"]
            elif child.children:
                yield from _references((child,))
