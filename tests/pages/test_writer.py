"""Texts as pages show them: the reader's language, references as links with titles, dead links as text."""

import re
from typing import Final

import pytest

from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import Severity
from okrsite.pages.words import ENGLISH, Vocabulary
from okrsite.pages.writer import Writer
from okrsite.shell.project import read_catalogues
from tests.companies import compile_files
from tests.site.walker import chosen, inside, read_page

OBJECTIVE: Final = "acme/2026-Q4/fast"
PAGE: Final = "teams/acme/2026-Q4/fast.html"
SAID: Final = Vocabulary(read_catalogues())
LANGUAGES: Final = 'languages = ["en", "zh"]\n'


def _company(text: str, *, body: str = "", settings: str = "", title: str = "Fast *everywhere*") -> Compiled:
    """A company whose objective `fast` has a text as its `why`, and some other things to refer to."""
    why = "".join(f"      {line}\n" for line in text.splitlines())
    return compile_files(
        {
            "index.md": "---\nmission: Fast\n---\nDear all\n",
            "pages/glossary.md": "---\ntitle: Glossary\n---\nwords\n",
            "teams/acme/team.md": "---\nname: Acme & Sons\n---\n",
            "teams/acme/2026-Q3/okrs.md": "---\nobjectives:\n  slow: {title: Slow}\n---\n",
            "teams/acme/2026-Q3/retro.md": "---\nlessons:\n  early: Ask *early*\n---\n",
            "teams/acme/2026-Q4/okrs.md": (
                f"---\nobjectives:\n  fast:\n    title: {title}\n    why: |\n{why}"
                "    assumes: {calm: It stays calm.}\n"
                "    key_results:\n      p95: {title: Time & tide, baseline: 2 s, target: 1 s}\n"
                "guardrails:\n  refunds: {title: Refunds, keep_above: 95%}\n"
                f"---\n{body}"
            ),
            "teams/acme/2026-Q4/checkins/2026-10-09.md": "---\nrisks:\n  late: {about: fast, what: So *late*.}\n---\n",
            "teams/acme/2026-Q4/checkins/2026-12-09.md": "---\nrisks:\n  later: {about: fast, what: Later.}\n---\n",
        },
        settings=settings,
    )


def _why(compiled: Compiled, *, path: str = PAGE) -> str:
    objective = compiled.company.objectives[OBJECTIVE]
    return str(Writer(compiled.company, path, ENGLISH).block(objective.entry.why)).strip()


def _codes(compiled: Compiled) -> list[str]:
    return [problem.code for problem in compiled.problems if problem.severity is not Severity.HINT]


# --- references as links --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "link"),
    [
        ("fast", '<a href="fast.html">Fast <em>everywhere</em></a>'),
        ("acme/fast", '<a href="fast.html">Fast <em>everywhere</em></a>'),
        ("acme/2026-Q4/fast", '<a href="fast.html">Fast <em>everywhere</em></a>'),
        ("fast#p95", '<a href="#kr-p95">Time &amp; tide</a>'),
        ("acme/2026-Q3/slow", '<a href="../2026-Q3/slow.html">Slow</a>'),
        ("@acme", '<a href="../index.html">Acme &amp; Sons</a>'),
        ("acme", '<a href="../index.html">Acme &amp; Sons</a>'),
        ("guardrails#refunds", '<a href="index.html#kr-refunds">Refunds</a>'),
    ],
)
def test_a_reference_becomes_a_link_with_the_title_of_what_it_names(ref: str, link: str) -> None:
    compiled = _company(f"See [[{ref}]] now.")
    assert _codes(compiled) == []
    assert _why(compiled) == f"<p>See {link} now.</p>"


@pytest.mark.parametrize(
    ("ref", "words"), [("late", "So late."), ("calm", "It stays calm."), ("acme/2026-Q3/early", "Ask early")]
)
def test_risks_assumptions_and_lessons_are_named_by_their_words(ref: str, words: str) -> None:
    compiled = _company(f"[[{ref}]]")
    assert _codes(compiled) == []
    assert re.fullmatch(rf'<p><a href="[^"]+#[^"]+">{re.escape(words)}</a></p>', _why(compiled))


