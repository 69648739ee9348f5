"""How promises are worded: titles, in whichever language they are written."""

from collections.abc import Iterator

from okrsite.core.checks.part import Finding, Part, meant
from okrsite.core.checks.words import (
    activity_word,
    is_open,
    negative_words,
    stated_number,
    usual_words,
    vague_words,
)


def digits_in_objective(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        number = next((n for _, prose in objective.entry.title.versions if (n := stated_number(prose.plain))), "")
        if number:
            message = f"the title of `{objective.id}` holds a number, `{number}`"
            hint = "say in words how the world is better, and give the number to a key result"
            yield part.find(objective.ref, "digits-in-objective", objective.entry.span, message, hint)


def activity_wording(part: Part) -> Iterator[Finding]:
    for ref, entry in part.entries():
        word = activity_word(entry) if is_open(entry) else ""
        if word:
            message = f"`{entry.id}` begins with `{word}` and names what is done, not what comes of it"
            hint = "say what is better for whom once it is done; the work can stand under `initiatives`"
            yield part.find(ref, "activity-wording", entry.span, message, hint)


def business_as_usual(part: Part) -> Iterator[Finding]:
    for ref, entry in part.entries():
        word = usual_words(entry) if is_open(entry) else ""
        if word:
            message = f"`{entry.id}` says `{word}`, so it may be what the team does anyway"
            hint = (
                "what is to stay can be a guardrail with `keep_above` or `keep_below`; what is to change, an objective"
            )
            yield part.find(ref, "business-as-usual", entry.span, message, hint)


def negative_wording(part: Part) -> Iterator[Finding]:
    for ref, entry in part.entries():
        word = negative_words(entry) if is_open(entry) else ""
        if word:
            message = f"`{entry.id}` begins with `{word}` and says what is to go away"
            yield part.find(ref, "negative-wording", entry.span, message, "say what will be there instead")


def vague_target(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        for kr in meant(objective):
            words = vague_words(kr.entry)
            if words:
                message = f"`{kr.entry.id}` says `{words}` and not how much"
                hint = "give `baseline` and `target`; or `find_baseline: true` while nobody knows the number"
                yield part.find(kr.ref, "vague-target", kr.entry.span, message, hint)
