"""What changes around the content between two builds: settings, theme, day, the site itself and what is remembered."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copyfile, copytree, rmtree
from typing import Any, Final

from tests.companies import ROOT
from tests.law.builds import MANIFEST
from tests.law.company import words
from tests.law.edits import Edit
from tests.law.project import LANGUAGES, Project

DEFAULT: Final = ROOT / "themes" / "default"
TEMPLATES: Final = tuple(sorted(p.relative_to(DEFAULT).as_posix() for p in (DEFAULT / "templates").rglob("*.*ml")))
STYLE: Final = "static/site.css"


# --- settings, theme, day -------------------------------------------------------------------------------------------


def set_setting(project: Project, rng: Random) -> str:
    """A setting is changed, or goes back to its default."""
    choices: dict[str, tuple[Any, ...]] = {
        "title": (words(rng), None),
        "languages": (LANGUAGES, LANGUAGES[:1], None),
        "language": ("zh", "en", None),
        "opening_days": (0, 30, None),
        "closing_days": (0, 60, None),
        "fiscal_year_start": (4, None),
        "base_url": ("https://okrs.example", None),
        "noindex": (False, None),
        "company": ("acme", "shops", None),
        "limits": ({"objectives": 1, "key_results": 1}, None),
        "brand": ({"name": words(rng)}, None),
        "checks": ({"unresolved-ref": "warning"}, {"late-checkin": "off", "future-checkin": "off"}, None),
        "nonsense": ("wrong", None, None, None),
    }
    name = rng.choice(sorted(choices))
    value = rng.choice(choices[name])
    project.settings.pop(name, None)
    if value is not None:
        project.settings[name] = value
    return f"set {name} to {value}"


def right_settings(project: Project, _rng: Random) -> str:
    """The settings are as simple as can be."""
    project.settings = {"title": "Acme OKRs", "company": "acme"}
    return "put the settings right"


def change_theme(project: Project, rng: Random) -> str:
    """A file of the project's own theme comes or changes: a template or the style."""
    name = rng.choice((STYLE, STYLE, *(f"templates/{name.removeprefix('templates/')}" for name in TEMPLATES)))
    mark = words(rng, 2)
    text = (DEFAULT / name).read_text(encoding="utf-8")
    text += f"/* {mark} */\n" if name == STYLE else f"<!-- {mark} -->\n"
    theme = rng.choice(("default", "default", "acme"))
    project.others[f"themes/{theme}/{name}"] = text.encode()
    return f"wrote themes/{theme}/{name}"


def break_theme(project: Project, rng: Random) -> str:
    """A template is wrong."""
    name = rng.choice(TEMPLATES)
    project.others[f"themes/default/{name}"] = rng.choice((b"{% if %}", b"{{ view.nothing }}", b"\xef"))
    return f"broke themes/default/{name}"


def forget_theme(project: Project, rng: Random) -> str:
    """A file of the theme goes, or all of it."""
    own = sorted(path for path in project.others if path.startswith("themes/"))
    gone = own if rng.random() < 0.6 else own[:1]
    for path in gone:
        del project.others[path]
    return f"removed {', '.join(gone)}" if gone else ""


def choose_theme(project: Project, rng: Random) -> str:
    """Another theme is named; it is the default one but for its own files, or there is none of that name."""
    if project.settings.pop("theme", None):
        return "chose the default theme"
    project.settings["theme"] = "acme"
    if rng.random() < 0.8:
        project.others.setdefault("themes/acme/static/extra.css", b"/* more */")
    return "chose the theme acme"


def change_day(project: Project, rng: Random) -> str:
    """It is another day, later or earlier."""
    project.today += timedelta(days=rng.choice((1, 7, 30, 100, -1, -7, -45, -100)))
    return f"it is {project.today}"


def change_branch(project: Project, rng: Random) -> str:
    """Another branch begins here, or the project becomes what it is on the other one."""
    here, there = project.state, project.branch
    if there is None or rng.random() < 0.3:
        project.branch = here
        return "began a branch"
    project.documents, project.settings, project.others, project.broken = there
    project.branch = here
    return "changed the branch"


# --- the site -------------------------------------------------------------------------------------------------------


def _site_file(project: Project, rng: Random) -> Path | None:
    files = sorted(p for p in project.target.rglob("*") if p.is_file() and p.name != MANIFEST)
    return rng.choice(files) if files else None