@pytest.mark.parametrize(
    ("page", "href"),
    [
        ("index.html", "teams/acme/2026-Q4/fast.html"),
        ("2026-Q4/map.html", "../teams/acme/2026-Q4/fast.html"),
        ("teams/zest/index.html", "../acme/2026-Q4/fast.html"),
        ("teams/acme/index.html", "2026-Q4/fast.html"),
        ("teams/acme/2026-Q4/other.html", "fast.html"),
        ("teams/acme/2026-Q4x/other.html", "../2026-Q4/fast.html"),
    ],
)
def test_links_are_relative_to_the_page_they_stand_on(page: str, href: str) -> None:
    assert Writer(_company("x").company, page, ENGLISH).href_of(OBJECTIVE) == href


@pytest.mark.parametrize(
    "ref", ["nowhere", "acme/nowhere", "nobody/fast", "@nobody", "fast#nothing", "acme/2025-Q4/fast"]
)
def test_a_reference_to_nothing_is_shown_as_typed_and_reported(ref: str) -> None:
    compiled = _company(f"See [[{ref}]].")
    assert _codes(compiled) == ["unresolved-link"]
    assert _why(compiled) == f"<p>See [[{ref}]].</p>"


def test_a_reference_to_what_is_still_to_come_is_shown_as_typed() -> None:
    assert _why(_company("See [[later]].")) == "<p>See [[later]].</p>"


@pytest.mark.parametrize("text", ["`[[fast]]`", "\\[[fast]]"])
def test_a_reference_in_code_or_behind_a_backslash_is_only_text(text: str) -> None:
    assert "<a " not in _why(_company(text))


@pytest.mark.parametrize("text", ["[[]]", "[[a b]]", "[[fast", "[fast]]", "[[<b>]]"])
def test_what_is_no_reference_is_only_text(text: str) -> None:
    compiled = _company(text)
    assert _codes(compiled) == []
    assert "<a " not in _why(compiled)


# --- no link in a link ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[see [[fast]] now](https://acme.example)",
        "[see [[nowhere]] now](https://acme.example)",
        "[see ![a picture](https://acme.example/x.png)](https://acme.example)",
        "[see **[[fast#p95]]**](../2026-Q3/okrs.md)",
        "[![[[fast]]](https://acme.example/x.png)](https://acme.example)",
    ],
)
def test_no_link_stands_in_another_link(text: str) -> None:
    page = read_page("x.html", _why(_company(text)))
    links = list(chosen(page, "a"))
    assert page.faults == ()
    assert not [link for link in links for other in links if link != other and inside(link, other)]
    assert "see" not in text or "see" in "".join(words for words, _ in page.words)


def test_a_picture_inside_a_link_is_only_its_words() -> None:
    html = _why(_company("[see ![a *blue* frame](https://acme.example/x.png) here](https://acme.example)"))
    assert html == '<p><a href="https://acme.example" rel="external noopener">see a blue frame here</a></p>'


def test_a_title_that_holds_links_loses_them_where_it_is_a_link_itself() -> None:
    compiled = _company("See [[fast]].", title="'Fast [as agreed](https://acme.example) with [[@acme]]'")
    writer = Writer(compiled.company, PAGE, ENGLISH)
    assert str(writer.inline(compiled.company.objectives[OBJECTIVE].entry.title)).count("<a ") == 2
    assert writer.link(OBJECTIVE).words == "Fast as agreed with Acme &amp; Sons"
    assert _why(compiled).count("<a ") == 1


