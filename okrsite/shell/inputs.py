"""Everything that a command reads of a project's content, read once, and one digest that tells it from all else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from okrsite.shell.files import Content, read_content
from okrsite.shell.project import Project


@dataclass(frozen=True, slots=True)
class Inputs:
    """A project's content as of a day; of the pictures that it names the digest knows nothing."""

    project: Project
    today: date
    content: Content
    digest: bytes

    def without_texts(self) -> "Inputs":
        """The same inputs when nobody will read them again: texts are a good part of what a build holds."""
        return replace(self, content=Content((), self.content.problems))

    def texts(self, paths: Iterable[str]) -> dict[str, str]:
        """The texts of some sources, by path."""
        wanted = set(paths)
        return {s.path: s.text for s in self.content.sources if s.text is not None and s.path in wanted}


def read_inputs(project: Project, today: date) -> Inputs:
    """Read a project's content."""
    content = read_content(project.folder, project.settings.content)
    digest = blake2b(f"{project.settings!r}\n{today}\n{content.problems!r}\n".encode(), digest_size=32)
    for source in content.sources:
        text = b"" if source.text is None else source.text.encode()
        digest.update(f"{source.path}\0{source.place}\0{source.text is None} {len(text)}\0".encode())
        digest.update(text)
    return Inputs(project, today, content, digest.digest())
