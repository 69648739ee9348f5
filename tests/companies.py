"""Companies made of a few files, as text or on disk."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile

ROOT: Final = Path(__file__).parent.parent
TODAY: Final = "2026-11-22"

TEAM: Final = "---\nname: Acme\ncadence: fortnightly\n---\n"
OKRS: Final = """\
---
objectives:
  instant:
    title: Paying feels instant everywhere
    key_results:
      p95:
        title: Checkout time
        baseline: 200 ms
        target: 100 ms
    why: One cart in fourteen is left at the till.
    ignore: {single-key-result: Nothing else is counted at our tills yet.}
---
"""
CHECKIN: Final = "---\nprogress:\n  instant#p95: {value: 150 ms, confidence: 7}\n---\nA good week.\n"

FINE: Final[Mapping[str, str]] = {
    "content/teams/acme/team.md": TEAM,
    "content/teams/acme/2026-Q4/okrs.md": OKRS,
    "content/teams/acme/2026-Q4/checkins/2026-11-06.md": CHECKIN,
}
"""A project without a problem: one team, one objective, one check-in."""

WRONG: Final[Mapping[str, str]] = {
    **FINE,
    "content/teams/acme/2026-Q4/okrs.md": OKRS.replace("    key_results:", "    supports: nowhere\n    key_results:"),
}
"""The same project with one error, in line 5 of its okrs.md."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def everywhere(text: str) -> dict[str, str]:
    """A company in which one text stands in every field that takes prose."""
    t = _quoted(text)
    return {
        "index.md": f"---\nmission: {t}\n---\n{text}\n\n## {text}\n\n- {text}\n\n> {text}\n\n```{text}\n{text}\n```\n",
        "cycles/2026-Q4.md": f"---\ntitle: {t}\ntheme: {t}\n---\n{text}\n\n| {text} |\n| --- |\n| {text} |\n",
        "pages/free.md": f"---\ntitle: {t}\nextra: {{note: {t}}}\n---\n# {text}\n\nnote[^1]\n\n[^1]: {text}\n",
        "teams/acme/team.md": f"---\nname: {t}\nmission: {t}\ncontact: {t}\nextra: {{note: {t}}}\n---\n{text}\n",
        "teams/zest/team.md": f"---\nname: {t}\nparent: acme\n---\n",
        "teams/acme/2026-Q4/okrs.md": f"""---
objectives:
  a:
    title: {t}
    why: {t}
    status: paused
    because: {t}
    note: {t}
    replaced_by: {t}
    serves: [{t}]
    contacts: [{t}]
    initiatives: [{t}]
    assumes: {{bet: {t}}}
    shared_with: ["@zest"]
    amendments: [{{date: 2026-10-20, what: {t}, because: {t}}}]
    ignore: {{digits-in-objective: {t}}}
    depends_on: [{{from: "@zest", need: {t}}}]
    key_results:
      metric: {{title: {t}, baseline: 10 ms, target: 5 ms, source: {t}, note: {t}, contacts: [{t}]}}
      steps: {{title: {t}, milestones: {{one: {{title: {t}}}, two: {{title: {t}}}}}}}
      words: {{title: {t}, target: {t}, initiatives: [{t}]}}
      found: {{title: {t}, find_baseline: true, status: dropped, because: {t}, replaced_by: {t}}}
guardrails:
  rail: {{title: {t}, keep_above: 95%, note: {t}}}
not_doing: [{t}]
---
{text}

## {text} {{#a}}

{text}
""",
        "teams/acme/2026-Q4/checkins/2026-10-09.md": f"""---
progress:
  a: {{confidence: 5, note: {t}}}
  a#metric: {{value: 7 ms, note: {t}, source: {t}}}
  a#steps: [one]
  guardrails#rail: 96%
risks:
  late: {{about: a#metric, what: {t}, needs: "@zest"}}
assumptions:
  bet: {{state: shaky, note: {t}}}
review: {t}
---
{text}

## {text}
""",
        "teams/acme/2026-Q4/questions/q.md": f"---\nabout: a\nasked_on: 2026-10-12\n---\n{text}\n## Answer\n{text}\n",
        "teams/acme/2026-Q4/retro.md": f"""---
scores:
  a: {{score: 0.5, because: {t}, views: [{{from: "@zest", view: {t}}}]}}
lessons:
  learned: {t}
---
## What we learned

{text}
""",
    }


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by path below a folder; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def compile_files(files: Mapping[str, str], *, settings: str = "", today: str = TODAY) -> Compiled:
    """A company compiled from texts by path below `content/`, without a disk."""
    known, problems = parse_settings(settings)
    assert not problems
    parsed = [parse_document(SourceFile(f"content/{place}", place, text)) for place, text in files.items()]
    return compile_company(parsed, Facts(known, date.fromisoformat(today)))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by path, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