# --- links to files and elsewhere -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("okrs.md", "index.html"),
        ("../2026-Q3/okrs.md", "../2026-Q3/index.html"),
        ("../2026-Q3/retro.md", "../2026-Q3/retro.html"),
        ("checkins/2026-10-09.md", "index.html#on-2026-10-09"),
        ("../team.md", "../index.html"),
        ("/pages/glossary.md", "../../../pages/glossary.html"),
        ("../../../pages/glossary.md", "../../../pages/glossary.html"),
        ("../../../pages/glossary.md#words", "../../../pages/glossary.html"),
        ("../../../index.md", "../../../index.html"),
    ],
)
def test_a_link_to_a_content_file_leads_to_the_page_that_shows_it(address: str, href: str) -> None:
    compiled = _company(f"[there]({address})")
    assert _codes(compiled) == []
    assert _why(compiled) == f'<p><a href="{href}">there</a></p>'


@pytest.mark.parametrize("address", ["nowhere.md", "../../../../../etc/passwd", "/okrs.md", "fast.html", "#top", "x/"])
def test_a_link_that_leads_nowhere_is_shown_as_text_and_reported(address: str) -> None:
    compiled = _company(f"[there]({address})")
    assert _codes(compiled) == ["dead-link"]
    assert _why(compiled) == '<p><span class="dead-link">there</span></p>'


def test_a_link_to_a_check_in_that_does_not_count_yet_is_shown_as_text() -> None:
    assert _why(_company("[there](checkins/2026-12-09.md)")) == '<p><span class="dead-link">there</span></p>'


@pytest.mark.parametrize(
    "address", ["https://acme.example/a?b=c&d", "http://acme.example", "mailto:a@acme.example", "tel:1"]
)
def test_a_link_elsewhere_says_that_it_leaves(address: str) -> None:
    html = _why(_company(f"[there]({address})"))
    assert html == f'<p><a href="{address.replace("&", "&amp;")}" rel="external noopener">there</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:image/png;base64,AA==",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "intent:x",
        "//evil.example",
        "/\\evil.example",
        "https://user@evil.example",
        "https://" + "x" * 2_100 + ".example",
    ],
)
def test_an_address_that_is_not_allowed_never_becomes_a_link(address: str) -> None:
    assert "<a " not in _why(_company(f"[there](<{address}>)"))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//acme.example/x", "ftp://acme.example/x"])
def test_an_address_that_is_not_allowed_is_reported(address: str) -> None:
    assert _codes(_company(f"[there]({address})")) == ["dead-link"]


def test_a_picture_becomes_a_link_because_pages_load_nothing_from_elsewhere() -> None:
    html = _why(_company("![The *new* frame](https://acme.example/x.png)"))
    assert html == '<p><a href="https://acme.example/x.png" rel="external noopener">The new frame</a></p>'


# --- languages ------------------------------------------------------------------------------------------------------


def _titled(title: str) -> Compiled:
    return _company("x", title=title, settings=LANGUAGES)


@pytest.mark.parametrize(
    ("title", "language", "html"),
    [
        ("{en: Fast, zh: 快}", "en", "Fast"),
        ("{en: Fast, zh: 快}", "zh", "快"),
        ("{zh: 快, en: Fast}", "en", "Fast"),
        ("{zh: 快}", "en", '<span lang="zh">快</span>'),
        ("{en: Fast}", "zh", '<span lang="en">Fast</span>'),
        ("Fast", "en", "Fast"),
        ("快", "en", '<span lang="zh">快</span>'),
        ("快", "zh", "快"),
        ("はやい", "en", '<span lang="ja">はやい</span>'),
        ("빠른", "en", '<span lang="ko">빠른</span>'),
        ("Café au lait", "en", "Café au lait"),
    ],
)
def test_a_text_is_shown_in_the_readers_language_or_marked_with_its_own(title: str, language: str, html: str) -> None:
    compiled = _titled(title)
    assert _codes(compiled) == []
    assert (
        Writer(compiled.company, PAGE, SAID.words(language)).inline(compiled.company.objectives[OBJECTIVE].entry.title)
        == html
    )


def test_a_longer_text_in_another_language_is_marked_as_a_block() -> None:
    assert _why(_company("快。", settings=LANGUAGES)) == '<div lang="zh"><p>快。</p>\n</div>'


