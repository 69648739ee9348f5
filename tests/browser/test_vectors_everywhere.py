"""The vectors stand in every field, id, body and file name that the format has, or nothing is shown by them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from okrsite.core import format as known
from okrsite.core.diagnostics import Severity
from okrsite.core.model import Metric
from okrsite.core.parse import PARSERS
from okrsite.core.parse.place import find_place
from okrsite.core.source import SourceFile
from tests.companies import compile_files
from tests.hostile.refused import refused_company
from tests.hostile.vectored import LANGUAGES, vectored_company
from tests.hostile.vectors import VECTORS

_AIM: Final = "okrs/objectives/*"
_KEY_RESULT: Final = f"{_AIM}/key_results/*"
FIELDS: Final[Mapping[str, Iterable[str]]] = {
    "mission": known.MISSION,
    "cycle": known.CYCLE,
    "page": known.PAGE,
    "question": known.QUESTION,
    "team": known.TEAM,
    "okrs": known.OKRS,
    _AIM: known.OBJECTIVE,
    f"{_AIM}/depends_on": ("from", "need"),
    f"{_AIM}/provides": ("to", "by"),
    f"{_AIM}/amendments": ("date", "what", "because"),
    _KEY_RESULT: known.KEY_RESULT,
    f"{_KEY_RESULT}/milestones/*": ("title", "weight"),
    "okrs/guardrails/*": ("title", "keep_above"),
    "checkin": known.CHECKIN,
    "checkin/progress/*": known.READING,
    "checkin/risks/*": known.RISK,
    "checkin/assumptions/*": ("state", "note"),
    "retro": known.RETRO,
    "retro/scores/*": known.SCORE,
    "retro/scores/*/views": ("from", "view"),
}
"""Everything that has fields, and which."""
IDS: Final = (
    *("okrs/objectives", f"{_AIM}/key_results", f"{_AIM}/assumes", f"{_AIM}/ignore", "okrs/guardrails"),
    *(f"{_KEY_RESULT}/milestones", "checkin/progress", "checkin/risks", "checkin/assumptions", "retro/scores"),
    *("retro/lessons", "team/parent", "team/extra", "okrs/ignore", "retro/ignore", "team/ignore"),
)
"""Everything that holds something by its id."""
SINGLE: Final[Mapping[str, int]] = {
    **{f"{_AIM}/{name}": 60 for name in ("type", "status", "proposed_by", "moved_from", "moved_to", "since")},
    f"{_AIM}/reaffirmed": 60,
    **{f"team/{name}": 10 for name in ("since", "until", "cadence", "figures")},
}
"""Fields that take one value and whose owner has a page: these share the vectors, and hold at least so many."""


def _found(value: object, path: str, holds: dict[str, set[str]]) -> set[str]:
    """The vectors in a value; those below each path and in the ids of each are added to `holds`."""
    if isinstance(value, str):
        return {vector for vector in VECTORS if vector in value}
    found: set[str] = set()
    if isinstance(value, list):
        for item in value:
            found |= _found(item, path, holds)
    elif isinstance(value, dict):
        for key, item in value.items():
            name = "*" if path in IDS else key
            inside = _found(item, f"{path}/{name}", holds)
            holds[f"{path}/{name}"] |= inside
            found |= inside
            if path in IDS:
                named = _found(key, path, holds)
                holds[f"{path} (id)"] |= named
                found |= named
    return found


@cache
def _holds() -> dict[str, set[str]]:
    """The vectors below each path of both companies' front matter, in ids, in bodies, and in names of files."""
    holds: dict[str, set[str]] = defaultdict(set)
    for company in (vectored_company(), refused_company()):
        for name, text in company.items():
            place, _ = find_place(SourceFile(name, name, text))
            kind = place.kind if place else "nothing"
            holds["file name"] |= _found(name, "", holds)
            head, _, body = (
                text.removeprefix("---\n").partition("\n---\n") if text.startswith("---\n") else ("", "", text)
            )
            _found(json.loads(head or "{}"), kind, holds)
            language = " in another language" if place and place.language else ""
            holds[f"{kind}{language} (body)"] |= _found(body, "", holds)
    return holds


def test_every_field_that_an_author_can_write_holds_the_vectors() -> None:
    wanted = {f"{owner}/{name}": len(VECTORS) for owner, names in FIELDS.items() for name in names} | SINGLE
    holds = {path: len(_holds()[path]) for path in wanted}
    assert len(wanted) >= 100
    assert {path: count for path, count in holds.items() if count < wanted[path]} == {}


def test_everything_that_has_an_id_is_named_by_the_vectors() -> None:
    assert {path: len(_holds()[f"{path} (id)"]) for path in IDS} == dict.fromkeys(IDS, len(VECTORS))


def test_bodies_of_every_kind_and_their_translations_hold_the_vectors() -> None:
    bodies = {path: found for path, found in _holds().items() if path.endswith("(body)") and path != "nothing (body)"}
    kinds = {path.split()[0] for path in bodies}
    assert kinds == set(PARSERS)
    assert sum("another language" in path for path in bodies) >= 4
    assert {path: len(found) for path, found in bodies.items() if len(found) < len(VECTORS)} == {}


def test_files_are_named_by_the_vectors_that_a_file_system_takes() -> None:
    assert len(_holds()["file name"]) >= 70


def test_there_are_at_least_a_hundred_and_fifty_vectors_and_no_two_are_the_same() -> None:
    assert len(VECTORS) >= 220
    assert len(set(VECTORS)) == len(VECTORS)


def test_the_texts_are_read_as_they_were_meant() -> None:
    """Whatever could not be read, or was shown as typed, would hide the vectors in it."""
    compiled = compile_files(vectored_company(), settings=LANGUAGES)
    assert {problem.code for problem in compiled.problems if problem.severity is Severity.ERROR} == set()
    assert not {"body-too-large", "yaml-syntax"} & {problem.code for problem in compiled.problems}


def test_what_is_no_text_is_refused_where_it_stands_and_the_file_is_read_on() -> None:
    codes = Counter(problem.code for problem in compile_files(refused_company()).problems)
    assert not {"body-too-large", "file-too-large", "yaml-syntax", "yaml-size", "front-matter"} & set(codes)
    wanted = ("bad-id", "bad-ref", "bad-date", "bad-number", "bad-value", "unknown-key", "stray-file", "swallowed-text")
    assert {code: codes[code] for code in wanted if codes[code] < 12} == {}


def test_some_vectors_are_taken_for_units_and_so_stand_in_numbers() -> None:
    measures = [
        key_result.entry.measure for key_result in compile_files(refused_company()).company.key_results.values()
    ]
    units = {measure.baseline.unit for measure in measures if isinstance(measure, Metric) and measure.baseline}
    assert len(units & set(VECTORS)) >= 3
