"""What a carried-over quarter leaves behind, as comments; what tells of the old cycle alone stays there without one."""

from collections.abc import Iterable

from okrsite.core.company import Dependency, KeyResult, Objective, TeamCycle
from okrsite.core.drafts.lines import comment
from okrsite.core.model import Commitment, Status
from okrsite.core.text import Text


def left_in_file(before: TeamCycle) -> list[str]:
    """What stood beside the objectives of a cycle."""
    lines: list[str] = []
    if before.not_doing:
        lines.append(comment("Left out on purpose, for `not_doing:` where it still goes:", 0))
        lines += [f"#   - {_words(text)}" for text in before.not_doing]
    if before.ignore:
        lines.append(comment("Advice that was answered, for `ignore:` where the answer still goes:", 0))
        lines += [f"#   {answer.code}: {_words(answer.reason)}" for answer in before.ignore]
    stays = ["the text below the fields"] if not before.body.empty else []
    stays += ["`extra`"] if before.extra else []
    if stays:
        lines.append(comment(f"Left in the okrs.md of {before.cycle}: {', '.join(stays)}", 0))
    return lines


def left_of_objective(objective: Objective, depth: int) -> list[str]:
    """What an objective said that belongs to its cycle."""
    entry = objective.entry
    said = [f"It was dropped: {_words(entry.because)}"] if entry.status is Status.DROPPED else []
    said += [
        f"It provided for {one.to.text}{f' by {one.by}' if one.by else ''}; is that still needed?"
        for one in entry.provides
    ]
    if objective.learned_from:
        said.append(f"It used the lessons {', '.join(objective.learned_from)}")
    return [comment(words, depth) for words in said] + _left_of(entry, depth)


def left_of_key_result(kr: KeyResult, *, due_goes_on: bool, depth: int) -> list[str]:
    """What a key result said that belongs to its cycle."""
    due = kr.entry.due
    said = [comment(f"It was due on {due}; by when now?", depth)] if due and not due_goes_on else []
    return said + _left_of(kr.entry, depth)


def dropped_words(key_results: Iterable[KeyResult], depth: int) -> list[str]:
    """The key results that were dropped, and why."""
    dropped = [kr.entry for kr in key_results if kr.entry.status is Status.DROPPED]
    return [
        comment(f"Not carried over: {entry.title.plain} (it was dropped: {_words(entry.because)})", depth)
        for entry in dropped
    ]


def astray(supports: Iterable[str], needs: Iterable[Dependency], depth: int) -> list[str]:
    """What was leant on and waited for, and has no name in the new cycle."""
    lines = [comment(f"It supported {ref}; what does it support now?", depth) for ref in supports]
    for one in needs:
        need = f": {_words(one.need)}" if one.need else ""
        lines.append(comment(f"It depended on {one.provider}{need}; whom does it need now?", depth))
    return lines


def _left_of(entry: Commitment, depth: int) -> list[str]:
    said = []
    if entry.initiatives:
        said.append(f"Its initiatives were: {'; '.join(map(_words, entry.initiatives))}")
    if entry.note:
        said.append(f"Its note was: {_words(entry.note)}")
    if entry.replaced_by:
        said.append(f"It was replaced by: {_words(entry.replaced_by)}")
    return [comment(words, depth) for words in said]


def _words(text: Text | None) -> str:
    """A text in one line, as a comment holds it."""
    return comment(text.plain, 0).removeprefix("# ") if text else "no reason was given"
