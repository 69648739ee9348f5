"""A reader who never stops reading finds every page and every asset that a page names, all of one generation."""

import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests.companies import FINE, ROOT, TODAY, write_files

PUBLISHED = int(os.environ.get("OKRSITE_PUBLISHED", "12"))
"""How often the site is published; 200 once in a while."""
REQUESTS = 500
"""Pages and assets that must be read each second, or the reader sees too little."""
STYLE = "themes/own/static/site.css"
PAGES = ("index.html", "teams/index.html", "teams/acme/index.html", "teams/acme/2026-Q4/instant.html")


ASSETS = 4
"""Every page names at least a mark, a script, the tokens and the style."""


class Reader(threading.Thread):
    """Reads pages and what they name, path by path as a server would, and counts what it finds."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site, self.ended, self.requests = site, False, 0
        self.found: Counter[str] = Counter()

    def run(self) -> None:
        """Read until told to end."""
        while not self.ended:
            for page in PAGES:
                self._read(page)

    def _read(self, page: str) -> None:
        try:
            text = (self.site / page).read_text(encoding="utf-8")
        except OSError:
            self.found[f"missing {page}"] += 1
            return
        self.requests += 1
        (generation,) = set(re.findall(r"generation (\d+)", text))
        loaded = re.findall(r'<(?:link|script|img)\b[^>]*? (?:href|src)="([^":]+)"', text)
        assets = {address: self._asset(page, address) for address in loaded if "assets/" in address}
        styles = [content for address, content in assets.items() if re.search(r"/site\.\w+\.css$", address)]
        if len(styles) != 1 or len(assets) < ASSETS:
            self.found[f"{len(styles)} styles on {page}"] += 1
        elif None not in assets.values():
            self.found["whole" if f"generation {generation} ".encode() in (styles[0] or b"") else "mixed"] += 1

    def _asset(self, page: str, address: str) -> bytes | None:
        """What a page names, or None when it is missing, which is counted."""
        try:
            content = (self.site / page).parent.joinpath(address).read_bytes()
        except OSError:
            self.found[f"missing {address.rpartition('/')[2].partition('.')[0]}"] += 1
            return None
        self.requests += 1
        return content


def _write(project: Path, generation: int) -> None:
    text = f"---\nname: Acme, generation {generation}\n---\n"
    style = f"/* generation {generation} */"
    settings = f'theme = "own"\ntitle = "OKRs of generation {generation}"\n'
    write_files(project, {**FINE, "content/teams/acme/team.md": text, STYLE: style, "okrsite.toml": settings})


def _publish(project: Path) -> None:
    command = [sys.executable, "-m", "okrsite", "build", "-q", "-C", str(project), "--today", TODAY]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, timeout=120)


def test_a_reader_never_misses_a_page_or_its_style_and_never_mixes_two_sites(tmp_path: Path) -> None:
    _write(tmp_path, 0)
    _publish(tmp_path)
    reader, begun = Reader(tmp_path / "site"), time.monotonic()
    reader.start()
    for generation in range(1, PUBLISHED + 1):
        _write(tmp_path, generation)
        _publish(tmp_path)
    reader.ended = True
    reader.join(timeout=60)
    assert not reader.is_alive(), "the reader does not end"
    assert set(reader.found) == {"whole"}, reader.found
    assert reader.requests / (time.monotonic() - begun) >= REQUESTS
