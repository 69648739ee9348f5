"""Parsing that is not done twice: a file whose text was parsed by this very okrsite is taken from the cache."""

from collections.abc import MutableMapping, Sequence
from typing import Final

from okrsite.core.parse import Parsed, parse_document
from okrsite.core.source import SourceFile
from okrsite.shell.cache import Cache
from okrsite.shell.progress import SILENT, Progress
from okrsite.shell.records import BrokenRecordError, from_record, to_record
from okrsite.shell.workers import spread

BATCH: Final = 2_000
"""Files parsed at a time, so that not all of their records are held at once."""


Held = MutableMapping[bytes, Parsed]
"""Parsed files that a process holds from one build to the next, by what parsing depends on."""


def parse_sources(
    sources: Sequence[SourceFile], cache: Cache, jobs: int, held: Held, progress: Progress = SILENT
) -> list[Parsed]:
    """All files parsed, in order; a problem found earlier is found again with the rest of what was remembered.

    What is held is taken before what is remembered; afterwards it is these files.
    """
    keys = [key_of(source) for source in sources]
    found = [held.get(key) or _remembered(key, cache) for key in keys]
    missing = [number for number, parsed in enumerate(found) if parsed is None]
    told = progress.begin("parse", len(missing), "files")
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        made = spread(lambda number: to_record(keys[number], parse_document(sources[number])), batch, jobs, told)
        records = {keys[number]: record for number, record in zip(batch, made, strict=True)}
        for number in batch:
            found[number] = from_record(keys[number], records[keys[number]], Parsed)
        cache.keep_parsed(records, keys)
    parsed = [one for one in found if one is not None]
    held.clear()
    held.update(zip(keys, parsed, strict=True))
    return parsed


def key_of(source: SourceFile) -> bytes:
    """What parsing depends on: where a file lies and what stands in it."""
    return source.digest


def _remembered(key: bytes, cache: Cache) -> Parsed | None:
    record = cache.parsed(key)
    try:
        return None if record is None else from_record(key, record, Parsed)
    except BrokenRecordError:
        return None
