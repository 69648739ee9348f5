"""A company of any number of teams, the same for the same number, in an older and a newer state."""

from collections.abc import Mapping
from typing import Final

CYCLE: Final = "2026-Q4"


def company(teams: int, *, newer: bool) -> Mapping[str, str]:
    """Files by path of a project; the newer state says more, has lost a team and has gained a picture-less page."""
    files = {"okrsite.toml": 'title = "Many"\n', "content/index.md": "---\nmission: Many hands\n---\nA letter.\n"}
    for number in range(teams):
        if newer and number == 1:
            continue
        base = f"content/teams/team-{number:04}"
        above = f"team-{number // 2:04}/aim" if number > 3 else ""
        files[f"{base}/team.md"] = f"---\nname: Team {number}\n---\nWe are number {number}.\n"
        files[f"{base}/{CYCLE}/okrs.md"] = _promise(number, above)
        files[f"{base}/{CYCLE}/checkins/2026-10-16.md"] = _observation(number, 150)
        files[f"{base}/{CYCLE}/checkins/2026-11-06.md"] = _observation(number, 120 if newer else 140)
    if newer:
        files["content/pages/new.md"] = "---\ntitle: New\n---\nA page more.\n"
    return files


def _promise(number: int, above: str) -> str:
    supports = f"    supports: [{above}]\n" if above else ""
    return f"""---
objectives:
  aim:
    title: Whatever team {number} wants to be true
    why: Because it matters to {number} people.
{supports}    key_results:
      time: {{title: Time it takes, baseline: 200 ms, target: 100 ms}}
      done: {{title: The thing is signed, deliver_by: 2026-12-01}}
---
How we mean it.
"""


def _observation(number: int, value: int) -> str:
    return (
        f"---\nprogress:\n  aim#time: {{value: {value} ms, confidence: {number % 11}}}\n---\nA week of team {number}.\n"
    )
