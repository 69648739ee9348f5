"""A small company in which every text field that an author can write holds every script vector."""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.hostile.vectors import VECTORS, blocks, dressed, groups, in_line, matter, sections

CYCLES: Final = 4
LANGUAGES: Final = 'languages = ["en", "zh"]\n'
"""The settings under which the translations of the company have pages."""


def vectored_company() -> dict[str, str]:
    """Content files by place: for each group of vectors a team with everything a team can write; cycles and pages."""
    files = {
        "index.md": matter({"mission": in_line(VECTORS), "extra": extra(VECTORS)}, blocks(VECTORS)),
        "index.zh.md": blocks(VECTORS),
    }
    for number in range(CYCLES):
        vectors = VECTORS[number::CYCLES]
        period = {"start": "2026-10-01", "end": f"2026-12-{31 - number}"}
        words = {"title": in_line(vectors), "theme": in_line(vectors), "extra": extra(vectors)}
        files[f"cycles/cycle-{number}.md"] = matter({**period, **words}, blocks(vectors))
    for number, vectors in enumerate(groups()):
        team, cycle = f"teams/team-{number}", f"teams/team-{number}/cycle-{number % CYCLES}"
        names = dict.fromkeys(("name", "mission", "contact"), in_line(vectors))
        aliases = {"aliases": ["old"]} if number == 0 else {}
        story = f"{blocks(vectors)}\n## {vectors[0]} {{#aim}}\n\n{blocks(vectors)}"
        asked = {"about": "aim", "asked_on": "2026-10-12", "answered_on": "2026-10-13", "extra": extra(vectors)}
        page = {"title": {"en": in_line(vectors[::2]), "zh": in_line(vectors[1::2])}, "extra": extra(vectors)}
        files |= {
            f"pages/page-{number}.md": matter(page, dressed(vectors)),
            f"{team}/team.md": matter(
                {**names, **aliases, "ignore": answers(vectors), "extra": extra(vectors)}, blocks(vectors)
            ),
            f"{team}/team.zh.md": dressed(vectors),
            f"{cycle}/okrs.md": matter(promise(vectors, number), story),
            f"{cycle}/okrs.zh.md": blocks(vectors),
            f"{cycle}/checkins/2026-11-06.md": matter(observation(vectors), blocks(vectors)),
            f"{cycle}/checkins/2026-11-06.zh.md": blocks(vectors),
            f"{cycle}/retro.md": matter(reflection(vectors), sections(vectors)),
            f"{cycle}/questions/why.md": matter(asked, f"{blocks(vectors)}\n## Answer\n\n{blocks(vectors)}"),
        }
    return files


def extra(vectors: Sequence[str]) -> Mapping[str, object]:
    """A company's own fields: vectors as values and as names."""
    return {"vectors": list(vectors), **dict.fromkeys(vectors, "named")}


def answers(vectors: Sequence[str]) -> Mapping[str, str]:
    """Answers to advice, with a vector each for its reason."""
    return {f"code-{n}": vector for n, vector in enumerate(vectors)}


def promise(vectors: Sequence[str], number: int) -> Mapping[str, object]:
    """The okrs.md of a team: one objective with a key result for each vector, which leans on the team's before."""
    everywhere = {
        "because": blocks(vectors),
        "note": blocks(vectors),
        "replaced_by": blocks(vectors),
        "initiatives": list(vectors),
        "contacts": list(vectors),
        "ignore": answers(vectors),
        "extra": {"vectors": list(vectors)},
    }
    steps = [f"{n}: {vector}" for n, vector in enumerate(vectors)]
    aim = {
        "title": {"en": in_line(vectors), "zh": in_line(vectors[::-1])},
        "why": {"en": blocks(vectors), "zh": blocks(vectors)},
        "status": "paused",
        "serves": list(vectors),
        "supports": f"team-{number - 1}/cycle-{(number - 1) % CYCLES}/aim" if number else [],
        "depends_on": [{"from": "@team-0", "need": blocks(vectors)}],
        "assumes": {f"bet-{n}": vector for n, vector in enumerate(vectors)},
        "amendments": [{"date": "2026-11-09", "what": vector, "because": vector} for vector in vectors],
        "key_results": {
            **{f"kr-{n}": key_result(vector) for n, vector in enumerate(vectors)},
            "steps": {"title": in_line(vectors), "milestones": steps},
            "named": {
                "title": in_line(vectors),
                "milestones": {f"step-{n}": {"title": step} for n, step in enumerate(steps)},
            },
        },
        **everywhere,
    }
    return {
        "objectives": {"aim": aim},
        "guardrails": {f"limit-{n}": {"title": vector, "keep_above": "1%"} for n, vector in enumerate(vectors)},
        "not_doing": list(vectors),
        "ignore": answers(vectors),
        "extra": {"vectors": list(vectors)},
    }


def key_result(vector: str) -> Mapping[str, object]:
    """A key result with one vector in each of its fields."""
    names = ("title", "note", "because", "replaced_by", "source", "target")
    lists = {"initiatives": [vector], "contacts": [vector], "depends_on": [{"from": "@team-0", "need": vector}]}
    return {**dict.fromkeys(names, vector), **lists, "ignore": {"code": vector}, "extra": {"vector": vector}}


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
        "extra": extra(vectors),
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
        "ignore": answers(vectors),
        "extra": extra(vectors),
    }
