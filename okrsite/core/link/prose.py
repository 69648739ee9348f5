"""What the links in prose lead to, which files the site shows, and in which languages they are written."""

from collections.abc import Iterable, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from okrsite.core.addresses import SCHEMES, is_own_address
from okrsite.core.company import TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.link.resolver import Resolver
from okrsite.core.link.skeleton import Facts
from okrsite.core.model import AnyFile, CheckInFile, TranslationFile
from okrsite.core.pictures import KINDS, MAX_BYTES, Picture
from okrsite.core.settings import Settings
from okrsite.core.source import Span
from okrsite.core.text import LinkOpen, PictureMark, RefMark, RefusedLink

_PICTURES = (
    f"pictures lie beside the text and are {', '.join(KINDS[:-1])} or {KINDS[-1]}, of {MAX_BYTES >> 20} MiB at most"
)
_SCHEMES = ", ".join(f"`{scheme}:`" for scheme in sorted(SCHEMES))
Links = dict[tuple[str, str, str], str]


def link_prose(
    files: Iterable[AnyFile],
    resolver: Resolver,
    content: str,
    pictures: Mapping[str, Picture],
    problems: list[Diagnostic],
) -> Links:
    """What every link in prose leads to: references by (text, team, cycle), content files by (address, path, '')."""
    files = tuple(files)
    links: Links = {}
    paths = {file.path for file in files}
    for file in files:
        for mark in file.marks:
            if isinstance(mark, RefMark):
                key = (mark.text, mark.home.team, mark.home.cycle)
                if key not in links:
                    links[key] = resolver.resolve_in_prose(*key)
                if not links[key] and not resolver.unknowable_in_prose(*key):
                    message = f"`[[{mark.text}]]` names nothing; it is shown as typed"
                    problems.append(problem("unresolved-link", mark.span, message))
            elif isinstance(mark, RefusedLink):
                message = "this kind of address may not be followed; the link is shown as text"
                problems.append(problem("dead-link", mark.span, message, f"links begin with {_SCHEMES}"))
            elif isinstance(mark, PictureMark):
                path = content_path(mark, content)
                trouble = pictures[path].trouble if path in pictures else "there is no such file"
                links[mark.address, file.path, ""] = "" if trouble else path
                if trouble:
                    message = f"the picture `{mark.address}` is not shown: {trouble}"
                    problems.append(problem("wrong-picture", mark.span, message, _PICTURES))
            elif not is_own_address(mark.address):
                path = content_path(mark, content)
                if path in paths:
                    links[mark.address, file.path, ""] = path
                else:
                    message = f"the link to `{mark.address}` leads to no content file; it is shown as text"
                    hint = "link to a Markdown file by its path, or write `[[team/objective]]`"
                    problems.append(problem("dead-link", mark.span, message, hint))
    return links


def named_pictures(files: Iterable[AnyFile], content: str) -> dict[str, None]:
    """The paths of all pictures that texts name and that lie in the content folder, not hidden, each once in order."""
    marks = (mark for file in files for mark in file.marks if isinstance(mark, PictureMark))
    paths = dict.fromkeys(content_path(mark, content) for mark in marks)
    return {path: None for path in paths if path.startswith(f"{content}/") and _is_readable(path)}


def _is_readable(path: str) -> bool:
    return path.isprintable() and "/." not in path and "/_" not in path


def shown_pictures(files: Iterable[AnyFile], facts: Facts) -> dict[str, Picture]:
    """The pictures that files with a place on the site show, by path."""
    named = named_pictures(files, facts.settings.content)
    return {path: facts.pictures[path] for path in named if path in facts.pictures and not facts.pictures[path].trouble}


def content_path(mark: LinkOpen | PictureMark, content: str) -> str:
    """The content file that a relative link means; `/` in front begins at the content folder."""
    address = unquote(mark.address.split("#")[0].split("?")[0])
    if address.startswith("/"):
        return normpath(join(content, address.lstrip("/")))
    return normpath(join(dirname(mark.home.path), address))


def shown_files(
    files: Iterable[AnyFile], cycles: Mapping[str, Cycle], team_cycles: Mapping[tuple[str, str], TeamCycle]
) -> dict[str, AnyFile]:
    """The files that have a place on the site: not those of unknown cycles, nor check-ins that do not count."""
    counted = {checkin.path for tc in team_cycles.values() for checkin in tc.checkins}
    return {
        file.path: file
        for file in files
        if not isinstance(file, TranslationFile)
        and (not file.cycle or file.cycle in cycles)
        and (not isinstance(file, CheckInFile) or file.path in counted)
    }


def link_translations(files: Iterable[AnyFile], problems: list[Diagnostic]) -> dict[str, tuple[TranslationFile, ...]]:
    """The translated bodies of each file; one without its file is reported."""
    files = tuple(files)
    found: dict[str, tuple[TranslationFile, ...]] = {}
    paths = {file.path for file in files if not isinstance(file, TranslationFile)}
    for file in files:
        if not isinstance(file, TranslationFile):
            continue
        if file.of in paths:
            found[file.of] = (*found.get(file.of, ()), file)
        else:
            message = f"there is no {file.of.rsplit('/', 1)[-1]} beside this translation"
            problems.append(problem("stray-file", Span(file.path), message, f"add {file.of}"))
    return found


def check_languages(files: Iterable[AnyFile], settings: Settings) -> list[Diagnostic]:
    """A problem for each language that a text is written in and the settings do not list."""
    problems = []
    for file in files:
        spoken = list(file.languages)
        if isinstance(file, TranslationFile):
            spoken.append((file.language, Span(file.path)))
        for language, span in spoken:
            if language not in settings.languages:
                listed = ", ".join(f'"{name}"' for name in (*settings.languages, language))
                hint = f"add it in okrsite.toml: `languages = [{listed}]`; or quote the text if no language is meant"
                message = f"`{language}` is not a language of this site"
                problems.append(problem("unknown-language", span, message, hint))
    return problems
