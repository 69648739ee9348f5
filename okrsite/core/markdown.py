"""Markdown to prose, once per text: CommonMark with tables, strikethrough, task lists and footnotes.

Raw HTML is shown as text, links are held to an allow-list, and what grows beyond its measure is shown as typed.
markdown-it-py does the parsing; this module owns the limits, the `[[reference]]` rule and the cut into sections.
"""

import hashlib
import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from okrsite.core.addresses import is_allowed, is_own_address
from okrsite.core.footnotes import gather_notes, used_notes
from okrsite.core.lookalikes import TURNING
from okrsite.core.losses import find_losses
from okrsite.core.simple_markdown import Block, simple_blocks, simple_line, simple_prose
from okrsite.core.source import Span
from okrsite.core.text import (
    EMPTY_BODY,
    EMPTY_PROSE,
    Body,
    HeadingTag,
    Home,
    LinkClose,
    LinkOpen,
    Mark,
    PictureMark,
    Piece,
    Prose,
    RefMark,
    RefusedLink,
    Section,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_Env = MutableMapping[str, Any]
MAX_ADDRESS: Final = 2_048
MAX_OUTPUT: Final = 1 << 20
MAX_GROWTH: Final = 20

# Two noncharacters that no text may hold bracket the number of a mark in rendered HTML.
_MARK_OPEN, _MARK_CLOSE = "\ufdd0", "\ufdd1"
_MARKS = re.compile(f"{_MARK_OPEN}(\\d+){_MARK_CLOSE}")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NONCHARACTERS}]")
_SIGNS = re.compile(rf"[\\`*_\[\]<>&!~\n\r\x00-\x08\x0b-\x1f\x7f-\x9f{_NONCHARACTERS}{TURNING}]")
_TURNING = re.compile(f"[{TURNING}]")
_BLOCK_SIGNS = re.compile(r"[\s#>+=|:~`-]|\d+[.)]")
_REF = re.compile(r"\[\[(@?[\w/#.-]{1,200})\]\]")
_HEADING_ID = re.compile(r"\{#([\w-]+)\}$")
_TASK = re.compile(r"\[([ xX])\] ")


def parse_inline(source: str, home: Home, span: Span) -> Prose:
    """A title or another text of one line."""
    if not _SIGNS.search(source):
        return Prose(source, (escape(source),), source)
    simple = simple_line(source, home, span)
    if simple:
        return Prose(source, *simple)
    prose = _render(_parser(inline=True).parseInline(_clean(source), {}), source, home, span, body=False)
    # What turns the direction of a title ends with it: a paragraph ends that by itself.
    return replace(prose, pieces=("<bdi>", *prose.pieces, "</bdi>")) if _TURNING.search(source) else prose


def parse_block(source: str, home: Home, span: Span) -> Prose:
    """A longer field: paragraphs, lists, tables."""
    if not source.strip():
        return EMPTY_PROSE
    if not _SIGNS.search(source) and not _BLOCK_SIGNS.match(source):
        stripped = source.rstrip()
        return Prose(source, (f"<p>{escape(stripped)}</p>\n",), stripped)
    blocks = simple_blocks(source)
    if blocks and not any(block.kind == "heading" for block in blocks):
        simple = simple_prose(blocks, home, span, own_lines=False)
        if simple:
            return Prose(source, *simple)
    note_id = f"{name_of(home.path)}-{span.line}-{span.column}"
    return _render(_parser(inline=False).parse(_clean(source), {}), source, home, span, note_id, body=False)


def parse_body(source: str, home: Home, line: int, note_id: str) -> Body:
    """A file's Markdown body that begins in a line; `note_id` keeps footnotes of several bodies apart on one page."""
    if not source.strip():
        return EMPTY_BODY
    simple = _simple_body(source, home, line)
    if simple:
        return simple
    span = Span(home.path, line)
    env: _Env = {}
    tokens = _parser(inline=False).parse(_clean(source), env)
    lost = find_losses(tokens, env, source)
    shares = _cut(tokens)
    limit = _limit(source)
    if sum(map(_size, shares)) > limit:
        return Body(_as_typed(source), ())
    lead = _render(shares[0], source, home, span, note_id)
    sections = []
    for number, share in enumerate(shares[1:], 1):
        at = line + (share[0].map or [0])[0]
        prose = _render(share[3:], source, home, span, f"{note_id}.{number}")
        sections.append(_section(share[1].content, prose, home, at))
    if sum(map(_grown, (lead, *(section.prose for section in sections)))) > limit:
        return Body(_as_typed(source), ())
    return Body(lead, tuple(sections), lost)


