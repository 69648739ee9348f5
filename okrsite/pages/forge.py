"""Where a forge lets one write in the browser: the addresses of its editor, and of those who answer without one.

- GitHub: `/edit/<branch>/<path>`, and `/new/<branch>?filename=<path>&value=<text>`. Its manual does not describe the
  two parameters; sites and bots have relied on them for years, and Gitea's manual names them as GitHub's.
- GitLab: `/-/edit/<branch>/<path>`, and `/-/new/<branch>?file_name=<path>`. Since 16.11 its editor shows no text that
  an address brings along (gitlab-org/gitlab issues 532221, 594214): none is sent, the page shows it to be copied.
- Gitea and Forgejo: `/_edit/<branch>/<path>`, and `/_new/<branch>?filename=<path>&value=<text>`, described in Gitea's
  manual under "Web UI API"; a path in `filename` is split into its folders.

A branch may hold `/` in all of them. Who may not write to the branch is led by the forge to a proposal of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from okrsite.core.settings import Settings, forge_of

MAX_TEXT: Final = 1_500
"""Characters, as they stand in an address, of a text that it may bring along: longer addresses are refused by some."""


@dataclass(frozen=True, slots=True)
class Forge:
    """How a kind of forge addresses its commits and its editor; `text` is '' where it takes no text."""

    commit: str
    edit: str
    new: str
    name: str
    text: str


FORGES: Final[Mapping[str, Forge]] = {
    "github": Forge("commit", "edit", "new", "filename", "value"),
    "gitlab": Forge("-/commit", "-/edit", "-/new", "file_name", ""),
    "gitea": Forge("commit", "_edit", "_new", "filename", "value"),
}


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository in which a project lies: its address, branch and forge, and the project's folder in it."""

    address: str
    branch: str
    forge: Forge
    folder: str

    def commit(self, id_: str) -> str:
        """The address at which a commit is shown."""
        return f"{self.address}/{self.forge.commit}/{id_}"

    def edit(self, path: str) -> str:
        """The address at which a file of the project is edited."""
        return f"{self.address}/{self.forge.edit}/{self.branch}/{quote(self._inside(path))}"

    def new(self, path: str, text: str) -> tuple[str, bool]:
        """The address at which a file of the project is begun, and whether it brings the file's text along."""
        fields = {self.forge.name: self._inside(path)}
        carried = bool(self.forge.text) and len(urlencode({self.forge.text: text})) <= MAX_TEXT
        if carried:
            fields[self.forge.text] = text
        return f"{self.address}/{self.forge.new}/{self.branch}?{urlencode(fields, safe='/')}", carried

    def _inside(self, path: str) -> str:
        return f"{self.folder}/{path}" if self.folder else path


def find_repository(settings: Settings, folder: str) -> Repository | None:
    """The repository that the settings name, if its forge is known; a name or password in its address is left out."""
    parts = urlsplit(settings.repo_url)
    host = parts.netloc.rpartition("@")[2]
    kind = forge_of(settings)
    branch = quote(settings.branch.strip("/"))
    if not host or not kind or not branch:
        return None
    path = quote(parts.path.rstrip("/").removesuffix(".git"), safe="/%~")
    return Repository(urlunsplit((parts.scheme, host, path, "", "")), branch, FORGES[kind], folder)


def ask_address(ask: str, about: str) -> str:
    """The address at which one asks about something without a forge: a mail with that subject, or a web page."""
    if ask.startswith("mailto:"):
        return f"{ask}{'&' if '?' in ask else '?'}subject={quote(about, safe='/')}"
    parts = urlsplit(ask)
    query = "&".join(filter(None, (parts.query, urlencode({"about": about}, safe="/"))))
    return urlunsplit(parts._replace(query=query))
