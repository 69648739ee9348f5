"""Content files of every kind as an author would write them, with values from the pools."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from tests.generated import pools
from tests.generated.pools import at_team, day, number, one_in, ref, text, words

Node = str | list["Node"] | dict[str, "Node"]
Make = Callable[[Random], Node]
"""Makes a field's value; a text is YAML as it will stand in the file."""
Fields = Mapping[str, Make]

KINDS: Final = (
    "index",
    "cycle",
    "page",
    "team",
    "okrs",
    "okrs",
    "okrs",
    "checkin",
    "checkin",
    "retro",
    "question",
    "settings",
)


def content_file(rng: Random, kind: str) -> str:
    """A file of a kind."""
    if kind == "settings":
        return settings(rng)
    fields = _record(FILES[kind])(rng)
    if one_in(rng, 40):
        return pools.prose(rng)
    head, foot = rng.choices(("---\n", "", "\n---\n", "--- \n", "----\n"), (60, 1, 1, 1, 1))[0], "---\n"
    if one_in(rng, 60):
        foot = rng.choice(("", "...\n", "---", "----\n"))
    return head + _block(rng, fields, rng.choice((2, 2, 2, 4, 1)), 0) + foot + pools.prose(rng)


def place(rng: Random, kind: str) -> str:
    """Where a file of a kind may lie in a project."""
    if kind == "settings":
        return "okrsite.toml"
    language = rng.choice((".zh", ".en", ".tlh", ".zh-Hant")) if one_in(rng, 10) else ""
    name, cycle = pools.most(rng, ("why", "how", "glossary", "x-1"), SOUND_NAMES, 8), rng.choice(pools.CYCLES)
    if one_in(rng, 30):
        cycle = rng.choice((*SOUND_NAMES, "2026-Q5", "9999-Q4", "0001", "FY00", "FY9999-H2"))
    if kind in ("checkin", "retro") and one_in(rng, 2):
        file = "retro.md" if kind == "retro" else f"checkins/{day(rng)}.md"
        return f"content/teams/{pools.KNOWN}/2026-Q4/{file}"
    of_team = f"content/teams/{pools.most(rng, pools.TEAMS, SOUND_NAMES, 12)}"
    return {
        "index": f"content/index{language}.md",
        "cycle": f"content/cycles/{cycle}{language}.md",
        "page": f"content/pages/{name}{language}.md",
        "team": f"{of_team}/team{language}.md",
        "okrs": f"{of_team}/{cycle}/okrs{language}.md",
        "checkin": f"{of_team}/{cycle}/checkins/{day(rng)}{language}.md",
        "retro": f"{of_team}/{cycle}/retro{language}.md",
        "question": f"{of_team}/{cycle}/questions/{name}{language}.md",
    }[kind]


SOUND_NAMES: Final = tuple(
    name for name in pools.ODD_IDS if "/" not in name and len(name.encode()) < 200 and name not in ("..", "_")
)
"""Odd names that a file system takes and that are read."""


def settings(rng: Random) -> str:
    """Text of the settings file."""
    values: tuple[str, ...] = (
        '"x"',
        '"en"',
        '"zh"',
        '["en", "zh"]',
        '["zh"]',
        "[]",
        "1",
        "0",
        "-1",
        "13",
        "9" * 30,
        "true",
        "1.5",
        "nan",
    )
    values += (
        '"../x"',
        '"/etc"',
        '""',
        '"https://e.example/"',
        '"javascript:x"',
        "2026-10-01",
        "{a = 1}",
        '"\\u202e"',
        "'''x\n'''",
    )
    values += tuple(f'"{name}"' for name in pools.TEAMS)
    lines = []
    for _ in range(rng.randrange(8)):
        key = rng.choice(SETTINGS)
        value = rng.choice(values)
        lines.append(
            rng.choice(("{} = {}", "{} = {}", "{} = {}", '"{}"={}', "{}.x = {}", "{} {}", "{} = {}#")).format(
                key, value
            )
        )
    for name in rng.sample(("limits", "brand", "checks", "odd"), rng.randrange(3)):
        inner = rng.choice(
            (
                "objectives = 3",
                'name = "Acme"',
                'no-baseline = "off"',
                'late-checkin = "error"',
                'profile = "first-year"',
                "key_results = -1",
            )
        )
        lines += [f"[{name}]" if rng.randrange(20) else f"[[{name}]]", inner]
    if one_in(rng, 20):
        bottomless = ("x = " + "9" * 5000, "x = " + "[" * 2000, "x = " + "{a = " * 2000)
        lines.append(rng.choice((*pools.YAML_SIGNS, *pools.HIDDEN, *bottomless)))
    return "\n".join(lines) + "\n"


SETTINGS: Final = (
    *(
        "title",
        "language",
        "languages",
        "company",
        "base_url",
        "repo_url",
        "branch",
        "forge",
        "ask",
        "fiscal_year_start",
    ),
    *("opening_days", "closing_days", "theme", "content", "output", "limits", "brand", "checks", "profile", "tilte"),
)