def _section(title: str, prose: Prose, home: Home, line: int) -> Section:
    """A section from its heading as written, which may end with `{#id}`."""
    title = title.rstrip()
    named = _HEADING_ID.search(title)
    if named:
        title = title[: named.start()].rstrip()
    return Section(parse_inline(title, home, Span(home.path, line)), named[1] if named else "", prose, line)


def _simple_body(source: str, home: Home, line: int) -> Body | None:
    """A body in which nothing is difficult; None for others."""
    parts: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in simple_blocks(source) or ():
        if block.kind != "heading":
            parts[-1][1].append(block)
        elif block.text.endswith("#"):
            return None
        else:
            parts.append((block, []))
    if parts == [(None, [])]:
        return None
    sections = []
    for heading, blocks in parts:
        written = simple_prose(blocks, home, Span(home.path, line), own_lines=True)
        if written is None:
            return None
        prose = Prose("", *written)
        if heading:
            sections.append(_section(heading.text[3:].strip(), prose, home, line + heading.row))
        else:
            lead = prose
    return Body(lead, tuple(sections))


def name_of(path: str) -> str:
    """A short name of a file that keeps its footnotes apart from those of other files on one page."""
    return hashlib.sha256(path.encode()).hexdigest()[:8]


def _clean(source: str) -> str:
    return _UNSEEN.sub("\ufffd", source)


