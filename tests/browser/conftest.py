"""One browser for all tests, and the sites that are opened in it."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.browser.chromium import Chromium, MissingBrowserError, started
from tests.companies import TODAY, write_files
from tests.hostile.refused import refused_company
from tests.hostile.vectored import LANGUAGES, vectored_company

Build = Callable[..., Path]

_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.__x=1"><script>alert(1)</script></svg>'
ACTIVE: Final[Mapping[str, str]] = {
    "picture.svg": _SVG,
    "picture.png": _SVG,
    "page.html": "<script>window.__x=1</script>",
    "page.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><script>window.__x=1</script></html>',
    "feed.xml": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">window.__x=1</x:script>',
    "code.js": "window.__x=1",
}
"""Files that would run something where they are published, beside the content that is."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Chromium, running; without it the tests fail, for what they show cannot be shown otherwise."""
    try:
        with started() as browser:
            yield browser
    except MissingBrowserError as error:
        pytest.fail(str(error), pytrace=False)


def build(folder: Path, files: Mapping[str, str], settings: str = "") -> Path:
    """The site of content files by place, with whatever mistakes they hold."""
    write_files(folder, {"okrsite.toml": settings, **{f"content/{place}": text for place, text in files.items()}})
    options = ("-q", "--keep-going", "--today", TODAY)
    assert main(["build", *options, "-C", str(folder), "-o", str(folder / "site")]) == 0
    return folder / "site"


@pytest.fixture(scope="session")
def vectored_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the company that writes script vectors into every text, with active files beside them."""
    beside = {f"{folder}/{name}": text for folder in ("pages", "teams/team-0") for name, text in ACTIVE.items()}
    links = "".join(f"![x]({name}) [x]({name})\n\n" for name in ACTIVE)
    files = {**vectored_company(), **beside, "pages/links.md": links}
    return build(tmp_path_factory.mktemp("vectored"), files, LANGUAGES)


@pytest.fixture(scope="session")
def refused_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the company that writes script vectors where no text is taken."""
    return build(tmp_path_factory.mktemp("refused"), refused_company())


POLICY: Final = re.compile('<meta http-equiv="Content-Security-Policy" content="[^"]*">\n')


def without_policy(site: Path, target: Path) -> list[Path]:
    """A copy of a site whose pages no longer say what they may load; returns the pages."""
    shutil.copytree(site, target, dirs_exist_ok=True)
    pages = sorted(target.rglob("*.html"))
    for page in pages:
        text, count = POLICY.subn("", page.read_text(encoding="utf-8"))
        assert count == 1, f"{page.name} has no policy, or two"
        # What had the same bytes in two builds is one file: a copy must not write into the site itself.
        page.unlink()
        page.write_text(text, encoding="utf-8")
    return pages