def _record(known: Fields, *, always: tuple[str, ...] = (), share: float = 0.35) -> Callable[[Random], dict[str, Node]]:
    """A mapping with some of the known fields, now and then a wrong one."""

    def make(rng: Random) -> dict[str, Node]:
        names = [name for name in known if name in always or rng.random() < share]
        if one_in(rng, 6):
            rng.shuffle(names)
        made: dict[str, Node] = {name: known[name](rng) for name in names}
        if names and one_in(rng, 10):
            made[rng.choice(names)] = _anything(rng, 3)
        if one_in(rng, 12):
            made[rng.choice((*pools.ODD_IDS, *pools.YAML_SIGNS, "titel", "extra", "kr"))] = _anything(rng, 3)
        return made

    return make


def _anything(rng: Random, depth: int) -> Node:
    """A value of any shape."""
    kind = rng.randrange(4) if depth else 0
    if kind == 1:
        return [_anything(rng, depth - 1) for _ in range(rng.randrange(4))]
    if kind == 2:
        return {words(rng) if one_in(rng, 3) else f"k{n}": _anything(rng, depth - 1) for n in range(rng.randrange(4))}
    return rng.choice((text, number, day, ref, at_team, lambda r: r.choice(pools.YAML_SIGNS)))(rng)


def _list(item: Make) -> Make:
    return lambda rng: [item(rng) for _ in range(rng.randrange(1, 4))] if rng.randrange(6) else item(rng)


def _named(name: Make, item: Make, upto: int = 4) -> Make:
    return lambda rng: {str(name(rng)): item(rng) for _ in range(rng.randrange(1, upto))}


def _one_of(*choices: str) -> Make:
    return lambda rng: pools.most(rng, choices, ("", "Nothing", "yes", "[x]", "0", "x y"), 12)


def _either(*makes: Make) -> Make:
    return lambda rng: rng.choice(makes)(rng)


def _own_ref(rng: Random) -> str:
    """A reference as a team makes it to what is its own."""
    form = rng.choice(("{o}", "{o}#{k}", "{o}#{k}", "{o}#{k}", "guardrails#refunds", "guardrails#{k}"))
    return form.format(o=pools.objective(rng), k=pools.key_result(rng))


def _word(rng: Random) -> str:
    return pools.most(rng, ("risk-1", "bet", "lesson", "own-map", "w2"), pools.ODD_IDS)


_EXTRA: Final[Make] = lambda rng: {"anything": _anything(rng, 4)}  # noqa: E731
_DEPENDS: Final = _list(_record({"from": _either(ref, at_team), "need": text}, share=0.9))
COMMITMENT: Final[Fields] = {
    "title": text,
    "status": _one_of("active", "draft", "paused", "dropped"),
    "because": text,
    "note": text,
    "replaced_by": text,
    "contacts": _list(at_team),
    "supports": _list(ref),
    "depends_on": _DEPENDS,
    "initiatives": _list(text),
    "since": day,
    "ignore": _named(lambda rng: rng.choice(pools.CODES), text),
    "extra": _EXTRA,
}
_NUMBER: Final = _either(pools.amount, pools.amount, pools.amount, number)
_METRIC: Final[Fields] = {"baseline": _NUMBER, "target": _NUMBER}
_MEASURES: Final[tuple[Fields, ...]] = (
    *(_METRIC, _METRIC),
    {"baseline": _NUMBER, "change": _either(number, _one_of("-20%", "+5%", "30 %"))},
    {"keep_above": _NUMBER},
    {"keep_below": _NUMBER},
    {"keep_between": lambda rng: [_NUMBER(rng), _NUMBER(rng)]},
    {"milestones": _either(_list(text), _named(_word, _record({"title": text, "weight": number, "due": day})))},
    {"deliver_by": day},
    {"find_baseline": _one_of("true", "false", "yes")},
    {"target": text},
)


def _key_result(rng: Random) -> Node:
    made = _record({**COMMITMENT, "weight": number, "due": day, "source": text, "cadence": CADENCE}, share=0.12)(rng)
    measure = rng.choice(_MEASURES) if rng.randrange(15) else {**rng.choice(_MEASURES), **rng.choice(_MEASURES)}
    return {"title": text(rng), **{name: make(rng) for name, make in measure.items()}, **made}


