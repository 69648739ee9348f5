"""Companies made to be slow: whole sites are made in proportion to what was written."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from tests.bombs.stopwatch import APART, MAX_GROWTH, pace, seconds
from tests.companies import compile_files
from tests.hostile.sites import Site, render_site

LIMIT: Final = 5.0
"""Seconds of computing in which a site that one file makes dear must be made."""
PER_FILE: Final = 400
"""Objectives of one file, which holds only so many YAML items."""


def _objectives(lines: Mapping[str, str]) -> dict[str, str]:
    """Objectives by id with their fields, some of each team."""
    names, files = list(lines), {}
    for start in range(0, len(names), PER_FILE):
        own = "".join(f"  {name}: {{title: Aim, {lines[name]}}}\n" for name in names[start : start + PER_FILE])
        files[f"teams/t{start // PER_FILE}/2026-Q4/okrs.md"] = f"---\nobjectives:\n{own}---\n"
    return files


def chain(number: int) -> dict[str, str]:
    """Each objective supports the one before."""
    return _objectives({f"o{n}": f"supports: t{(n - 1) // PER_FILE}/o{n - 1}" if n else "" for n in range(number)})


def layers(number: int) -> dict[str, str]:
    """Layers of eight, each objective of which supports all eight above."""
    above = {n: [f"o{8 * (n // 8 - 1) + k}" for k in range(8)] if n >= 8 else [] for n in range(number)}
    return _objectives({f"o{n}": f"supports: [{', '.join(refs)}]" for n, refs in above.items()})


def titles(number: int) -> dict[str, str]:
    """Teams whose objectives' titles refer to a hundred others."""
    refs = " ".join(f"[[t{n}/aim]]" for n in range(100))
    return {
        f"teams/t{n}/2026-Q4/okrs.md": f'---\nobjectives:\n  aim: {{title: "{refs}"}}\n---\n' for n in range(number)
    }


def _making(files: Mapping[str, str]) -> Callable[[], Site]:
    """The work of making a site of some files."""
    return lambda: render_site(compile_files(files), {})


@pytest.mark.parametrize(("company", "number"), [(chain, 800), (layers, 320), (titles, 120)])
def test_a_site_is_made_in_proportion_to_what_was_written(
    company: Callable[[int], dict[str, str]], number: int
) -> None:
    _making(company(8))()
    assert pace(lambda size: _making(company(size)), number).growth <= MAX_GROWTH
    less, more = (sum(map(len, _making(company(n))().pages.values())) for n in (number // APART, number))
    assert more / less < APART * MAX_GROWTH


def test_a_chain_too_long_for_a_page_leads_to_the_map() -> None:
    site = _making(chain(400))()
    page = site.pages["teams/t0/2026-Q4/o399.html"]
    assert "The chain goes on" in page
    assert 'href="../../../2026-Q4/map.html">the map</a>' in page
    assert page.count('class="by"') < 100
    assert "The chain goes on" not in site.pages["teams/t0/2026-Q4/o3.html"]


def test_a_title_brings_along_only_some_of_the_titles_it_refers_to() -> None:
    site = render_site(
        compile_files({**titles(2), "teams/x/2026-Q4/okrs.md": "---\nobjectives: {aim: {title: X}}\n---\n"}), {}
    )
    assert max(map(len, site.pages.values())) < 64 * 1024


def test_a_long_title_is_cut_once_however_often_it_is_brought_along() -> None:
    title = "& " * 14_000
    files = {"teams/x/2026-Q4/okrs.md": f'---\nobjectives:\n  a: {{title: "{title}"}}\n---\n{"[[a]] " * 5_000}'}
    assert seconds(_making(files), LIMIT) < LIMIT
    assert "&amp; &amp; …</a>" in "".join(_making(files)().pages.values())


def test_notes_that_lead_to_each_other_are_not_followed_without_end_for_each_section() -> None:
    number = 1_500
    sections = "".join(f"# S{n}\n\n[^0]\n\n" for n in range(number))
    notes = "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(number))
    assert seconds(_making({"pages/notes.md": f"{sections}{notes}[^{number}]: end\n"}), LIMIT) < LIMIT