@cache
def _parser(*, inline: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    md = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough"] if inline else ["table", "strikethrough"])
    if not inline:
        md.use(footnote_plugin, inline=False)
    md.inline.ruler.before("link", "okr_ref", _ref_rule)
    setattr(md, "validateLink", lambda address: len(address) <= MAX_ADDRESS)  # noqa: B010 - the library's documented way to replace it
    shown = md.normalizeLinkText
    setattr(md, "normalizeLinkText", lambda text: _clean(shown(text)))  # noqa: B010 - it decodes what was encoded
    rules: Any = md.renderer.rules  # type: ignore[attr-defined]
    rules.update(
        heading_open=_heading,
        heading_close=_heading,
        link_open=_link_open,
        link_close=_link_close,
        okr_ref=_okr_ref,
        image=_image,
        table_open=lambda *_: '<div class="scroll" tabindex="0"><table>\n',
        table_close=lambda *_: "</table></div>\n",
        okr_task=_task,
    )
    return md


def _ref_rule(state: "StateInline", silent: bool) -> bool:
    found = _REF.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("okr_ref", "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


# --- rendering ----------------------------------------------------------------------------------------------------


def _render(
    tokens: Sequence["Token"], source: str, home: Home, span: Span, note_id: str = "", *, body: bool = True
) -> Prose:
    """Tokens as prose; those of a body know their own lines, a field's all stand where the field does."""
    if _size(tokens) > _limit(source):
        return _as_typed(source)
    env: _Env = {"marks": [], "home": home, "in_link": 0, "docId": note_id or None}
    _rank_headings(tokens)
    _mark_tasks(tokens)
    _mend_tables(tokens)
    for token in tokens:
        line = span.line + token.map[0] if body and token.map else span.line
        for child in token.children or ():
            child.meta["span"] = span._replace(line=line) if body else span
            line += child.type in ("softbreak", "hardbreak")
    md = _parser(inline=False)
    html = md.renderer.render(tokens, md.options, env)
    prose = Prose("" if body else source, tuple(_pieces(html, env["marks"])), _plain(tokens))
    return prose if _grown(prose) <= _limit(source) else _as_typed(source)


def _limit(source: str) -> int:
    """How many characters of HTML may come of a text."""
    return min(MAX_OUTPUT, MAX_GROWTH * len(source) + MAX_ADDRESS)


def _size(tokens: Iterable["Token"]) -> int:
    """About how much HTML tokens will make, told without making it."""
    return sum(
        len(token.content)
        + sum(len(str(value)) for child in token.children or () if child.attrs for value in child.attrs.values())
        for token in tokens
    )


def _grown(prose: Prose) -> int:
    """How many characters of HTML a text has become, its links' addresses counted."""
    return sum(len(piece) if isinstance(piece, str) else len(str(piece[0])) for piece in prose.pieces)


def _rank_headings(tokens: Iterable["Token"]) -> None:
    """Give each heading its depth below the text's own top, without skipping one."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            token.meta["depth"] = len(above)


def _as_typed(source: str) -> Prose:
    """What cannot be rendered within its measure is shown as it was written."""
    return Prose(source, (f'<pre class="as-typed">{escape(source)}</pre>\n',), source)


def is_as_typed(prose: Prose) -> bool:
    """Whether a text was too large to render."""
    return bool(prose.pieces) and str(prose.pieces[0]).startswith('<pre class="as-typed">')


def _pieces(html: str, marks: list[Mark]) -> Iterable[Piece]:
    for number, part in enumerate(_MARKS.split(html)):
        if number % 2:
            yield marks[int(part)]
        elif part:
            yield part


def _plain(tokens: Iterable["Token"]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.type == "inline":
            words.append("".join(_words(token.children or ())))
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
    return " ".join(_TURNING.sub("", " ".join(words)).split())


def _words(tokens: Iterable["Token"]) -> Iterable[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield "".join(_words(token.children or ()))
        elif token.type in ("text", "code_inline", "okr_ref", "text_special"):
            yield token.content


def _mark(env: _Env, mark: Mark) -> str:
    env["marks"].append(mark)
    return f"{_MARK_OPEN}{len(env['marks']) - 1}{_MARK_CLOSE}"


def _heading(tokens: Sequence["Token"], at: int, _options: object, env: _Env) -> str:
    return _mark(env, HeadingTag(tokens[at].meta["depth"], tokens[at].type == "heading_open"))


def _link_open(tokens: Sequence["Token"], at: int, _options: object, env: _Env) -> str:
    token = tokens[at]
    address = str(token.attrs.get("href", ""))
    env["in_link"] += 1
    env.setdefault("open", []).append(address)
    return _opening(address, env, token.meta["span"])


def _link_close(_tokens: Sequence["Token"], _at: int, _options: object, env: _Env) -> str:
    env["in_link"] -= 1
    return _closing(env["open"].pop(), env)


def _opening(address: str, env: _Env, span: Span) -> str:
    kind = LinkOpen if is_allowed(address) else RefusedLink
    return _mark(env, kind(address, env["home"], span))


def _closing(address: str, env: _Env) -> str:
    return _mark(env, LinkClose(address, env["home"])) if is_allowed(address) else ""


def _okr_ref(tokens: Sequence["Token"], at: int, _options: object, env: _Env) -> str:
    token = tokens[at]
    return _mark(env, RefMark(token.content, env["home"], token.meta["span"], linked=not env["in_link"]))


def _image(tokens: Sequence["Token"], at: int, _options: object, env: _Env) -> str:
    """A picture from elsewhere becomes a link to it: the site loads nothing that is not its own."""
    token = tokens[at]
    address, said = str(token.attrs.get("src", "")), "".join(_words(token.children or ()))
    if address and is_allowed(address) and not is_own_address(address):
        return _mark(env, PictureMark(address, said, env["home"], token.meta["span"]))
    words = escape(said or "picture")
    if env["in_link"]:
        return words
    return _opening(address, env, token.meta["span"]) + words + _closing(address, env)


def _mend_tables(tokens: Sequence["Token"]) -> None:
    """Let a table's cells say how they are aligned by a class: pages carry no style of their own.

    An empty cell heads nothing, such as the corner of a table with headings above and beside it.
    """
    for opening, inside, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and not inside.content:
            opening.tag = closing.tag = "td"
    for token in tokens:
        style = token.attrs.pop("style", "") if token.type in ("th_open", "td_open") else ""
        if style:
            token.attrs["class"] = f"align-{str(style).rpartition(':')[2]}"


def _mark_tasks(tokens: Sequence["Token"]) -> None:
    """Turn `[ ]` and `[x]` at the beginning of list items into tasks."""
    from markdown_it.token import Token

    for before, opening, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        found = (
            _TASK.match(token.content) if before.type == "list_item_open" and opening.type == "paragraph_open" else None
        )
        if found and token.children and token.children[0].type == "text":
            token.children[0].content = token.children[0].content[len(found[0]) :]
            token.children.insert(0, Token("okr_task", "", 0, content=found[1]))


def _task(tokens: Sequence["Token"], at: int, _options: object, _env: _Env) -> str:
    done = tokens[at].content in "xX"
    return f'<span class="task" role="img" aria-label="{"done" if done else "to do"}">{"☑" if done else "☐"}</span> '


# --- sections -----------------------------------------------------------------------------------------------------


def _cut(tokens: list["Token"]) -> list[list["Token"]]:
    """The tokens by section, each with the footnotes it refers to at its end."""
    end = next((n for n, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    starts = [
        n for n in range(end) if tokens[n].type == "heading_open" and tokens[n].tag == "h2" and not tokens[n].level
    ]
    shares = [tokens[a:b] for a, b in pairwise([0, *starts, end])]
    if end < len(tokens):
        notes = gather_notes(tokens[end + 1 : -1])
        for share in shares:
            kept = [token for number, used in used_notes(share, notes) for token in notes[number].tokens(used)]
            if kept:
                share += [tokens[end], *kept, tokens[-1]]
    return shares
