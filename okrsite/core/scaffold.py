"""A company's new repository as values: which files it has, with which text. Names are quoted as each file needs it."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from okrsite.core.refs import is_id
from okrsite.core.yaml_quote import needs_quotes, quoted

CONTENT: Final = "content/"
EXAMPLE: Final = "content/teams/"
"""Below it lies the example that a team replaces; it is not for a company that has OKRs already."""

MAX_TITLE: Final = 200
"""Characters of a site's title."""
_SLOT = re.compile(r"<<([a-z-]+)>>")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#&~|!])")
_CI_STEPS: Final = {
    "": "5. Let a job run `okrsite check` and `okrsite build`; `okrsite init . --ci github` (or `gitlab`) writes one.",
    "github": "5. In the repository's settings, under Pages, choose GitHub Actions as the source.",
    "gitlab": "5. Under Build > Pipeline schedules, let the default branch run each night.",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever begins a repository has chosen."""

    title: str
    team: str
    ci: str
    today: date


def title_trouble(title: str) -> str:
    """Why a text cannot be a site's title, or ''."""
    if not title.strip():
        return "it is empty"
    if len(title) > MAX_TITLE:
        return f"it is longer than {MAX_TITLE} characters"
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in title):
        return "it holds a line break or a character that cannot be written"
    return ""


def team_trouble(team: str) -> str:
    """Why a text cannot be the name of a team's folder, or ''."""
    if not is_id(team):
        return "names are letters and digits of any script, `-` and `_`"
    return "folders whose names begin with `_` are not read" if team.startswith("_") else ""


def plan_scaffold(sources: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """The text of each file of a new repository by its path, in order, the settings last.

    `sources` are shipped texts by path: a folder `project`, and one for each kind of CI. A name that begins with `dot-`
    stands for a hidden one.
    """
    values = _values(choices)
    names = {"TEAM": choices.team, "CYCLE": quarter(choices.today)}
    files = {}
    for source, text in sources.items():
        folder, _, path = source.partition("/")
        if folder in ("project", choices.ci):
            parts = (names.get(part) or re.sub("^dot-", ".", part) for part in path.split("/"))
            files["/".join(parts)] = _SLOT.sub(lambda slot: values[slot[1]], text)
    return dict(sorted(files.items(), key=lambda item: (item[0] == "okrsite.toml", item[0])))


def quarter(day: date) -> str:
    """The calendar quarter in which a day lies."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _values(choices: Choices) -> dict[str, str]:
    """What stands in each slot, quoted as the file needs it."""
    name = choices.team.replace("-", " ").replace("_", " ")
    name = name[:1].upper() + name[1:]
    return {
        "title-toml": json.dumps(choices.title, ensure_ascii=False),
        "title-markdown": _MARKDOWN.sub(r"\\\1", choices.title.strip()),
        "team": choices.team,
        "today": choices.today.isoformat(),
        "team-name-yaml": quoted(name) if needs_quotes(name) else name,
        "ci-steps": _CI_STEPS[choices.ci],
    }
