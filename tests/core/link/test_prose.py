"""What the links in prose lead to, which files the site shows, and in which languages they are written."""

import pytest

from ..company import codes, compiled, matter, only, place_of

PAGE = "pages/a.md"
FILES = {
    "teams/pay/team.md": matter("name: Pay\naliases: [checkout]"),
    "teams/pay/2026-Q4/okrs.md": matter("objectives: {fast: {title: F, key_results: {p95: {title: P}}}}"),
    "teams/pay/2026-Q3/retro.md": matter("lessons: {ask: Ask.}"),
    "pages/glossary.md": matter("title: Words"),
    "cycles/2026-Q4.md": matter("theme: x"),
}


def page(body: str) -> dict[str, str]:
    return {**FILES, PAGE: matter("title: T", body)}


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("pay/2026-Q4/fast", "pay/2026-Q4/fast"),
        ("pay/2026-Q4/fast#p95", "pay/2026-Q4/fast#p95"),
        ("pay/fast", "pay/2026-Q4/fast"),
        ("pay/2026-Q3/ask", "pay/2026-Q3/ask"),
        ("@pay", "@pay"),
        ("pay", "@pay"),
        ("checkout", "@pay"),
        ("checkout/2026-Q4/fast", "pay/2026-Q4/fast"),
    ],
)
def test_a_reference_in_prose_links_to_what_it_names(ref: str, name: str) -> None:
    found = compiled(page(f"See [[{ref}]].\n"))
    assert codes(found.problems) == []
    assert found.company.links[ref, "", ""] == name


def test_a_text_that_is_a_reference_alone_is_linked_too() -> None:
    found = compiled({**FILES, PAGE: matter("title: '[[pay/2026-Q4/fast]]'")})
    assert found.company.links == {("pay/2026-Q4/fast", "", ""): "pay/2026-Q4/fast"}


def test_a_reference_in_prose_is_understood_from_where_it_stands() -> None:
    files = {
        **FILES,
        "teams/pay/2026-Q4/checkins/2026-11-06.md": matter("progress: {fast#p95: 40%}", "[[fast]] [[fast#p95]]\n"),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    assert found.company.links["fast", "pay", "2026-Q4"] == "pay/2026-Q4/fast"
    assert found.company.links["fast#p95", "pay", "2026-Q4"] == "pay/2026-Q4/fast#p95"


@pytest.mark.parametrize(
    "fields",
    [
        'objectives: {o: {title: "T [[nope]]"}}',
        'objectives: {o: {title: T, why: "x [[nope]]"}}',
        'objectives: {o: {title: T, contacts: ["[[nope]]"]}}',
        'objectives: {o: {title: T, key_results: {k: {title: T, note: "[[nope]]"}}}}',
        'objectives: {o: {title: T, assumes: {a: "[[nope]]"}}}',
        'not_doing: ["[[nope]]"]',
    ],
)
def test_a_reference_to_nothing_is_reported_wherever_it_stands(fields: str) -> None:
    problem = only(compiled({"teams/a/2026-Q4/okrs.md": matter(fields)}).problems, "unresolved-link")
    assert (problem.severity, problem.span.line) == ("warning", 2)
    assert "`[[nope]]`" in problem.message


def test_each_place_of_a_reference_to_nothing_is_reported() -> None:
    found = compiled(page("One [[nope]].\n\n## H [[nope]]\n\n- two [[nope]]\n"))
    lines = [problem.span.line for problem in found.problems if problem.code == "unresolved-link"]
    assert lines == [4, 6, 8]


@pytest.mark.parametrize(
    "address",
    [
        "glossary.md",
        "./glossary.md",
        "/pages/glossary.md",
        "glossary.md#words",
        "../teams/pay/team.md",
        "glossary%2Emd",
    ],
)
def test_a_link_to_a_content_file_leads_there(address: str) -> None:
    found = compiled(page(f"See [words]({address}).\n"))
    assert codes(found.problems) == []
    assert set(found.company.links.values()) <= {"content/pages/glossary.md", "content/teams/pay/team.md"}


@pytest.mark.parametrize(
    "address", ["nope.md", "../../outside.md", "/etc/passwd", "../../../content/pages/glossary.md"]
)
def test_a_link_to_no_content_file_is_reported(address: str) -> None:
    problem = only(compiled(page(f"\nSee [words]({address}).\n")).problems, "dead-link")
    assert (place_of(problem), problem.severity) == (f"{PAGE}:5:1", "warning")


@pytest.mark.parametrize("address", ["https://wiki.example", "mailto:a@b.example", "tel:+1"])
def test_a_link_elsewhere_is_not_looked_up(address: str) -> None:
    assert codes(compiled(page(f"See [this]({address}).\n")).problems) == []


def test_a_translated_body_stands_beside_its_file() -> None:
    files = page("Body\n") | {"pages/a.zh.md": "正文\n"}
    found = compiled(files, settings='languages = ["en", "zh"]')
    assert codes(found.problems) == []
    (translation,) = found.company.translations["content/pages/a.md"]
    assert (translation.language, translation.body.lead.plain) == ("zh", "正文")
    assert "content/pages/a.zh.md" not in found.company.shown


def test_a_translation_of_nothing_is_reported() -> None:
    found = compiled(FILES | {"pages/none.zh.md": "正文\n"}, settings='languages = ["en", "zh"]')
    assert only(found.problems, "stray-file").span.path == "content/pages/none.zh.md"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({PAGE: matter("title: {en: T, de: T}")}, "pages/a.md:2:16"),
        ({PAGE: matter("title: {en: T, de: }")}, "pages/a.md:2:16"),
        ({PAGE: matter("title: T"), "pages/a.de.md": "Text\n"}, "pages/a.de.md:1:1"),
    ],
)
def test_a_language_that_the_settings_do_not_list_is_reported(files: dict[str, str], place: str) -> None:
    found = compiled(files, settings='languages = ["en", "zh"]')
    problem = only(found.problems, "unknown-language")
    assert place_of(problem) == place
    assert '"de"' in problem.hint
    assert codes(compiled(files, settings='languages = ["en", "de"]').problems) == []