def test_a_text_in_a_language_that_the_settings_do_not_list_is_reported_and_shown() -> None:
    compiled = _company("x", title="{en: Fast, de: Schnell}")
    assert _codes(compiled) == ["unknown-language"]
    title = compiled.company.objectives[OBJECTIVE].entry.title
    assert Writer(compiled.company, PAGE, ENGLISH).inline(title) == "Fast"


def test_a_translated_body_stands_for_its_file_in_that_language() -> None:
    compiled = compile_files(
        {
            "teams/acme/team.md": "---\nname: Acme\n---\nHello\n",
            "teams/acme/team.zh.md": "你好\n",
            "teams/acme/2026-Q4/okrs.md": "",
        },
        settings=LANGUAGES,
    )
    team = compiled.company.teams["acme"]
    for language, words in (("en", "Hello"), ("zh", "你好")):
        assert (
            Writer(compiled.company, "teams/acme/index.html", SAID.words(language)).body(team.body, team.path)
            == f"<p>{words}</p>\n"
        )


# --- bodies ---------------------------------------------------------------------------------------------------------


def _headings(html: str) -> list[str]:
    return re.findall(r"<(h\d)>", html)


@pytest.mark.parametrize(
    ("body", "level", "found"),
    [
        ("## One\n\n## Two\n", 2, ["h2", "h2"]),
        ("## One\n\n### Below\n\n#### Deeper\n", 2, ["h2", "h3", "h4"]),
        ("## One\n\n##### Far below\n", 2, ["h2", "h3"]),
        ("# Title\n\ntext\n", 2, ["h2"]),
        ("### Low\n\ntext\n", 2, ["h2"]),
        ("## One\n\n### Below\n", 4, ["h4", "h5"]),
        ("###### A\n\n# B\n\n## C\n\n###### D\n", 5, ["h5", "h5", "h5", "h6"]),
    ],
)
def test_headings_of_a_body_begin_at_a_level_and_never_skip_one(body: str, level: int, found: list[str]) -> None:
    compiled = _company("x", body=body)
    file = compiled.company.team_cycles["acme", "2026-Q4"]
    assert _headings(Writer(compiled.company, "x.html", ENGLISH).body(file.body, level=level)) == found


def test_an_objectives_own_story_can_be_left_out_of_the_body() -> None:
    compiled = _company("x", body="Lead.\n\n## The story {#fast}\n\nOnce.\n\n## Else {#other}\n\nMore.\n")
    body = compiled.company.team_cycles["acme", "2026-Q4"].body
    whole = Writer(compiled.company, "x.html", ENGLISH).body(body)
    rest = Writer(compiled.company, "x.html", ENGLISH).body(body, skip=["fast"])
    assert "Once." in whole
    assert "{#" not in whole
    assert "Once." not in rest
    assert "The story" not in rest
    assert "Lead." in rest
    assert "More." in rest


def test_a_heading_holds_no_link_where_it_is_only_words() -> None:
    compiled = _company("x", body="## About [[fast]] {#fast}\n\nOnce.\n")
    story = compiled.company.objectives[OBJECTIVE].story
    assert story
    assert Writer(compiled.company, PAGE, ENGLISH).heading(story.heading) == "About Fast <em>everywhere</em>"


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert _why(_company("a <b>bold</b> word")) == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>"


def test_titles_of_windows_hold_no_markup() -> None:
    compiled = _company("x", title="'Fast *and* `calm` [here](https://acme.example)'")
    title = compiled.company.objectives[OBJECTIVE].entry.title
    assert Writer(compiled.company, PAGE, ENGLISH).plain(title) == "Fast and calm here"


def test_a_gist_quotes_titles_and_calls_teams_by_their_names() -> None:
    compiled = _company("It waits for [[fast#p95]], says [[@acme]]; [[nowhere]].")
    why = compiled.company.objectives[OBJECTIVE].entry.why
    assert why
    gist = Writer(compiled.company, PAGE, ENGLISH).gist(why.prose("en")[1], 220)
    assert gist == "It waits for “Time &amp; tide”, says Acme &amp; Sons; [[nowhere]]."
