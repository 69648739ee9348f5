"""A small company that writes every script vector where no free text is taken: numbers, dates, ids, file names."""

from collections.abc import Mapping

from tests.hostile.vectors import groups, in_line, matter

_LISTS = ("supports", "shared_with", "carried_from", "learned_from")
_SINGLE = ("type", "status", "proposed_by", "moved_from", "moved_to", "since", "reaffirmed")
_SPREAD = 6
_KEY_RESULT = ("weight", "due", "cadence", "since", "status", "supports", "depends_on")
_MEASURES = ("keep_above", "keep_below", "keep_between", "deliver_by", "find_baseline", "change", "baseline")


def refused_company() -> dict[str, str]:
    """Content files by place: for each group of vectors a team that writes them where they are not understood."""
    files = {f"cycles/cycle-{n}.md": matter({"start": "2026-10-01", "end": f"2026-12-{31 - n}"}) for n in range(4)}
    for number, vectors in enumerate(groups()):
        team = f"teams/refused-{number}"
        files[f"{team}/team.md"] = matter({"name": f"Refused {number}", **_team(vectors)})
        files[f"{team}/team.zh.md"] = matter({vector: vector for vector in vectors}, in_line(vectors))
        files[f"{team}/cycle-0/okrs.md"] = matter(_objectives(vectors))
        files[f"{team}/cycle-1/okrs.md"] = matter(_key_results(vectors))
        files[f"{team}/cycle-1/checkins/2026-11-06.md"] = matter(_observation(vectors))
        files[f"{team}/cycle-1/retro.md"] = matter(_reflection(vectors))
        files[f"{team}/cycle-2/okrs.md"] = matter(_ids(vectors))
        files[f"{team}/cycle-3/okrs.md"] = matter({**_named(vectors), "objectives": in_line(vectors)})
        for n, vector in enumerate(vectors):
            files[f"cycles/when-{number}-{n}.md"] = matter({"start": vector, "end": vector, vector: "unknown"})
            asked = {**dict.fromkeys(("about", "asked_by", "asked_on", "answered_on"), vector), vector: "unknown"}
            files[f"{team}/cycle-1/questions/why-{n}.md"] = matter(asked, vector)
        files |= _misnamed(team, vectors)
    return files


def _team(vectors: tuple[str, ...]) -> Mapping[str, object]:
    fields = dict(zip(("since", "until", "cadence", "figures"), vectors, strict=False))
    return {
        "ignore": dict.fromkeys(vectors, "Ignored"),
        **fields,
        "aliases": list(vectors),
        "parent": dict(zip(vectors, vectors[::-1], strict=True)),
        **_named(vectors),
    }