CADENCE: Final = _one_of("weekly", "fortnightly", "monthly")
_KEY_RESULTS: Final = _named(pools.key_result, _key_result, 6)
OBJECTIVE: Final[Fields] = {
    **COMMITMENT,
    "why": text,
    "type": _one_of("aspirational", "committed", "learning"),
    "proposed_by": _one_of("team", "leadership", "together"),
    "provides": _list(_record({"to": ref, "by": day}, share=0.9)),
    "shared_with": _list(at_team),
    "serves": _list(text),
    "assumes": _named(_word, text),
    "carried_from": ref,
    "moved_from": ref,
    "moved_to": ref,
    "learned_from": _list(lambda rng: f"{pools.team(rng)}/{rng.choice(pools.CYCLES)}/{_word(rng)}"),
    "reaffirmed": day,
    "amendments": _list(_record({"date": day, "what": text, "because": text}, share=0.9)),
    "key_results": _KEY_RESULTS,
}
_VALUE: Final = _either(_NUMBER, _NUMBER, _one_of("yes", "no", "true", "40%", "96%", "[pilot]", "[pilot, launch]"))
_CONFIDENCE: Final = _either(number, _one_of("0", "3", "7", "10"))
_READING: Final = _either(
    _VALUE, _record({"value": _VALUE, "confidence": _CONFIDENCE, "note": text, "source": text}, share=0.7)
)
_RISK: Final = _record(
    {
        "about": ref,
        "what": text,
        "needs": at_team,
        "kind": _one_of("resource", "dependency", "clarity", "priority", "external"),
        "state": _one_of("open", "helped", "resolved", "happened"),
        "helped_by": at_team,
    },
    share=0.6,
)
_SCORE: Final = _either(
    number,
    _one_of("0.7", "0", "1", "1.01", "-0.1"),
    _record(
        {
            "score": _one_of("0.7", "0.35", "2"),
            "because": text,
            "next": _one_of("keep", "change", "drop", "done"),
            "views": _list(_record({"from": at_team, "view": text}, share=0.9)),
        }
    ),
)
FILES: Final[Mapping[str, Fields]] = {
    "index": {"mission": text, "title": text, "extra": _EXTRA},
    "cycle": {"title": text, "theme": text, "start": day, "end": day, "extra": _EXTRA},
    "page": {"title": text, "extra": _EXTRA},
    "team": {
        "name": text,
        "parent": _either(pools.team, _named(lambda rng: rng.choice(pools.CYCLES), pools.team)),
        "mission": text,
        "contact": at_team,
        "aliases": _list(_word),
        "since": lambda rng: rng.choice(pools.CYCLES),
        "until": lambda rng: rng.choice(pools.CYCLES),
        "cadence": CADENCE,
        "figures": _one_of("words"),
        "ignore": COMMITMENT["ignore"],
        "extra": _EXTRA,
    },
    "okrs": {
        "objectives": _named(pools.objective, _record(OBJECTIVE, always=("title", "key_results"), share=0.2)),
        "guardrails": _named(pools.key_result, _key_result, 3),
        "not_doing": _list(text),
        "ignore": COMMITMENT["ignore"],
        "extra": _EXTRA,
    },
    "checkin": {
        "progress": _named(_either(ref, _own_ref, _own_ref), _READING, 9),
        "risks": _named(_word, _RISK),
        "assumptions": _named(_word, _record({"state": _one_of("holds", "shaky", "broken"), "note": text}, share=0.9)),
        "review": _one_of("mid-cycle"),
        "extra": _EXTRA,
    },
    "retro": {
        "scores": _named(_either(ref, _own_ref), _SCORE, 6),
        "lessons": _named(_word, text),
        "ignore": COMMITMENT["ignore"],
        "extra": _EXTRA,
    },
    "question": {"about": ref, "asked_on": day, "asked_by": at_team, "answered_on": day, "extra": _EXTRA},
}


def _block(rng: Random, node: Node, step: int, depth: int) -> str:
    """YAML's indented style; now and then a collection in brackets."""
    pad = " " * (step * depth)
    if isinstance(node, str):
        first, _, rest = node.partition("\n")
        return f" {first}\n" + "".join(f"{pad}{line}\n" for line in rest.split("\n") if rest)
    if depth and one_in(rng, 10):
        return f" {_flow(node)}\n"
    if isinstance(node, list):
        lines = [f"{pad}-{_item(rng, item, step, depth)}" for item in node]
    else:
        lines = [f"{pad}{key}:{_block(rng, value, step, depth + 1)}" for key, value in node.items()]
    return ("\n" if depth else "") + "".join(lines)


def _item(rng: Random, item: Node, step: int, depth: int) -> str:
    """What stands behind a dash: a mapping's first field in the same line."""
    if not isinstance(item, dict) or not item:
        return _block(rng, item, step, depth + 1)
    pad = " " * (step * depth)
    fields = (f"{key}:{_block(rng, value, step, depth + 2)}" for key, value in item.items())
    return " " + f"{pad}  ".join(fields)


def _flow(node: Node) -> str:
    if isinstance(node, str):
        return node.replace("\n", " ")
    if isinstance(node, list):
        return f"[{', '.join(map(_flow, node))}]"
    return f"{{{', '.join(f'{key}: {_flow(value)}' for key, value in node.items())}}}"
