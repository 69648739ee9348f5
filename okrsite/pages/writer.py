"""Texts as a page shows them: in the reader's language where there is one, with references turned into links."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape, unescape
from typing import Final

from okrsite.core.addresses import is_own_address
from okrsite.core.company import Company
from okrsite.core.looking_back import question_of
from okrsite.core.model import Answer, CycleFile, File, PageFile, TeamFile
from okrsite.core.refs import team_of
from okrsite.core.text import (
    Body,
    HeadingTag,
    Html,
    LinkClose,
    LinkOpen,
    Mark,
    PictureMark,
    Prose,
    RefMark,
    RefusedLink,
    Text,
)
from okrsite.pages import urls
from okrsite.pages.gists import cut, sentences
from okrsite.pages.languages import has_own_letters, language_of_letters
from okrsite.pages.parts import Link
from okrsite.pages.words import Words

NOTHING: Final = Html("")
_REL: Final = ' rel="external noopener"'
_STRONG: Final = ' class="heading"'
MAX_REFS: Final = 10
"""References in a text of one line that bring their titles along, for such texts stand on many pages."""
MAX_TITLE: Final = 240
"""Characters of a title that a reference in a text may bring along, so that many of them stay bounded."""
_TAG = re.compile("<[^<>]*>")


class Writer:
    """Writes texts and links for one page at a path of its language's tree.

    `say` are the words of the page's own language, that of its labels; `reading` is the language in which texts are
    preferred. Writers of the same two may share `brief`, which remembers the title that was cut for a reference, or has
    it made. With a `base`, the address of the site with `/` at its end, links begin there and not at the page.
    """

    def __init__(
        self,
        company: Company,
        path: str,
        say: Words,
        reading: str = "",
        brief: Callable[[str, Callable[[], Html]], Html] | None = None,
        base: str = "",
    ) -> None:
        self.company, self.path, self.say, self.language = company, path, say, say.language
        self.reading = reading or self.language
        titles: dict[str, Html] = {}
        self._brief = brief or (lambda ref, make: titles.get(ref) or titles.setdefault(ref, make()))
        self._in_title = False
        self._at_home = self._guess("") == self.language  # where plain texts need no mark
        tree = urls.tree(self.reading, company.settings.language)
        self.root = base + tree if base else urls.to_root(path)
        """The way to the root of the language's tree."""
        self.top = base or self.root + urls.to_root(tree)
        """The way to the root of all languages' trees, where the assets are."""
        self._ways = () if base else urls.ways_up(path)

    # --- addresses -------------------------------------------------------------------------------------------------

    def href(self, path: str, fragment: str = "") -> str:
        """The address of a page of the site, from here."""
        if path == self.path and fragment:
            return urls.quoted("", fragment)
        for folder, way in self._ways:
            if path.startswith(folder):
                return way + urls.quoted(path[len(folder) :], fragment)
        return self.root + urls.quoted(path, fragment)

    def href_of(self, ref: str) -> str:
        """The address of whatever a full reference names."""
        return self.href(*urls.place(ref, self.company.places[ref]))

    # --- texts -----------------------------------------------------------------------------------------------------

    def inline(self, text: Text | None, *, links: bool = True) -> Html:
        """A text of one line."""
        return self._write(text, "span", links=links)

    def block(self, text: Text | None) -> Html:
        """A text of paragraphs."""
        return self._write(text, "div", links=True)

    def inlines(self, texts: Iterable[Text]) -> tuple[Html, ...]:
        return tuple(self.inline(text) for text in texts)

    def answers(self, answers: Iterable[Answer]) -> tuple[tuple[str, Html], ...]:
        """What a team answers to advice: (code, reason) pairs."""
        return tuple((answer.code, self.block(answer.reason)) for answer in answers)

    def gist(self, prose: Prose, limit: int) -> Html:
        """The beginning of a text in plain words, its references with their titles."""
        text = self.brief(prose, limit)
        return Html(self._marked(escape(text), "span", "", text))

    def brief(self, prose: Prose, limit: int) -> str:
        """The same as text: whole sentences where they can be, and what is quoted in quotation marks."""
        pieces = (self._quoted(p) if isinstance(p, RefMark) else self._piece(p) for p in prose.pieces)
        return cut(sentences("".join(pieces)), limit)

    def words(self, text: str) -> Html:
        """A few words that hold no Markdown, such as a value as typed: the page's language unless in other letters."""
        return Html(self._marked(escape(text), "span", self._letters(text) or self.language, text))

    def plainly(self, text: Text) -> Html:
        """A text in its words alone, without markup and links."""
        language, prose = text.prose(self.reading)
        return Html(self._marked(escape(prose.plain), "span", language, prose.plain))

    def plain(self, text: Text) -> str:
        """A text without markup, for titles of windows and for names."""
        return text.prose(self.reading)[1].plain

    def body(
        self, body: Body, path: str = "", *, level: int = 2, skip: Iterable[str] = (), looks_back: bool = False
    ) -> Html:
        """A body but for the sections whose ids are to be skipped; in the reader's language where it is written.

        `level` is that of its first headings, one below the heading under which it stands. Where it `looks_back`, the
        usual questions among its headings are asked in the page's language.
        """
        for translation in self.company.translations.get(path, ()):
            if translation.language == self.reading:
                html = self.body(translation.body, level=level, skip=skip)
                return Html(self._marked(html, "div", self.reading, ""))
        skipped = set(skip)
        parts = [self._join(body.lead, level)]
        for section in body.sections:
            if section.id in skipped:
                skipped.remove(section.id)  # a story's first section stands on its objective's page
                continue
            asked = self._question(section.heading) if looks_back else NOTHING
            heading, prose = asked or self._join(section.heading), self._join(section.prose, level + 1)
            language = f' lang="{self.language}"' if asked else ""
            parts.append(f"<h{level}{language}>{heading}</h{level}>\n{prose}")
        plain = body.lead.plain + " ".join(section.prose.plain for section in body.sections)
        return Html(self._marked("".join(parts), "div", "", plain))

    def _question(self, heading: Prose) -> Html:
        """One of the usual questions of a look back, where it is asked in another language than the page's."""
        question = question_of(heading.plain)
        return (
            self.say.pgettext("theme", question)
            if question and self._guess(heading.plain) != self.language
            else NOTHING
        )

    def prose(self, prose: Prose, level: int) -> Html:
        """One piece of prose, such as a section, whose first headings have a level."""
        return Html(self._marked(self._join(prose, level), "div", "", prose.plain))

    def heading(self, prose: Prose) -> Html:
        """The words of a heading, without links."""
        return Html(self._marked(self._join(prose, links=False), "span", "", prose.plain))

    # --- links -----------------------------------------------------------------------------------------------------

    def link(self, ref: str) -> Link:
        """A link to whatever a full reference names, with its title."""
        return Link(self.title(ref), self.href_of(ref))

    def knows(self, ref: str) -> bool:
        """Whether there is something of a full reference that a page shows."""
        return ref in self.company.places and self._has_page(ref)

    def links(self, refs: Iterable[str]) -> tuple[Link, ...]:
        return tuple(self.link(ref) for ref in refs)

    def team(self, team: str) -> Link:
        """A link to a team's page."""
        return Link(self.inline(self.company.teams[team].name, links=False), self.href(urls.team(team)))

    def cycle_name(self, cycle: str) -> str:
        """A cycle's title, or its id, without markup."""
        known = self.company.cycles.get(cycle)
        return self.plain(known.title) if known and known.title else cycle

    def cycle(self, cycle: str) -> Html:
        """A cycle's title, or its id."""
        known = self.company.cycles.get(cycle)
        return self.inline(known.title, links=False) if known and known.title else Html(escape(cycle))

    def title(self, ref: str) -> Html:
        """The title of whatever a full reference names; titles never hold links."""
        company = self.company
        named = named_by(ref, company)
        if ref.startswith("@") or ref in company.objectives or ref in company.key_results:
            return self.inline(named, links=False)
        return self.plainly(named) if named else Html(escape(ref))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _write(self, text: Text | None, tag: str, *, links: bool) -> Html:
        if text is None:
            return NOTHING
        language, prose = text.prose(self.reading)
        if not language and self._at_home and len(prose.pieces) == 1 and prose.plain.isascii():
            (piece,) = prose.pieces
            if isinstance(piece, str):
                return Html(piece)
        limit = MAX_REFS if tag == "span" else len(prose.pieces)
        return Html(self._marked(self._join(prose, links=links, limit=limit), tag, language, prose.plain))

    def _marked(self, html: str, tag: str, language: str, plain: str) -> str:
        """The text with its language where that is not the page's."""
        language = language or self._guess(plain)
        if not html or language == self.language:
            return html
        return f'<{tag} lang="{escape(language)}">{html}</{tag}>'

    def _guess(self, plain: str) -> str:
        """The language of an unmarked text: the company's, unless its letters say otherwise."""
        own, letters = self.company.settings.language, self._letters(plain)
        if not letters:
            return self.language if has_own_letters(own) else own  # a company's own letters would be there
        return own if has_own_letters(own) else letters

    def _letters(self, plain: str) -> str:
        """The language that a text's letters tell; the page's own where it is a kind of that."""
        found = language_of_letters(plain)
        return self.language if found == self.language.split("-")[0] else found

    def _join(self, prose: Prose, level: int = 0, *, links: bool = True, limit: int = 0) -> str:
        """The pieces as HTML; headings begin at a level, with 0 they are only strong words.

        With a limit, so many references bring their titles along, and further ones stay as typed.
        """
        pieces = prose.pieces
        if len(pieces) == 1 and isinstance(pieces[0], str):
            return pieces[0]
        if limit and len(pieces) > limit:
            refs = [piece for piece in pieces if isinstance(piece, RefMark)]
            late = {id(ref) for ref in refs[limit:]}
            pieces = tuple(f"[[{escape(p.text)}]]" if isinstance(p, RefMark) and id(p) in late else p for p in pieces)
        return "".join(piece if isinstance(piece, str) else self._mark(piece, level, links) for piece in pieces)

    def _mark(self, mark: Mark, level: int, links: bool) -> str:
        if isinstance(mark, RefMark):
            return self._ref(mark, links)
        if isinstance(mark, HeadingTag):
            tag = f"h{min(6, level + mark.depth - 1)}" if level else "p"
            return f"<{tag}{'' if level else _STRONG}>" if mark.opens else f"</{tag}>"
        if isinstance(mark, PictureMark):
            return self._picture(mark, links)
        if not links or isinstance(mark, RefusedLink):
            return ""
        address = self._address(mark)
        if isinstance(mark, LinkClose):
            return "</a>" if address else "</span>"
        if not address:
            return '<span class="dead-link">'
        return f'<a href="{escape(address)}"{_REL if is_own_address(address) else ""}>'

    def _picture(self, mark: PictureMark, links: bool) -> str:
        """A picture of the content folder; in titles and where it cannot be shown, its words."""
        picture = self.company.pictures.get(self.company.links.get((mark.address, mark.home.path, ""), ""))
        words = escape(mark.words)
        if picture is None or not links:
            return words or self.say.gettext("picture")
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
        address = escape(self.top + urls.picture(picture.digest, picture.kind))
        return f'<img src="{address}" alt="{words}"{size} loading="lazy">'

    def _ref(self, mark: RefMark, links: bool) -> str:
        ref = self.company.links.get((mark.text, mark.home.team, mark.home.cycle), "")
        if not ref or not self._has_page(ref):
            return f"[[{escape(mark.text)}]]"
        if self._in_title:  # titles may name each other in a circle; what a title names stays as typed
            return escape(mark.text)
        title = self._brief(ref, partial(self._brief_title, ref))
        return f'<a href="{escape(self.href_of(ref))}">{title}</a>' if links and mark.linked else title

    def _piece(self, piece: str | Mark) -> str:
        return piece if isinstance(piece, str) else self._mark(piece, 0, links=False)

    def _quoted(self, mark: RefMark) -> str:
        """What a reference names, as plain words within a sentence: a title is one of its own, a team's name is not."""
        words = self._ref(mark, links=False)
        ref = self.company.links.get((mark.text, mark.home.team, mark.home.cycle), "")
        named = ref.startswith("@") or not ref or not self._has_page(ref)
        return words if named else self.say.pgettext("within a sentence", "“%(title)s”", title=Html(words))

    def _brief_title(self, ref: str) -> Html:
        """A title as a reference in a text brings it along: itself without references, and cut."""
        self._in_title = True
        title = self.title(ref)
        self._in_title = False
        return title if len(title) <= MAX_TITLE else Html(escape(_shortened(unescape(_TAG.sub("", title)))))

    def _has_page(self, ref: str) -> bool:
        """Whether what a reference names is shown somewhere; it is not when its cycle is unknown or its day to come."""
        company = self.company
        match company.places[ref]:
            case "team":
                return team_of(ref) in company.teams
            case "objective":
                return ref in company.objectives
            case "risk":
                return ref in company.risks
            case "assumption":
                return ref in company.bets
            case "lesson":
                return ref in company.lessons
        return ref in company.key_results

    def _address(self, mark: LinkOpen | LinkClose) -> str:
        if is_own_address(mark.address):
            return mark.address
        target = self.company.shown.get(self.company.links.get((mark.address, mark.home.path, ""), ""))
        return self.href(*file_place(target)) if target else ""