def damage_site(project: Project, rng: Random) -> str:
    """Another hand deletes or changes a file of the site; its size and time may be what they were."""
    path = _site_file(project, rng)
    if path is None:
        return ""
    state, content = path.stat(), path.read_bytes()

    def flip() -> None:
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))

    hands: dict[str, Callable[[], object]] = {
        "deleted": path.unlink,
        "cut off": lambda: path.write_bytes(content[: len(content) // 2]),
        "emptied": lambda: path.write_bytes(b""),
        "added to": lambda: path.write_bytes(content + b"\n"),
        "flipped a bit of": flip,
        "hid": lambda: path.chmod(0o600),
        "touched": lambda: os.utime(path, (1, 1)),
    }
    hand = rng.choice([name for name in hands if content or name != "flipped a bit of"])
    hands[hand]()
    return f"{hand} {path.relative_to(project.target)} in the site"


def replace_site_file(project: Project, rng: Random) -> str:
    """Another hand puts a link to the same bytes, an empty folder or nothing in place of a file of the site."""
    path = _site_file(project, rng)
    if path is None:
        return ""
    kind = rng.choice(("link", "folder", "twin"))
    copy = project.aside / "linked"
    project.aside.mkdir(exist_ok=True)
    copyfile(path, copy)
    path.unlink()
    if kind == "link":
        path.symlink_to(copy)
    elif kind == "folder":
        path.mkdir()
    else:
        copyfile(copy, path)
    return f"put a {kind} in place of {path.relative_to(project.target)} in the site"


def swap_pages(project: Project, rng: Random) -> str:
    """Another hand lets two pages of the site change places."""
    pages = sorted(project.target.rglob("*.html"))
    if len(pages) < 2:
        return ""
    one, two = rng.sample(pages, 2)
    one_content, two_content = one.read_bytes(), two.read_bytes()
    one.write_bytes(two_content)
    two.write_bytes(one_content)
    return f"swapped {one.relative_to(project.target)} and {two.relative_to(project.target)} in the site"


def remove_site(project: Project, _rng: Random) -> str:
    """The site goes, what was remembered of it stays."""
    rmtree(project.target, ignore_errors=True)
    return "removed the site"


def foreign_file(project: Project, rng: Random) -> str:
    """Another hand puts a file into the site, or takes away the list of what is ours: such a site is not touched."""
    if not project.target.is_dir() or not any(project.target.iterdir()):
        return ""
    if rng.random() < 0.3:
        (project.target / MANIFEST).unlink(missing_ok=True)
        return "took away the site's list of files"
    (project.target / rng.choice(("notes.txt", "index.html~", ".htaccess"))).write_text("mine")
    return "put a foreign file into the site"


def build_elsewhere(project: Project, _rng: Random) -> str:
    """The site is made in another folder from now on."""
    names = {"site": "public", "public": "site"}
    project.target = project.target.with_name(names[project.target.name])
    return f"builds to {project.target.name} from now on"


# --- what is remembered ---------------------------------------------------------------------------------------------


def put_aside(project: Project, _rng: Random) -> str:
    """Somebody keeps a copy of the site and of the cache."""
    project.put_aside()
    return "put site and cache aside"


def restore_cache(project: Project, _rng: Random) -> str:
    """The cache is that of an earlier day, as on a machine that builds now and then."""
    if not (project.aside / "cache").is_file():
        return ""
    project.cache.parent.mkdir(exist_ok=True)
    copyfile(project.aside / "cache", project.cache)
    return "put back an earlier cache"


def restore_site(project: Project, _rng: Random) -> str:
    """The site is that of an earlier day, the cache is not."""
    if not (project.aside / "site").is_dir():
        return ""
    rmtree(project.target, ignore_errors=True)
    copytree(project.aside / "site", project.target, symlinks=True)
    return "put back an earlier site"


def forget(project: Project, rng: Random) -> str:
    """The cache goes, alone or with its folder."""
    if rng.random() < 0.5:
        project.cache.unlink(missing_ok=True)
    else:
        rmtree(project.cache.parent, ignore_errors=True)
    return "removed the cache"


EDITS: Final[tuple[Edit, ...]] = (
    *(set_setting, set_setting, right_settings, change_theme, break_theme, forget_theme, forget_theme, choose_theme),
    *(change_day, change_day, change_branch, damage_site, damage_site, replace_site_file, swap_pages, remove_site),
    *(foreign_file, build_elsewhere, put_aside, restore_cache, restore_site, forget),
)