def _named(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """Fields that nobody knows."""
    return dict.fromkeys(vectors, "unknown")


def _objectives(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """One objective with all vectors in each list of what is no text, and some with one in each single such field."""
    lists: dict[str, object] = {key: list(vectors) for key in _LISTS}
    lists["depends_on"] = [*vectors, *({"from": vector, vector: "unknown"} for vector in vectors)]
    lists["provides"] = [
        *vectors,
        *({"to": "aim-0", "by": vector} for vector in vectors),
        *({"to": vector} for vector in vectors),
    ]
    lists["amendments"] = [{"date": vector, "what": "The target"} for vector in vectors]
    objectives: dict[str, object] = {"lists": {"title": "Lists", **lists}}
    for n in range(_SPREAD):
        # Each has a page of its own; so the vectors are spread over the fields, and the fields over the vectors.
        turned = vectors[n:] + vectors[:n]
        objectives[f"aim-{n}"] = {"title": f"Aim {n}", **dict(zip(_SINGLE, turned[::3] + turned[1::3], strict=False))}
    return {"objectives": objectives, **_named(vectors)}


def _key_results(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """Key results for each vector: in the numbers and as their unit, in each measure, and in the other fields."""
    found: dict[str, object] = {}
    for n, vector in enumerate(vectors):
        found[f"unit-{n}"] = {"title": "Unit", "baseline": f"10 {vector}", "target": f"20 {vector}"}
        found[f"before-{n}"] = {"title": "Before", "baseline": f"{vector} 10", "target": f"{vector} 20"}
        found[f"fields-{n}"] = {"title": "Fields", **dict.fromkeys(_KEY_RESULT, vector)}
        for name in _MEASURES:
            found[f"{name}-{n}"] = {"title": name, name: [vector, vector] if name == "keep_between" else vector}
        found[f"steps-{n}"] = {"title": "Steps", "milestones": {"step": {"title": "Step", "weight": vector}}}
    limits = {f"limit-{n}": {"title": "Limit", "keep_above": f"1 {vector}"} for n, vector in enumerate(vectors)}
    return {"objectives": {"aim": {"title": "Aim", "key_results": found}}, "guardrails": limits}


def _observation(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """A check-in with vectors as values, units, choices, references and ids."""
    choices = ("about", "needs", "kind", "state", "helped_by")
    return {
        "progress": {
            **{f"aim#unit-{n}": f"15 {vector}" for n, vector in enumerate(vectors)},
            **{f"aim#fields-{n}": dict.fromkeys(("value", "confidence"), vector) for n, vector in enumerate(vectors)},
            **{f"aim#steps-{n}": [vector] for n, vector in enumerate(vectors)},
            **dict.fromkeys(vectors, "1"),
            **{f"aim#{vector}": "1" for vector in vectors},
        },
        "risks": {
            **{f"risk-{n}": {"what": "Risk", **dict.fromkeys(choices, vector)} for n, vector in enumerate(vectors)},
            **{vector: {"what": "Risk"} for vector in vectors},
        },
        "assumptions": {
            **{f"bet-{n}": vector for n, vector in enumerate(vectors)},
            **{vector: {"state": vector} for vector in vectors},
        },
        **_named(vectors),
    }


def _reflection(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """A retrospective with vectors as scores, decisions, references and ids."""
    return {
        "scores": {
            **{
                f"aim#unit-{n}": {"score": vector, "next": vector, "views": [{"from": vector, "view": "Well done"}]}
                for n, vector in enumerate(vectors)
            },
            **dict.fromkeys(vectors, "0.5"),
        },
        "ignore": dict.fromkeys(vectors, "Ignored"),
        "lessons": {**dict.fromkeys(vectors, "Learned"), "odd": {vector: vector for vector in vectors}},
        **_named(vectors),
    }


def _ids(vectors: tuple[str, ...]) -> Mapping[str, object]:
    """Everything that has an id, named by vectors."""
    key_result = {"title": "Key result"}
    aim = {
        "title": {vector: vector for vector in vectors},
        "key_results": {
            "steps": {"title": "Steps", "milestones": dict.fromkeys(vectors, "Step")},
            **dict.fromkeys(vectors, key_result),
        },
        "assumes": dict.fromkeys(vectors, "Assumed"),
        "ignore": dict.fromkeys(vectors, "Ignored"),
    }
    return {
        "objectives": {"aim": aim, **{vector: {"title": "Aim"} for vector in vectors}},
        "guardrails": {vector: {"title": "Limit", "keep_above": "1%"} for vector in vectors},
        "ignore": dict.fromkeys(vectors, "Ignored"),
    }


def _misnamed(team: str, vectors: tuple[str, ...]) -> dict[str, str]:
    """Files and folders named by vectors, as far as a file system takes them."""
    names = [vector for vector in vectors if "/" not in vector and len(vector.encode()) < 200]
    places = ("teams/{}/team.md", "pages/{}.md", "cycles/{}.md", "{}.md", "{}/index.md", "pages/page.{}.md")
    own = ("{}/okrs.md", "cycle-1/{}.md", "cycle-1/checkins/{}.md", "cycle-1/questions/{}.md")
    made = [place.format(name) for name in names for place in (*places, *(f"{team}/{place}" for place in own))]
    return dict.fromkeys(made, matter({"title": "Misnamed"}))
