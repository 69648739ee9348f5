"""How files get onto a disk: as editors, copies, moves and checkouts put them there."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from tests.law.project import Project

Save = Callable[[Path, bytes, Random], None]


def in_place(path: Path, content: bytes, _rng: Random) -> None:
    """Written over."""
    path.write_bytes(content)


def rename_over(path: Path, content: bytes, _rng: Random) -> None:
    """Written beside and renamed, as most editors do."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def truncate_and_write(path: Path, content: bytes, rng: Random) -> None:
    """Emptied first, and written a moment later, in two parts."""
    with path.open("wb") as file:
        file.flush()
        time.sleep(rng.choice((0.0, 0.005, 0.03)))
        file.write(content[: len(content) // 2])
        file.flush()
        file.write(content[len(content) // 2 :])


def with_backup(path: Path, content: bytes, _rng: Random) -> None:
    """The old file becomes a backup that goes later, as vim has it."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.rename(backup)
    path.write_bytes(content)
    backup.unlink(missing_ok=True)


SAVES: Final[tuple[Save, ...]] = (in_place, rename_over, rename_over, truncate_and_write, with_backup)


def save(project: Project, rng: Random) -> int:
    """Write what has changed in the project, in some editor's way; returns how many files that were."""
    files, way = project.files(), rng.choice(SAVES)
    changed = [path for path, content in files.items() if project.written.get(path) != content]
    gone = sorted(project.written.keys() - files)
    for path in gone:
        file = project.folder / path
        file.unlink()
        for folder in file.parents:
            if folder == project.folder or any(folder.iterdir()):
                break
            folder.rmdir()
    for path in changed:
        file = project.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        way(file, files[path], rng)
    project.written = files
    return len(changed) + len(gone)


def move_folder(project: Project, rng: Random) -> str:
    """A team's folder is moved as a whole: with what is in it, and without a file being written."""
    teams = sorted({place.split("/")[1] for place in project.documents if place.startswith("teams/")})
    if len(teams) < 2:
        return ""
    team = rng.choice(teams[1:])
    new = f"moved-{rng.randint(0, 999)}"
    old_prefix, new_prefix = f"teams/{team}/", f"teams/{new}/"
    if not (project.folder / "content" / old_prefix).is_dir() or new in teams:
        return ""
    (project.folder / "content" / old_prefix).rename(project.folder / "content" / new_prefix)
    for held in (project.documents, project.broken):
        for place in [place for place in held if place.startswith(old_prefix)]:
            held[new_prefix + place.removeprefix(old_prefix)] = held.pop(place)  # type: ignore[attr-defined]
    for path in [path for path in project.written if path.startswith(f"content/{old_prefix}")]:
        project.written[path.replace(old_prefix, new_prefix, 1)] = project.written.pop(path)
    return f"moved the folder of {team} to {new}"


def git(project: Project, *arguments: str) -> str:
    """Run git in the project."""
    who = ("-c", "user.name=acme", "-c", "user.email=acme@example.invalid", "-c", "gc.auto=0")
    done = subprocess.run(["git", *who, *arguments], cwd=project.folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()
