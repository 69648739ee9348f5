"""Everything that a command reads of a project's content, read once, and one digest that tells it from all else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from okrsite.shell.files import Content, Held, read_content
from okrsite.shell.git import Repository, open_repository, repository_root
from okrsite.shell.project import Project


@dataclass(frozen=True, slots=True)
class Inputs:
    """A project's content as of a day; of the pictures that it names the digest knows nothing."""

    project: Project
    today: date
    content: Content
    repository: Repository | None
    """What the project lies in, at the commit up to which its past is known."""
    digest: bytes
    as_of: date | None = None
    """The day as of which the project stands, where another time than now was asked for."""

    @property
    def remembered(self) -> Repository | None:
        """The repository that is asked for the past, if the settings let it be asked."""
        return self.repository if self.project.settings.history else None

    @property
    def folder(self) -> str:
        """Where the project lies in its repository, also before its first commit; '' is its root."""
        if self.repository:
            return self.repository.prefix.rstrip("/")
        root = repository_root(self.project.folder)
        return "" if root in (None, self.project.folder) else self.project.folder.relative_to(root).as_posix()

    def without_texts(self) -> "Inputs":
        """The same inputs when nobody will read them again: texts are a good part of what a build holds."""
        return replace(self, content=Content((), self.content.problems))

    def texts(self, paths: Iterable[str]) -> dict[str, str]:
        """The texts of some sources, by path."""
        wanted = set(paths)
        return {s.path: s.text for s in self.content.sources if s.text is not None and s.path in wanted}


def read_inputs(project: Project, today: date, held: Held | None = None) -> Inputs:
    """Read a project's content, with the past that its folder has."""
    return inputs_of(project, today, open_repository(project.folder), held)


def inputs_of(
    project: Project,
    today: date,
    repository: Repository | None,
    held: Held | None = None,
    *,
    as_of: date | None = None,
) -> Inputs:
    """Read a project's content, with the past of a repository; files that are held need not be read again."""
    content = read_content(project.folder, project.settings.content, held)
    past = (repository.prefix, repository.head, repository.shallow) if repository else None
    known = f"{project.settings!r}\n{today} {as_of}\n{past}\n{content.problems!r}\n"
    digest = blake2b(known.encode(), digest_size=32)
    for source in content.sources:
        digest.update(source.digest)
    return Inputs(project, today, content, repository, digest.digest(), as_of)
