"""A project that is being edited: its files as values, written to the disk where they differ from what lies there."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from shutil import copyfile, copytree, rmtree
from typing import Any, Final

from tests.companies import TODAY
from tests.law.builds import CACHE
from tests.law.company import PICTURE, ROOT_TEAM, Documents, make_company

LANGUAGES: Final = ["en", "zh"]


State = tuple[Documents, dict[str, Any], dict[str, bytes], dict[str, bytes]]


@dataclass
class Project:
    """A company's files and the day, and the folders in which it lies, is built, and has been put aside."""

    folder: Path
    documents: Documents
    settings: dict[str, Any]
    aside: Path
    target: Path
    others: dict[str, bytes] = field(default_factory=dict)
    """Files that are no documents, by path in the project."""
    broken: dict[str, bytes] = field(default_factory=dict)
    """What stands in place of a document, by place."""
    written: dict[str, bytes] = field(default_factory=dict)
    today: date = field(default_factory=lambda: date.fromisoformat(TODAY))
    branch: "State | None" = None
    """What the project is on another branch."""

    @property
    def state(self) -> "State":
        """All that a branch holds, to be kept."""
        return deepcopy((self.documents, self.settings, self.others, self.broken))

    def files(self) -> dict[str, bytes]:
        """Every file of the project by its path."""
        contents = {f"content/{place}": document.text().encode() for place, document in self.documents.items()}
        contents |= {f"content/{place}": text for place, text in self.broken.items() if place in self.documents}
        return {**contents, **self.others, "okrsite.toml": settings_text(self.settings).encode()}

    def save(self) -> None:
        """Write what has changed, and nothing else."""
        files = self.files()
        for path in self.written.keys() - files:
            gone = self.folder / path
            gone.unlink()
            for folder in gone.parents:
                if folder == self.folder or any(folder.iterdir()):
                    break
                folder.rmdir()
        for path, content in files.items():
            if self.written.get(path) != content:
                file = self.folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        self.written = files

    @property
    def cache(self) -> Path:
        """Where the build remembers."""
        return self.folder / CACHE

    def put_aside(self) -> None:
        """Keep a copy of the site and of the cache as they are."""
        rmtree(self.aside, ignore_errors=True)
        self.aside.mkdir()
        if self.target.is_dir():
            copytree(self.target, self.aside / "site", symlinks=True)
        if self.cache.is_file():
            copyfile(self.cache, self.aside / "cache")


def start(folder: Path, seed: int) -> Project:
    """The project with which the sequence of edits of a seed begins, below an empty folder."""
    rng = Random(seed)
    speaks = rng.random() < 0.2
    settings: dict[str, Any] = {"title": "Acme OKRs", "company": ROOT_TEAM}
    if speaks:
        settings["languages"] = LANGUAGES
    project = Project(
        folder / "project", make_company(rng, speaks=speaks), settings, folder / "aside", folder / "project" / "site"
    )
    project.others["content/pages/chart.png"] = PICTURE
    project.save()
    return project


def settings_text(settings: dict[str, Any]) -> str:
    """An okrsite.toml; tables stand behind the other settings."""
    lines = [f"{name} = {_value(value)}" for name, value in settings.items() if not isinstance(value, dict)]
    for name, table in settings.items():
        if isinstance(table, dict):
            lines += [f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "".join(f"{line}\n" for line in lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
