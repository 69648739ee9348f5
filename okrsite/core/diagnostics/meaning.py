"""The rules of what texts mean together: references, cycles, teams, measures, readings; and settings."""

from collections.abc import Mapping
from typing import Final

from okrsite.core.diagnostics.rule import Moment, Reply, Rule, Severity

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT
_NUMBER: Final = "John Doerr, Measure What Matters, citing Marissa Mayer: it is not a key result unless it has a number"

MEANING: Final[Mapping[str, Rule]] = {
    "unresolved-ref": Rule(
        _E, "A reference names nothing that exists.", "The chain of why would break there without anybody noticing."
    ),
    "wrong-target": Rule(
        _E,
        "A reference names something that cannot stand here.",
        "A team cannot be supported, nor a lesson depended on.",
    ),
    "unknown-cycle": Rule(
        _E,
        "A cycle's name is not a known period and has no file with `start` and `end`.",
        "Pace, silence and closing are all counted from a cycle's days.",
    ),
    "bad-cycle": Rule(
        _E,
        "A cycle ends before it starts, or lasts longer than ten years.",
        "Pace, silence and closing are all counted from a cycle's days.",
    ),
    "team-loop": Rule(_E, "A team is above itself.", "An organisation whose chart is a ring cannot be drawn."),
    "alias-clash": Rule(
        _E, "An alias is taken by a team or by another alias.", "An old address can lead to one team only."
    ),
    "duplicate-id": Rule(
        _E,
        "Objectives, risks, lessons and assumptions of a team's cycle share one set of ids.",
        "A reference must name one thing.",
    ),
    "unit-mismatch": Rule(
        _E, "All numbers of one key result share one unit.", "The way from minutes to kilometres has no length."
    ),
    "missing-unit": Rule(
        _W,
        "A number without the unit of its key result is read in that unit.",
        "Most likely it is meant so, but a reader should not have to guess.",
        reply=Reply.ENTRY,
    ),
    "thousands-point": Rule(
        _W,
        "A number such as `1.600` or `2,100`, whose mark may be meant otherwise, is far from what it is compared with.",
        "Much of the world writes a point between thousands and a comma before decimals; another number may be meant.",
        reply=Reply.ENTRY,
    ),
    "two-measures": Rule(
        _E, "A key result has one measure.", "With two, nobody could say whether it was reached when they disagree."
    ),
    "target-is-baseline": Rule(
        _E,
        "Target and baseline are equal, so there is no way to go.",
        "What is to stay where it is, is a guardrail.",
    ),
    "target-not-number": Rule(
        _E,
        "A target beside a baseline must be a number.",
        "Between a number and a sentence there is no way to measure.",
    ),
    "unmeasured-target": Rule(
        _H,
        "A target in words is judged by hand.",
        "A judgement at the end surprises; a number lets everybody see in week four how it stands.",
        _NUMBER,
        Reply.ENTRY,
        Moment.PROMISE,
    ),
    "no-baseline": Rule(
        _W,
        "A target without a baseline, or a baseline without a target, has no progress.",
        "Who does not know where a number stands today cannot know whether the target is bold or already reached.",
        "Andrew Grove, High Output Management: an indicator says something beside what it was before",
        Reply.ENTRY,
        Moment.PROMISE,
    ),
    "no-weight": Rule(
        _E, "All key results of an objective weigh nothing.", "A mean of nothing is no progress and no score."
    ),
    "missing-because": Rule(
        _W,
        "A paused or dropped objective, or a score that differs from the computed one, says why.",
        "Changing course is good judgement when others can follow it.",
        "John Doerr, Measure What Matters: a score is read together with the team's own assessment",
        Reply.ENTRY,
    ),
    "score-not-possible": Rule(
        _W, "A baseline that is being looked for has no score.", "A number is found, or it is not yet."
    ),
    "future-checkin": Rule(
        _H, "A check-in dated after today is not counted yet.", "An observation is made on a day that has been."
    ),
    "late-checkin": Rule(
        _H,
        "A check-in later than the closing days of its cycle is not counted.",
        "A closed cycle's figures stand still, so that a look back looks at something.",
    ),
    "shared-not-agreed": Rule(
        _H,
        "A shared objective is agreed once the other team lists this one.",
        "A promise of two is made by both.",
        "Huawei's practice of aligning OKRs sideways: what two teams share, both write down",
        Reply.ENTRY,
        Moment.PROMISE,
    ),
    "outside-cycle": Rule(
        _W,
        "A check-in or a due day lies before its cycle begins.",
        "Most often the year or the folder is wrong.",
    ),
    "outside-life": Rule(
        _W,
        "A team writes in a cycle before its `since` or after its `until`.",
        "Either the team lives on, or the file lies with the wrong one.",
        reply=Reply.OKRS,
    ),
    # settings
    "settings": Rule(_E, "The settings file is wrong.", "A company would be published otherwise than it has decided."),
    "unknown-forge": Rule(
        _H,
        "Neither the repository's address nor `forge` tells what kind of forge it is.",
        "No page can lead to an editor whose addresses are not known.",
    ),
}
