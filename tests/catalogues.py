"""The interface's catalogues: what there is to say, and whether each language says it.

`python -m tests.catalogues` brings every catalogue up to date with code and templates and compiles it;
`python -m tests.catalogues fr` begins one for another language. Then the `.po` file is translated, and the
command run again.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from okrsite.core.looking_back import Theme
from okrsite.core.model import AssumptionState, Next, RiskKind, RiskState, Status
from okrsite.core.numbers import Band, Call, Hearing, ObjectiveType, Period
from tests.companies import ROOT

LOCALES: Final = ROOT / "okrsite" / "locales"
TERMS: Final[Mapping[str, type[StrEnum]]] = {
    "assumption": AssumptionState,
    "band": Band,
    "call": Call,
    "hearing": Hearing,
    "next": Next,
    "period": Period,
    "risk": RiskState,
    "risk kind": RiskKind,
    "status": Status,
    "theme": Theme,
    "type": ObjectiveType,
}
"""The field's own words, which views hold in English, by the context in which they are said when shown."""
UNSEEN: Final = {"status": ("active",), "hearing": ("heard",)}
"""Those of them that are what is usual, and never said."""
KEYWORDS: Final[Mapping[str, Any]] = {
    "_": None,
    "gettext": None,
    "wording": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "term": ((1, "c"), 2),
}
METHODS: Final = [
    ("okrsite/pages/**.py", "python"),
    *((f"themes/default/templates/**.{kind}", "jinja2") for kind in ("html", "xml")),
]


def messages() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Everything that code and templates say, each with the context in which it is meant, if it has one."""
    found = extract_from_dir(ROOT, METHODS, keywords=KEYWORDS, directory_filter=_is_ours)
    yield from ((message, context) for _, _, message, _, context in found)
    for context, words in TERMS.items():
        yield from ((str(word), context) for word in words if word not in UNSEEN.get(context, ()))


def _is_ours(folder: str) -> bool:
    """Whether there may be anything to say in a folder."""
    return re.search(r"/(?:\.|tests|content|docs)", f"/{Path(folder).relative_to(ROOT).as_posix()}") is None


def template() -> Catalog:
    """A catalogue of everything that is said, translated into nothing."""
    catalogue = Catalog(charset="utf-8")
    for message, context in messages():
        catalogue.add(message, context=context)
    return catalogue


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "okrsite.po"


def read_catalogue(language: str) -> Catalog:
    """A language's catalogue as it is in its `.po` file; a new one where there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language.replace("-", "_"), charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), charset="utf-8")


def written(catalogue: Catalog) -> bytes:
    """The text of a `.po` file: its messages in order, and nothing that changes by itself."""
    file = BytesIO()
    write_po(file, catalogue, width=110, omit_header=True, sort_output=True, ignore_obsolete=True)
    head = [
        f"Language: {catalogue.locale_identifier}",
        f"Plural-Forms: {catalogue.plural_forms}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    text = "".join(['msgid ""\nmsgstr ""\n', *(f'"{line}\\n"\n' for line in head), "\n"])
    return text.encode() + file.getvalue()


def compiled(language: str) -> bytes:
    """What the `.mo` file beside a language's `.po` is to hold."""
    catalogue, found = read_catalogue(language), {}
    for message in catalogue:
        if message.id and said(message) and not message.fuzzy:
            forms = [(text,) if isinstance(text, str) else tuple(text) for text in (message.id, message.string)]
            context = f"{message.context}\4" if message.context else ""
            found[context + "\0".join(forms[0])] = "\0".join(forms[1])
    return mo(found, catalogue.plural_forms)


def mo(messages: Mapping[str, str], plural_forms: str = "nplurals=1; plural=0;") -> bytes:
    """A compiled catalogue, the same whoever compiles it and when.

    A context stands before its message and `\\4`; forms of number are divided by `\\0`.
    """
    head = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {plural_forms}\n"
    pairs = sorted((key.encode(), said.encode()) for key, said in {"": head, **messages}.items())
    tables = [b"", b""]
    texts, start = b"", 28 + 16 * len(pairs)
    for column, _ in enumerate(tables):
        for pair in pairs:
            tables[column] += pack("<II", len(pair[column]), start + len(texts))
            texts += pair[column] + b"\0"
    return pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + b"".join(tables) + texts


def update(language: str) -> int:
    """Bring a language's catalogue up to date and compile it; returns how many messages it lacks."""
    catalogue = read_catalogue(language)
    catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalogue))
    path.with_suffix(".mo").write_bytes(compiled(language))
    return sum(not said(message) for message in read_catalogue(language) if message.id)


def said(message: Message) -> bool:
    """Whether a message is translated, in every form that it has."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(forms)


def main(languages: list[str]) -> None:
    for language in languages or sorted(path.name for path in LOCALES.iterdir()):
        print(f"{path_of(language).relative_to(ROOT)}: {update(language)} untranslated")


if __name__ == "__main__":
    main(sys.argv[1:])
