"""Finding a project and its settings, its themes, and the day."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from okrsite.core.colours import parse_colour
from okrsite.core.cycles import parse_date
from okrsite.core.diagnostics import Diagnostic
from okrsite.core.pictures import KINDS, MAX_BYTES, identify, is_inert_svg
from okrsite.core.settings import FILE_NAME, Settings, parse_settings
from okrsite.pages import urls
from okrsite.pages.words import INHERITED, BrokenCatalogueError, parse_catalogue
from okrsite.render.brand import STYLE, brand_style
from okrsite.render.theme import Theme
from okrsite.shell.files import read_files, read_inside, read_regular, read_text_files, reason

MAX_SETTINGS: Final = 1 << 20


class UsageError(Exception):
    """Something about the call or the settings is wrong; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder and settings, and what is wrong with them."""

    folder: Path
    settings: Settings
    settings_text: str
    problems: tuple[Diagnostic, ...]


def find_project(start: str | None) -> Project:
    """The project in a folder, or in the nearest parent of the current one that has settings."""
    project = read_project(find_folder(start))
    check_content(project)
    return project


def find_folder(start: str | None) -> Path:
    """A project's folder: the one named, or the nearest parent of the current one that has settings."""
    if start is not None:
        folder = Path(start).resolve()
        if not _is_folder(folder):
            raise UsageError(f"there is no folder {start}")
        return folder
    return nearest_project() or Path.cwd()


def read_project(folder: Path) -> Project:
    """The project in a folder, with its settings as they are now."""
    try:
        text = ""
        if (folder / FILE_NAME).exists():
            text = read_regular(folder / FILE_NAME, MAX_SETTINGS).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UsageError(f"{FILE_NAME} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{FILE_NAME} cannot be read: {reason(error)}") from None
    settings, problems = parse_settings(text)
    return Project(folder, settings, text, problems)


def nearest_project() -> Path | None:
    """The current folder or the nearest above it that has settings."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / FILE_NAME).is_file()), None)


def check_content(project: Project) -> None:
    """Refuse a project without content, as far as its settings can be read. Raises UsageError."""
    if not project.problems and not (project.folder / project.settings.content).is_dir():
        raise UsageError(
            f"no OKRs here: {project.folder} has no folder `{project.settings.content}`; "
            "go to a project, or name it with `-C DIR`"
        )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def theme_folders(project: Project) -> tuple[Path, ...]:
    """The folders of which a project's theme is made, whether they exist or not: the default one, and its own."""
    return _default_theme(), project.folder / "themes" / project.settings.theme


def read_theme(project: Project) -> Theme:
    """The default theme with the files that the project's own theme has instead.

    Its templates find those that they replace below `default/`, to take over what they do not change; what its
    catalogues lack is in the default theme's.
    """
    default, own = theme_folders(project)
    templates, static = read_text_files(default / "templates"), read_files(default / "static")
    catalogues = read_catalogues()
    name = project.settings.theme
    if name != "default" or own.is_dir():
        if not own.is_dir():
            raise UsageError(f"there is no theme `{name}`: no folder themes/{name} in {project.folder}")
        templates |= {f"{INHERITED}{name}": text for name, text in templates.items()}
        templates |= read_text_files(own / "templates")
        static |= read_files(own / "static")
        catalogues = {f"{INHERITED}{language}": words for language, words in catalogues.items()}
        catalogues |= _read_own_catalogues(own / "locales")
    return Theme(templates, static | _read_brand(project), catalogues)


def read_catalogues() -> dict[str, bytes]:
    """The compiled catalogues that come with okrsite, by language."""
    files = read_files(Path(__file__).parent.parent / "locales")
    return {name.split("/")[0]: data for name, data in files.items() if name.endswith(".mo")}


def _read_own_catalogues(folder: Path) -> dict[str, bytes]:
    """The compiled catalogues of a project's own theme, by language."""
    found = {name.removesuffix(".mo"): data for name, data in read_files(folder).items() if name.endswith(".mo")}
    for language, catalogue in found.items():
        try:
            parse_catalogue(catalogue)
        except BrokenCatalogueError:
            raise UsageError(
                f"{folder / language}.mo is no compiled catalogue; make it anew: msgfmt -o {language}.mo {language}.po"
            ) from None
    return found


def _read_brand(project: Project) -> dict[str, bytes]:
    """A company's own colour and mark as static files of its theme."""
    brand, found = project.settings.brand, {}
    accent = parse_colour(brand.accent)
    if accent:
        found[STYLE] = brand_style(accent)
    if brand.logo:
        found[urls.logo(brand.logo)] = _read_logo(project, brand.logo)
    return found


def _read_logo(project: Project, path: str) -> bytes:
    try:
        content = read_inside(project.folder, path, MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"the logo {path} cannot be read: {reason(error)}") from None
    ending = Path(path).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    found = "svg" if is_inert_svg(content) else (identify(content) or ("",))[0]
    if len(content) > MAX_BYTES or found != ending:
        kinds = ", ".join((*KINDS, "svg"))
        raise UsageError(
            f"the logo {path} is not published: it must be what its ending says ({kinds}; an SVG without scripts, "
            f"declarations and animation), of at most {MAX_BYTES >> 20} MiB"
        )
    return content


def _default_theme() -> Path:
    package = Path(__file__).parent.parent
    for folder in (package / "themes" / "default", package.parent / "themes" / "default"):
        if folder.is_dir():
            return folder
    raise UsageError("the default theme is missing; install okrsite again")


def day_of(stated: str | None) -> date:
    """The day as of which a site is made: the one stated, else SOURCE_DATE_EPOCH's, else the clock's, in UTC."""
    if stated is not None:
        day = parse_date(stated)
        if day is None:
            raise UsageError(f"--today takes a date such as 2026-10-31, not `{stated}`")
        return day
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        try:
            day = parse_date(datetime.fromtimestamp(int(epoch), UTC).date().isoformat())
        except (ValueError, OverflowError, OSError):
            day = None
        if day is None:
            raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds, not `{epoch}`")
        return day
    return datetime.fromtimestamp(time.time(), UTC).date()
