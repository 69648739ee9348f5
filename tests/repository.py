"""Repositories made by a script, with the real git: every commit has its day, and nobody is named in them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.companies import write_files

_FIXED: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "a-team",
    "GIT_AUTHOR_EMAIL": "a-team@acme.example",
    "GIT_COMMITTER_NAME": "a-team",
    "GIT_COMMITTER_EMAIL": "a-team@acme.example",
}


class Repository:
    """A git repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2026-11-01") -> str:
        """Run git as of noon of a day, in UTC, and return what it says."""
        stamp = {f"GIT_{who}_DATE": f"{day}T12:00:00+00:00" for who in ("AUTHOR", "COMMITTER")}
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-c", "commit.gpgsign=false", *arguments],
            cwd=self.folder,
            env=surroundings | _FIXED | stamp,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, day: str, files: Mapping[str, str | bytes | None], message: str = "Update") -> str:
        """Commit files by path, None to remove one; returns the commit's id."""
        write_files(self.folder, {path: content for path, content in files.items() if content is not None})
        for path, content in files.items():
            if content is None:
                (self.folder / path).unlink()
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day)
        return self.git("rev-parse", "HEAD")
