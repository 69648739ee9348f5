"""Markdown to prose: plain text, links that are allowed, raw HTML as text, bounded growth, footnotes, headings."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from okrsite.core.addresses import is_allowed, is_own_address
from okrsite.core.lookalikes import TURNING
from okrsite.core.markdown import is_as_typed, parse_block, parse_body, parse_inline
from okrsite.core.source import Span
from okrsite.core.text import Body, HeadingTag, Home, LinkClose, LinkOpen, Prose, RefMark

from .company import compiled, only, parsed
from .timing import under_five_seconds

HOME = Home("content/teams/a/2026-Q4/okrs.md", "a", "2026-Q4")
SPAN = Span(HOME.path, 3, 8, 20)
LIBRARY = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


def inline(source: str) -> Prose:
    return parse_inline(source, HOME, SPAN)


def block(source: str) -> Prose:
    return parse_block(source, HOME, SPAN)


def body(source: str, line: int = 10) -> Body:
    return parse_body(source, HOME, line, "note")


def html(prose: Prose) -> str:
    """The HTML between the marks."""
    return "".join(piece for piece in prose.pieces if isinstance(piece, str))


def addresses(prose: Prose) -> list[str]:
    return [piece.address for piece in prose.pieces if isinstance(piece, LinkOpen)]


def refs(prose: Prose) -> list[str]:
    return [piece.text for piece in prose.pieces if isinstance(piece, RefMark)]


def proses(text: Body) -> list[Prose]:
    return [text.lead, *(section.prose for section in text.sections)]


# --- plain text ---------------------------------------------------------------------------------------------------

plain_texts = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \t.,;:'\"()/#>+=|$%@^{}-?0123456789abcXYZéß数😀\u00a0\u2028\u0301"),
        st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\\`*_[]<>&!~"),
    ),
    max_size=30,
)
same_every_time = settings(derandomize=True, deadline=None, max_examples=500)


@same_every_time
@given(plain_texts)
@example('it\'s "quoted" & done')
@example("1) a list?")
@example("- a list?")
@example("    code?")
@example("Title: = | +")
def test_plain_text_of_one_line_reads_as_the_library_reads_it(source: str) -> None:
    """One way of writing an apostrophe in HTML is as good as another."""
    found = re.sub("</?bdi>", "", html(inline(source)).replace("&#x27;", "'"))
    assert found == LIBRARY.renderInline(source)


@same_every_time
@given(plain_texts)
@example("# a heading")
@example("> a quotation")
@example("1. a list")
@example("12) a list")
@example("    code")
@example("===")
@example("| a | b |")
@example("a sentence ends.   ")
def test_plain_text_of_a_block_reads_as_the_library_reads_it(source: str) -> None:
    if source.lstrip().startswith("#") or not source.strip():
        return  # headings are marks here, and nothing stays nothing
    found = html(block(source)).replace("&#x27;", "'")
    assert found.strip() == LIBRARY.render(source).strip()


@same_every_time
@given(plain_texts)
def test_plain_text_is_the_same_without_its_markup(source: str) -> None:
    prose = inline(source)
    straight = re.sub(f"</?bdi>|[{TURNING}]", "", html(prose))
    assert unescape(straight).split() == prose.plain.split()
    assert prose.source == source


def test_nothing_is_nothing() -> None:
    assert block("  \n \n").pieces == ()
    assert body(" \n\n").empty


# --- inline and block Markdown ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown", "plain"),
    [
        ("a *b* **c**", "a <em>b</em> <strong>c</strong>", "a b c"),
        ("`a < b`", "<code>a &lt; b</code>", "a < b"),
        ("~~gone~~", "<s>gone</s>", "gone"),
        ("5 \\* 5", "5 * 5", "5 * 5"),
        ("R&amp;D", "R&amp;D", "R&D"),
        ("# no heading", "# no heading", "# no heading"),
        ("- no list", "- no list", "- no list"),
    ],
)
def test_titles_take_inline_markdown(source: str, shown: str, plain: str) -> None:
    prose = inline(source)
    assert (html(prose), prose.plain, prose.source) == (shown, plain, source)


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        ("- one\n- two", ["<ul>", "<li>one</li>"]),
        ("1. one\n2. two", ["<ol>", "<li>two</li>"]),
        ("| a | b |\n| - | - |\n| 1 | 2 |", ["<table>", "<th>a</th>", "<td>2</td>", 'tabindex="0"']),
        ("|  | b |\n| - | -: |\n| 1 | 2 |", ["<td></td>", '<th class="align-right">b</th>']),
        ("> said", ["<blockquote>"]),
        ("```\na < b\n```", ["<pre><code>a &lt; b\n</code></pre>"]),
        ("~~gone~~", ["<s>gone</s>"]),
        ("- [ ] open\n- [x] done", ['aria-label="to do"', 'aria-label="done"']),
        ("one\n\ntwo", ["<p>one</p>", "<p>two</p>"]),
    ],
)
def test_longer_fields_take_blocks(source: str, signs: list[str]) -> None:
    shown = html(block(source))
    assert [sign for sign in signs if sign not in shown] == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b>",
        "<!-- comment -->",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<div>\nblock\n</div>",
        "<svg/onload=alert(1)>",
        "</textarea><script>",
        "`<b>` <b>",
        "*<i>*",
    ],
)
def test_raw_html_is_shown_as_text(source: str) -> None:
    for prose in (inline(source), block(source), body(source).lead):
        tags = set(re.findall(r"<\s*/?\s*([a-z!?]+)", html(prose), re.IGNORECASE))
        assert tags <= {"p", "em", "code", "br"}
        assert "alert(1)" in unescape(html(prose)) or "alert" not in source


@pytest.mark.parametrize("source", ['```js" onload="x\na\n```', "```<script>\na\n```"])
def test_the_word_behind_a_fence_is_escaped(source: str) -> None:
    shown = html(block(source))
    assert "<script>" not in shown
    assert ' onload="' not in shown


# --- links --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://wiki.example/page",
        "http://wiki.example",
        "HTTPS://wiki.example",
        "mailto:desk@bikes.example",
        "tel:+4912345",
        "okrs.md",
        "../2026-Q3/retro.md#learned",
        "/pages/glossary.md",
        "https://wiki.example/@handle",
        "https://wiki.example/" + "a" * 2_000,
    ],
)
def test_links_to_the_web_by_mail_and_to_content_are_links(address: str) -> None:
    prose = inline(f"see [this]({address}) now")
    assert addresses(prose) == [address]
    assert [type(piece) for piece in prose.pieces] == [str, LinkOpen, str, LinkClose, str]
    assert prose.plain == "see this now"


FORBIDDEN = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "ftp://x.example",
    "blob:x",
    "view-source:x",
    "ms-msdt:x",
    "intent:x",
    "steam:x",
    "//evil.example",
    "http://a@evil.example",
    "https://user:word@evil.example/x",
    # Browsers read each of these as `https://a@evil.example`.
    "https:///a@evil.example",
    "https:/a@evil.example",
    "https:a@evil.example",
    "https:\\\\a@evil.example",
)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_other_addresses_may_not_be_followed(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize(
    "address", ["https://x.example", "HTTP://x.example/@a", "https://x.example?a@b", "mailto:a@b.example", "tel:+1"]
)
def test_addresses_of_the_web_mail_and_telephones_may_be_followed(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_link_that_may_not_be_followed_is_never_a_link(address: str) -> None:
    for source in (f"[x]({address})", f"[x](<{address}>)", f"![x]({address})", f"[x][r]\n\n[r]: {address}\n"):
        for prose in (inline(source), block(source), body(source).lead):
            assert addresses(prose) == []
            assert not any(isinstance(piece, LinkClose) for piece in prose.pieces)
            assert not re.search("<a|<img|href=|src=", html(prose))


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_link_that_may_not_be_followed_is_reported(address: str) -> None:
    problem = only(compiled({"pages/a.md": f"---\ntitle: T\n---\n[x]({address})\n"}).problems, "dead-link")
    assert problem.span.line == 4
    assert "`https:`" in problem.hint


def test_an_address_without_end_is_text() -> None:
    address = "https://x.example/" + "a" * 2_100
    assert addresses(inline(f"[x]({address})")) == []
    assert address in html(inline(f"[x]({address})"))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[x](java&#x0A;script:alert(1))", "java%0Ascript:alert(1)"),
        ("[x](\x01javascript:alert(1))", "%EF%BF%BDjavascript:alert(1)"),
        ("[x](/\\evil)", "/%5Cevil"),
    ],
)
def test_a_disguised_address_is_never_a_script_nor_another_host(source: str, address: str) -> None:
    assert addresses(inline(source)) == [address]


def test_a_picture_is_a_link_to_it() -> None:
    prose = inline("![the *plan*](https://pictures.example/plan.png)")
    assert addresses(prose) == ["https://pictures.example/plan.png"]
    assert (html(prose), prose.plain) == ("the plan", "the plan")
    linked = inline("[![plan](https://pictures.example/plan.png)](https://wiki.example)")
    assert addresses(linked) == ["https://wiki.example"], "no link inside a link"
    assert inline("![](https://pictures.example/plan.png)").pieces[1] == "picture"


@pytest.mark.parametrize(
    ("address", "own"),
    [("https://x.example", True), ("mailto:a", True), ("okrs.md", False), ("/a", False), ("", False)],
)
def test_complete_addresses_are_told_from_content_files(address: str, own: bool) -> None:
    assert is_own_address(address) is own


# --- references ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref",
    ["fast", "fast#p95", "payments/fast#p95", "payments/2026-Q4/fast#p95", "@payments", "支付/2026-Q4/快", "a_b-c"],
)
def test_references_in_brackets_are_marks(ref: str) -> None:
    for prose in (inline(f"see [[{ref}]]."), block(f"- see [[{ref}]]."), body(f"see [[{ref}]].").lead):
        assert refs(prose) == [ref]
        assert prose.plain == f"see {ref}."


def test_a_mark_knows_where_it_stands() -> None:
    (mark,) = (piece for piece in inline("[[fast]]").pieces if isinstance(piece, RefMark))
    assert (mark.home, mark.span, mark.linked) == (HOME, SPAN, True)


@pytest.mark.parametrize(
    "source", ["`[[fast]]`", "\\[[fast]]", "[[two words]]", "[[]]", "[[a", "[[" + "a" * 300 + "]]"]
)
def test_other_brackets_are_text(source: str) -> None:
    prose = inline(source)
    assert refs(prose) == []
    assert unescape(re.sub("<.*?>", "", html(prose))) in (source, source.strip("`"), source.lstrip("\\"))


def test_a_reference_cannot_be_forged_with_the_signs_that_mark_it() -> None:
    prose = inline("a \ufdd00\ufdd1 *b* [[fast]]")
    assert refs(prose) == ["fast"]
    assert html(prose) == "a \ufffd0\ufffd <em>b</em> "


# --- bounds -------------------------------------------------------------------------------------------------------

LIMIT = 64 * 1024


def bombs() -> list[str]:
    address = "https://x.example/" + "a" * 2_000
    return [
        f"[1]: {address}\n\n" + "[1] " * 15_000,
        f"[1]: {address}\n\n" + "![1] " * 12_000,
        "[1]: /x '" + "a" * 30_000 + "'\n\n" + "[1] " * 8_000,
        f"[1]: {address}\n\n" + "[1][1][1]\n\n" * 5_000,
        "[^1]: " + "x" * 20_000 + "\n\n" + "[^1]" * 10_000,
    ]


def size(text: Body) -> int:
    """How long the pages of a body would be, links in full."""
    return sum(
        len(piece) if isinstance(piece, str) else len(piece.address) if isinstance(piece, LinkOpen) else 0
        for prose in proses(text)
        for piece in prose.pieces
    )


@pytest.mark.parametrize("number", range(5))
def test_a_file_of_link_references_is_bounded(number: int) -> None:
    source = bombs()[number][:LIMIT]
    with under_five_seconds():
        text = body(source)
    assert size(text) <= 20 * len(source)
    assert is_as_typed(text.lead) or size(text) <= 2 * len(source)


def test_a_file_that_grows_too_much_is_reported_and_shown_as_typed() -> None:
    page = parsed("pages/a.md", "---\ntitle: T\n---\n" + bombs()[0][: LIMIT - 100])
    assert only(page.problems, "body-too-large").span.line == 4
    assert page.file is not None
    assert is_as_typed(page.file.body.lead)
    assert "<a" not in html(page.file.body.lead)


@pytest.mark.parametrize(
    ("repeated", "once"),
    [("## a\n[1]\n\n", "[1]: https://x.example/" + "a" * 2_000), ("## a\nb[^1]\n\n", "[^1]: " + "x" * 2_000)],
    ids=["links", "footnotes"],
)
def test_sections_do_not_get_around_the_bound(repeated: str, once: str) -> None:
    source = repeated * 400 + once
    assert size(body(source)) <= 20 * len(source)


@pytest.mark.parametrize(
    "source",
    [
        ">" * 60_000,
        "*a_" * 20_000,
        "- " * 30_000,
        "[[a]]" * 12_000,
        "`" * 60_000,
        "|" * 200 + "\n" + "|-" * 200 + "|\n" + "|\n" * 20_000,
        "## a" + " " * 60_000 + "b",
        "## a" + " {#a" * 15_000,
        "a" * 60_000,
    ],
    ids=["quotations", "emphasis", "lists", "references", "code", "table", "spaces", "ids", "letters"],
)
def test_hostile_markdown_is_read_in_proportion_to_its_length(source: str) -> None:
    with under_five_seconds():
        text = body(source)
    assert size(text) <= 20 * len(source)


# --- headings and sections ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "depths"),
    [
        ((1, 2, 3), [1, 2, 3]),
        ((1, 3, 6), [1, 2, 3]),
        ((3, 3, 4), [1, 1, 2]),
        ((4, 2, 3), [1, 1, 2]),
        ((1, 6, 2, 3), [1, 2, 2, 3]),
        ((6, 1), [1, 1]),
    ],
)
def test_headings_never_skip_a_level(levels: tuple[int, ...], depths: list[int]) -> None:
    prose = block("\n\n".join(f"{'#' * level} Heading" for level in levels))
    assert [piece.depth for piece in prose.pieces if isinstance(piece, HeadingTag) and piece.opens] == depths


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=12))
def test_no_order_of_headings_skips_a_level(levels: list[int]) -> None:
    text = body("\n\n".join(f"{'#' * level} Heading\n\ntext" for level in levels))
    found = 0
    for prose in proses(text):
        above = 0
        for piece in prose.pieces:
            if isinstance(piece, HeadingTag) and piece.opens:
                assert 1 <= piece.depth <= above + 1
                above, found = piece.depth, found + 1
    assert found + len(text.sections) == len(levels)


def test_a_body_is_cut_at_its_second_level_headings() -> None:
    text = body("Lead.\n\n## One *more*\n\nA.\n\n### Deep\n\nB.\n\nTwo\n---\nC.\n", line=7)
    assert text.lead.plain == "Lead."
    assert [(s.heading.plain, s.id, s.line, s.prose.plain) for s in text.sections] == [
        ("One more", "", 9, "A. Deep B."),
        ("Two", "", 17, "C."),
    ]


@pytest.mark.parametrize(
    ("heading", "title", "id_"),
    [
        ("## How it went {#fast}", "How it went", "fast"),
        ("## How it went {#fast} ##", "How it went", "fast"),
        ("## 怎么样 {#快}", "怎么样", "快"),
        ("## {#fast}", "", "fast"),
        ("## Curly {braces}", "Curly {braces}", ""),
        ("## Curly {#two words}", "Curly {#two words}", ""),
    ],
)
def test_a_heading_may_name_an_objective(heading: str, title: str, id_: str) -> None:
    (section,) = body(f"{heading}\n\ntext\n").sections
    assert (section.heading.plain, section.id) == (title, id_)


@pytest.mark.parametrize("source", ["> ## Said\n\ntext", "- ## Listed\n\ntext", "# First\n\ntext", "```\n## code\n```"])
def test_other_headings_cut_nothing(source: str) -> None:
    assert body(source).sections == ()


# --- footnotes ----------------------------------------------------------------------------------------------------

NOTED = "Lead[^a].\n\n## One\n\nText[^b].\n\n## Two\n\nNone.\n\n[^a]: The *first*.\n[^b]: See [[fast]].\n"


def test_each_section_carries_the_footnotes_it_refers_to() -> None:
    lead, one, two = proses(body(NOTED))
    assert ("The <em>first</em>." in html(lead), "See " in html(lead)) == (True, False)
    assert ("first" in html(one), refs(one)) == (False, ["fast"])
    assert "footnote" not in html(two)
    assert "The first." in lead.plain


def test_a_footnote_and_its_reference_lead_to_each_other() -> None:
    shown = "".join(html(prose) for prose in proses(body(NOTED)))
    ids, targets = re.findall(r'id="([^"]+)"', shown), re.findall(r'href="#([^"]+)"', shown)
    assert len(ids) == len(set(ids)) == 4
    assert set(targets) == set(ids)


def test_a_footnote_used_in_two_sections_has_one_id_each() -> None:
    shown = "".join(html(prose) for prose in proses(body("Lead[^a].\n\n## One\n\nText[^a].\n\n[^a]: Note.\n")))
    ids, targets = re.findall(r'id="([^"]+)"', shown), re.findall(r'href="#([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_footnotes_of_two_bodies_can_share_a_page() -> None:
    both = [html(parse_body("Text[^1].\n\n[^1]: Note.\n", HOME, 1, name).lead) for name in ("one", "two")]
    ids = re.findall(r'id="([^"]+)"', "".join(both))
    assert len(ids) == len(set(ids)) == 4


def test_footnotes_of_two_fields_can_share_a_page() -> None:
    both = [html(parse_block("Text[^1].\n\n[^1]: Note.\n", HOME, Span(HOME.path, line))) for line in (5, 9)]
    ids = re.findall(r'id="([^"]+)"', "".join(both))
    assert len(ids) == len(set(ids)) == 4


def test_a_footnote_that_nobody_wrote_is_text() -> None:
    assert html(block("Text[^nowhere].")) == "<p>Text[^nowhere].</p>\n"


# --- anything -----------------------------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet="ab1 \n\t#*_[]()<>!`~|-=:&\\^{}@/.'\"é\u00a0\ufdd0\x00", max_size=60))
def test_no_text_makes_tags_of_its_own(source: str) -> None:
    known = {
        *("p", "em", "strong", "code", "pre", "s", "br", "hr", "ul", "ol", "li", "blockquote", "a", "sup", "section")
    }
    known |= {"div", "table", "thead", "tbody", "tr", "th", "td", "span"}
    for prose in (inline(source), block(source), *proses(body(source))):
        tags = re.findall(r"<(?:/)?([^\s>/]*)", html(prose))
        assert set(tags) <= known


@pytest.mark.parametrize("character", ["\ufdd5", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\x7f", "\x85"])
def test_what_no_document_may_hold_is_replaced(character: str) -> None:
    assert inline(f"a{character}b").pieces == ("a\ufffdb",)
    assert "".join(map(str, block(f"a{character}b").pieces)) == "<p>a\ufffdb</p>\n"


def test_a_note_to_which_only_another_note_refers_is_kept_with_it() -> None:
    body = parse_body("One[^a].\n\n## Two\n\nAlone.\n\n[^a]: first [^b]\n[^b]: second\n", HOME, 1, "n")
    lead = "".join(map(str, body.lead.pieces))
    assert "first" in lead
    assert "second" in lead
    assert "footnote" not in "".join(map(str, body.sections[0].prose.pieces))


def test_a_note_shared_by_sections_stands_in_each_with_its_own_ways_back() -> None:
    body = parse_body("[^a]: the note\n\n## One\n\nx[^a] y[^a]\n\n## Two\n\nz[^a]\n", HOME, 1, "n")
    shown = ["".join(map(str, section.prose.pieces)) for section in body.sections]
    assert [text.count("the note") for text in shown] == [1, 1]
    assert [text.count('class="footnote-backref"') for text in shown] == [2, 1]
