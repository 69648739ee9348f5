"""A small company in which every text field that an author can write holds every script vector."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Final

VECTORS: Final = tuple(
    line for line in (Path(__file__).parent / "vectors.txt").read_text(encoding="utf-8").split("\n") if line
)
GROUP: Final = 20
"""Vectors of one team; its single-line fields hold them one after the other, its others each on its own."""
CYCLES: Final = 4


def vectored_company() -> dict[str, str]:
    """Content files by place: for each group of vectors a team with everything a team can write; cycles and pages."""
    files = {"index.md": matter({"mission": in_line(VECTORS), "extra": {"vectors": list(VECTORS)}}, blocks(VECTORS))}
    for number in range(CYCLES):
        vectors = VECTORS[number::CYCLES]
        period = {"start": "2026-10-01", "end": f"2026-12-{31 - number}"}
        words = {"title": in_line(vectors), "theme": in_line(vectors)}
        files[f"cycles/cycle-{number}.md"] = matter({**period, **words}, blocks(vectors))
        files[f"pages/page-{number}.md"] = matter({"title": in_line(vectors)}, blocks(vectors))
    for number, vectors in enumerate(groups()):
        team, cycle = f"teams/team-{number}", f"teams/team-{number}/cycle-{number % CYCLES}"
        names = dict.fromkeys(("name", "mission", "contact"), in_line(vectors))
        aliases = {"aliases": ["old"]} if number == 0 else {}
        story = f"{blocks(vectors)}\n## {vectors[0]} {{#aim}}\n\n{blocks(vectors)}"
        asked = {"about": "aim", "asked_on": "2026-10-12", "answered_on": "2026-10-13"}
        files |= {
            f"{team}/team.md": matter({**names, **aliases, "extra": {"vectors": list(vectors)}}, blocks(vectors)),
            f"{cycle}/okrs.md": matter(promise(vectors, number), story),
            f"{cycle}/checkins/2026-11-06.md": matter(observation(vectors), blocks(vectors)),
            f"{cycle}/retro.md": matter(reflection(vectors), sections(vectors)),
            f"{cycle}/questions/why.md": matter(asked, f"{blocks(vectors)}\n## Answer\n\n{blocks(vectors)}"),
        }
    return files


def groups() -> list[Sequence[str]]:
    """The vectors, some for each team."""
    rest = iter(VECTORS)
    return list(iter(lambda: tuple(islice(rest, GROUP)), ()))


def promise(vectors: Sequence[str], number: int) -> Mapping[str, object]:
    """The okrs.md of a team: one objective with a key result for each vector, which leans on the team's before."""
    everywhere = {
        "because": blocks(vectors),
        "note": blocks(vectors),
        "replaced_by": blocks(vectors),
        "initiatives": list(vectors),
        "contacts": list(vectors),
        "ignore": {f"code-{n}": vector for n, vector in enumerate(vectors)},
        "extra": {"vectors": list(vectors)},
    }
    aim = {
        "title": in_line(vectors),
        "why": blocks(vectors),
        "status": "paused",
        "serves": list(vectors),
        "supports": f"team-{number - 1}/cycle-{(number - 1) % CYCLES}/aim" if number else [],
        "depends_on": [{"from": "@team-0", "need": blocks(vectors)}],
        "assumes": {f"bet-{n}": vector for n, vector in enumerate(vectors)},
        "amendments": [{"date": "2026-11-09", "what": vector, "because": vector} for vector in vectors],
        "key_results": {
            **{f"kr-{n}": key_result(vector) for n, vector in enumerate(vectors)},
            "steps": {"title": in_line(vectors), "milestones": list(vectors)},
            "named": {
                "title": in_line(vectors),
                "milestones": {f"step-{n}": {"title": vector} for n, vector in enumerate(vectors)},
            },
        },
        **everywhere,
    }
    return {
        "objectives": {"aim": aim},
        "guardrails": {f"limit-{n}": {"title": vector, "keep_above": "1%"} for n, vector in enumerate(vectors)},
        "not_doing": list(vectors),
    }


def key_result(vector: str) -> Mapping[str, object]:
    """A key result with one vector in each of its fields."""
    names = ("title", "note", "because", "replaced_by", "source", "target")
    return {**dict.fromkeys(names, vector), "initiatives": [vector], "contacts": [vector]}


def observation(vectors: Sequence[str]) -> Mapping[str, object]:
    """A check-in that says something about each key result."""
    readings = {
        f"aim#kr-{n}": {"value": "40%", "confidence": 5, "note": vector, "source": vector}
        for n, vector in enumerate(vectors)
    }
    return {
        "progress": {**readings, "aim": {"confidence": 5, "note": blocks(vectors), "source": vectors[0]}},
        "risks": {f"risk-{n}": {"about": "aim", "what": vector} for n, vector in enumerate(vectors)},
        "assumptions": {f"bet-{n}": {"state": "shaky", "note": vector} for n, vector in enumerate(vectors)},
        "review": in_line(vectors),
    }


def reflection(vectors: Sequence[str]) -> Mapping[str, object]:
    """A retrospective with a score of each key result and a lesson of each vector."""
    score = {"score": "0.5", "because": blocks(vectors), "next": "keep"}
    views = [{"from": "@team-0", "view": vector} for vector in vectors]
    return {
        "scores": {
            "aim": {**score, "views": views},
            **{f"aim#kr-{n}": {**score, "because": vector} for n, vector in enumerate(vectors)},
        },
        "lessons": {f"lesson-{n}": vector for n, vector in enumerate(vectors)},
    }


def sections(vectors: Iterable[str]) -> str:
    """A body with a section under a usual heading for each vector, which stands in both."""
    return "".join(f"## What we learned {vector}\n\n{vector}\n\n" for vector in vectors)


def in_line(vectors: Iterable[str]) -> str:
    """Vectors in one line; the words between them end what one would otherwise begin in the next."""
    return " and then ".join(vectors)


def blocks(vectors: Iterable[str]) -> str:
    """Vectors in paragraphs of their own."""
    return "".join(f"{vector}\n\n" for vector in vectors)


def matter(fields: Mapping[str, object], body: str = "") -> str:
    """A content file; its front matter is JSON, which is YAML too."""
    return f"---\n{dumps(fields, ensure_ascii=False)}\n---\n{body}"