def named_by(ref: str, company: Company) -> Text | None:
    """The title of whatever a full reference names; None where no page shows it."""
    if ref.startswith("@"):
        team = company.teams.get(team_of(ref))
        return team.name if team else None
    if ref in company.objectives:
        return company.objectives[ref].entry.title
    if ref in company.key_results:
        return company.key_results[ref].entry.title
    if ref in company.lessons:
        return company.lessons[ref].entry.text
    if ref in company.risks:
        return company.risks[ref].what
    return company.bets[ref].text if ref in company.bets else None


def _shortened(text: str) -> str:
    return text[:MAX_TITLE].rsplit(" ", 1)[0] + " …"


def file_place(file: File) -> tuple[str, str]:
    """The page and anchor on which a content file is shown."""
    name = file.path.rsplit("/", 1)[-1]
    if file.team and file.cycle:
        if name.startswith("retro."):
            return urls.retro(file.team, file.cycle), ""
        if "/checkins/" in file.path:
            return urls.team_cycle(file.team, file.cycle), urls.anchor("on", name.split(".")[0])
        if "/questions/" in file.path:
            return urls.team_cycle(file.team, file.cycle), urls.anchor("question", name.split(".")[0])
        return urls.team_cycle(file.team, file.cycle), ""
    if isinstance(file, PageFile):
        return urls.page(file.slug), ""
    if isinstance(file, CycleFile):
        return urls.cycle(file.cycle), ""
    return (urls.team(file.team), "") if isinstance(file, TeamFile) else (urls.HOME, "")
