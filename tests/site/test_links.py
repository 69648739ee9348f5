"""Every address on the demo company's pages leads somewhere, and every page can be reached."""

from collections import Counter
from pathlib import Path
from posixpath import dirname
from typing import Final
from urllib.parse import urlsplit

from tests.site.walker import Page, addresses, chosen, ids, is_elsewhere, target

NOT_FOUND: Final = "404.html"
"""The one page that a server shows at any address, so that it alone names others from the site's root."""
NAMING: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")


def _internal(page: Page) -> list[tuple[str, str, str]]:
    """(address, file, fragment) of everything on a page that stays on the site."""
    found = [address for _, _, address in addresses(page) if not is_elsewhere(address)]
    return [(address, *target(page, address)) for address in found]


def test_every_internal_link_leads_to_a_file_of_the_site(demo_site: Path, demo_pages: dict[str, Page]) -> None:
    links = [(path, link) for path, page in demo_pages.items() for link in _internal(page)]
    assert len(links) > 5_000
    assert [f"{path}: {address}" for path, (address, file, _) in links if not (demo_site / file).is_file()] == []


def test_every_fragment_names_an_element_of_its_page(demo_pages: dict[str, Page]) -> None:
    known = {path: set(ids(page)) for path, page in demo_pages.items()}
    links = [(path, link) for path, page in demo_pages.items() for link in _internal(page) if link[2]]
    assert len({file for _, (_, file, _) in links}) > 100
    assert [f"{path}: {address}" for path, (address, file, part) in links if part not in known.get(file, ())] == []


def test_links_are_relative_and_name_files_so_that_any_folder_can_hold_the_site(demo_pages: dict[str, Page]) -> None:
    seen = 0
    for path, page in demo_pages.items():
        for address, file, _ in _internal(page):
            seen += 1
            assert file.rpartition("/")[2].count(".") >= 1, f"{path}: {address}"
            assert not address.startswith("/") or path == NOT_FOUND, f"{path}: {address}"
            assert not file.startswith(".."), f"{path}: {address}"
    assert seen > 5_000


def test_no_address_is_empty(demo_pages: dict[str, Page]) -> None:
    every = [
        (path, element.tag, address) for path, page in demo_pages.items() for element, _, address in addresses(page)
    ]
    assert every
    assert [found for found in every if not found[2].strip()] == []


def test_links_elsewhere_are_of_schemes_that_only_open_something(demo_pages: dict[str, Page]) -> None:
    found = [a for page in demo_pages.values() for e, _, a in addresses(page) if is_elsewhere(a) and e.tag == "a"]
    assert len(found) > 20
    assert {address.partition(":")[0] for address in found} <= {"https", "http", "mailto", "tel"}


def test_ids_are_unique_on_their_page(demo_pages: dict[str, Page]) -> None:
    assert sum(len(ids(page)) for page in demo_pages.values()) > 2_000
    twice = {path: [i for i, n in Counter(ids(page)).items() if n > 1] for path, page in demo_pages.items()}
    assert {path: found for path, found in twice.items() if found} == {}


def test_what_is_named_by_another_elements_id_is_on_the_page(demo_pages: dict[str, Page]) -> None:
    named = [
        (path, name)
        for path, page in demo_pages.items()
        for element in page.elements
        for attribute in NAMING
        for name in element.attributes.get(attribute, "").split()
    ]
    assert len(named) > 500
    assert [found for found in named if found[1] not in ids(demo_pages[found[0]])] == []


def test_every_page_can_be_reached_from_home(demo_pages: dict[str, Page]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        for _, file, _ in _internal(demo_pages[waiting.pop()]):
            if file in demo_pages and file not in reached:
                reached.add(file)
                waiting.append(file)
    moved = {path for path, page in demo_pages.items() if list(chosen(page, "meta", http_equiv="refresh"))}
    assert moved
    assert set(demo_pages) - reached - moved == {NOT_FOUND}


def test_no_link_stands_in_another_link_or_button(demo_pages: dict[str, Page]) -> None:
    found = []
    for path, page in demo_pages.items():
        links = {element.number for element in page.elements if element.tag in ("a", "button", "summary")}
        found += [f"{path}:{e.line}" for e in page.elements if e.number in links and links.intersection(e.around)]
    assert len(demo_pages) > 250
    assert found == []


def test_every_link_has_words(demo_pages: dict[str, Page]) -> None:
    silent = []
    for path, page in demo_pages.items():
        spoken = {number for words, around in page.words if words.strip() for number in around}
        silent += [f"{path}:{e.line}" for e in chosen(page, "a") if e.number not in spoken]
    assert silent == []


def test_tags_match(demo_pages: dict[str, Page]) -> None:
    assert len(demo_pages) > 250
    assert {path: page.faults for path, page in demo_pages.items() if page.faults} == {}


def test_ways_to_write_lead_to_the_companys_forge_and_nowhere_else(demo_pages: dict[str, Page]) -> None:
    kinds: Counter[str] = Counter()
    for path, page in demo_pages.items():
        for aside in chosen(page, "aside", **{"class": "write"}):
            links = [element for element in chosen(page, "a") if aside.number in element.around]
            assert links, path
            for link in links:
                assert link.attributes["href"].startswith("https://git.velomere.example/okrs/okrs/_"), path
                assert link.attributes["rel"] == "external noopener"
                kinds[urlsplit(link.attributes["href"]).path.split("/")[3]] += 1
    assert kinds["_new"] > 100
    assert kinds["_edit"] > 100


def test_old_addresses_lead_to_the_page_that_took_their_place(demo_pages: dict[str, Page]) -> None:
    moved = {path: page for path, page in demo_pages.items() if list(chosen(page, "meta", http_equiv="refresh"))}
    assert {dirname(path).split("/")[1] for path in moved} == {"hotline"}
    for path, page in moved.items():
        leads = {target(page, address)[0] for element, _, address in addresses(page) if element.tag in ("meta", "a")}
        assert leads == {path.replace("hotline", "care")}
