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
STYLE = "themes/own/static/site.css"
PAGES = ("index.html", "teams/index.html", "teams/acme/index.html", "teams/acme/2026-Q4/instant.html")


class Reader(threading.Thread):
    """Reads pages and what they name, path by path as a server would, and counts what it finds."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site, self.ended = site, False
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
        (generation,) = set(re.findall(r"generation (\d+)", text))
        (style,) = re.findall(r'<link rel="stylesheet" href="(?:\.\./)*([^"]+)"', text)
        try:
            styled = (self.site / style).read_text(encoding="utf-8")
        except OSError:
            self.found[f"missing {style.partition('.')[0]}"] += 1
            return
        self.found["whole" if f"generation {generation}" in styled else "mixed"] += 1


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
    assert set(reader.found) == {"whole"}, reader.found
    assert reader.found["whole"] / (time.monotonic() - begun) > 100
