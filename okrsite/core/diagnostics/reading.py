"""The rules of what is read: files, front matter, fields, Markdown."""

from collections.abc import Mapping
from typing import Final

from okrsite.core.diagnostics.rule import Reply, Rule, Severity

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT
_PROSE: Final = "YAML has its own ideas about some signs; nothing that a team typed may be lost without a word."

READING: Final[Mapping[str, Rule]] = {
    # files
    "unreadable-file": Rule(
        _E,
        "A file cannot be read as UTF-8 text, or is not an ordinary file.",
        "What cannot be read cannot be published, and half a file would say something else than its author.",
    ),
    "file-too-large": Rule(
        _E,
        "A Markdown file is larger than 64 KiB.",
        "Promises, observations and look backs are short; what is longer belongs into a document that they link to.",
    ),
    "bad-id": Rule(
        _E,
        "An id is made of letters and digits of any script, `-` and `_`.",
        "An id becomes an address of the site and a word in references, on every system.",
    ),
    "id-collision": Rule(
        _E,
        "Two ids differ only by case or Unicode form, or one is reserved.",
        "On some systems both would be one file, and readers would take one for the other.",
    ),
    "confusable-id": Rule(
        _W,
        "Two ids or names of teams look alike and differ.",
        "Who takes one for the other follows the wrong promise, or believes the wrong sender.",
    ),
    "hidden-character": Rule(
        _W,
        "A character that cannot be seen stands in a text, or turns its direction.",
        "Readers and reviewers would see something else than what is written.",
    ),
    "stray-file": Rule(
        _W,
        "A Markdown file lies where none is read.",
        "Its author believes that it is published.",
    ),
    "no-objectives": Rule(
        _W,
        "No objectives are read from a team's okrs.md.",
        "Its team believes that its objectives are published.",
        reply=Reply.OKRS,
    ),
    "no-team-file": Rule(
        _H,
        "A team's folder has no `team.md`; the team is named like its folder.",
        "Readers want to know who somebody is and whom to ask.",
    ),
    # front matter
    "front-matter": Rule(
        _E,
        "Front matter begins and ends with a line `---` and holds `key: value` lines.",
        "Without it no field is read.",
    ),
    "unfinished-merge": Rule(
        _E,
        "Two versions of a text stand below each other, as git leaves them when it cannot merge.",
        "Readers would see both and not know which one holds.",
    ),
    "yaml-syntax": Rule(
        _E, "The front matter is not YAML.", "Where YAML ends in the middle, so does what can be read."
    ),
    "yaml-depth": Rule(
        _E, "YAML is nested too deeply.", "No field of the format lies that deep; something is indented wrongly."
    ),
    "yaml-size": Rule(
        _E, "YAML has too many items.", "No promise has that many parts; one file may not stall all others."
    ),
    "yaml-key": Rule(_E, "A key without a value, or a key that is not a word.", "What belongs to it would get lost."),
    "control-character": Rule(
        _E,
        "A character that cannot be seen or printed stands in the front matter.",
        "YAML allows none, so nothing is read.",
    ),
    "yaml-escape": Rule(
        _W,
        "A backslash in double quotes became a control character or a line break.",
        "It was meant as a backslash, as in a path.",
    ),
    "duplicate-key": Rule(_E, "A key is written twice in one mapping.", "Only one of the two could be kept."),
    "swallowed-text": Rule(_E, "YAML would lose or twist text that is not in quotes.", _PROSE),
    "comma-split": Rule(_E, "A comma inside brackets splits what was meant as one value.", _PROSE),
    "comment-after-text": Rule(_W, "What follows ` # ` is a comment and is not published.", _PROSE),
    # fields
    "unknown-key": Rule(
        _E, "A key that the format does not know.", "What stands there would not be published; a letter may be wrong."
    ),
    "missing-field": Rule(
        _E, "A required field is missing or empty.", "Without it the rest means nothing to a reader."
    ),
    "wrong-kind": Rule(
        _E,
        "A field holds a list, a mapping or a text where another is needed.",
        "It cannot be read as what the field says.",
    ),
    "bad-value": Rule(_E, "A value is not among those a field may have.", "A guess at what was meant could be wrong."),
    "bad-date": Rule(_E, "A date is written YYYY-MM-DD.", "`4/5` is in April for some and in May for others."),
    "bad-number": Rule(
        _E,
        "A number is decimal with an optional unit, `,` between thousands and `.` before decimals.",
        "`1.200` is a thousand for some and a bit more than one for others; a figure must not depend on the reader.",
    ),
    "bad-ref": Rule(
        _E,
        "A reference is written `objective`, `team/objective#kr`, `team/cycle/objective` or `@team`.",
        "Only so it can be followed to what it names.",
    ),
    "unknown-language": Rule(
        _E,
        "A text names a language that the settings do not list.",
        "The site has no pages in it, so nobody would read the text.",
    ),
    # Markdown
    "dead-link": Rule(
        _W,
        "A link in Markdown leads nowhere or uses an address that is not allowed; it is shown as text.",
        "A reader who follows it finds nothing, or something unsafe.",
        reply=Reply.ENTRY,
    ),
    "lost-text": Rule(
        _W,
        "A cell beyond a table's columns, a note to which nothing refers, or a list too deep: Markdown leaves it out.",
        "Nothing that a team typed may be lost without a word.",
    ),
    "wrong-picture": Rule(
        _W,
        "A picture in a text is missing, too large, or of a kind that is not published; its words stand for it.",
        "Readers see words where the author believes that they see a picture.",
        reply=Reply.ENTRY,
    ),
    "unresolved-link": Rule(
        _W,
        "A `[[reference]]` in a text names nothing; it is shown as typed.",
        "What it named may have moved, or a letter is wrong.",
        reply=Reply.ENTRY,
    ),
    "body-too-large": Rule(
        _E, "Markdown grows too much when rendered; it is shown as plain text.", "One text may not stall all others."
    ),
}
