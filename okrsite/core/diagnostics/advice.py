"""The rules that coach: what promises, check-ins and look backs could do better, from those who have done it long.

They are hints, or warnings where something will not work as it stands; never errors.
"""

from collections.abc import Mapping
from typing import Final

from okrsite.core.diagnostics.rule import Moment, Reply, Rule, Severity

_W, _H = Severity.WARNING, Severity.HINT
_ENTRY, _OKRS, _RETRO, _TEAM = Reply.ENTRY, Reply.OKRS, Reply.RETRO, Reply.TEAM
_PROMISE, _RUNNING, _KEEPING, _CLOSING = Moment.PROMISE, Moment.RUNNING, Moment.KEEPING, Moment.CLOSING

_DOERR: Final = "John Doerr, Measure What Matters"
_GROVE: Final = "Andrew Grove, High Output Management"
_WODTKE: Final = "Christina Wodtke, Radical Focus"
_REWORK: Final = "Google re:Work, Set goals with OKRs"
_PLAYBOOK: Final = "Google's OKR playbook, in Measure What Matters"

ADVICE: Final[Mapping[str, Rule]] = {
    # the shape of a promise
    "too-many-objectives": Rule(
        _H,
        "A team has more objectives in a cycle than the settings advise, usually 5.",
        "Who aims at everything aims at nothing; what is left out is what makes the rest likely.",
        f"{_GROVE}; {_REWORK}: three to five objectives",
        _OKRS,
        _PROMISE,
    ),
    "too-many-key-results": Rule(
        _H,
        "An objective has more key results than the settings advise, usually 4.",
        "A long list of key results is a list of work; a few say what success is.",
        f"{_REWORK}: about three key results for each objective",
        _ENTRY,
        _PROMISE,
    ),
    "single-key-result": Rule(
        _H,
        "An objective has one key result only.",
        "One number can be reached in ways that nobody wanted; a second one beside it tells.",
        f"{_GROVE}: indicators are paired, so that effect and counter-effect are both measured",
        _ENTRY,
        _PROMISE,
    ),
    "no-key-results": Rule(
        _H,
        "An active objective has no key results, and nothing that supports it.",
        "Without them everybody may have another picture of what it means to arrive.",
        f"{_DOERR}: an objective is what, key results are how one knows",
        _ENTRY,
        _PROMISE,
    ),
    "no-measure": Rule(
        _H,
        "A key result has no measure and is judged by hand.",
        "A judgement at the end surprises; a number or a step lets everybody see in week four how it stands.",
        f"{_DOERR}, citing Marissa Mayer: it is not a key result unless it has a number",
        _ENTRY,
        _PROMISE,
    ),
    "missing-why": Rule(
        _H,
        "An objective does not say why: it has neither `why` nor a story.",
        "People who know the reason choose better than people who know the target, and find other ways to it.",
        f"{_DOERR}: leaders get across the why as well as the what",
        _ENTRY,
        _PROMISE,
    ),
    # the wording of a promise
    "digits-in-objective": Rule(
        _H,
        "An objective's title holds a number.",
        "An objective says how the world is better in words that one remembers; the numbers are its key results.",
        f"{_WODTKE}: the objective is qualitative and inspires, the key results quantify it",
        _ENTRY,
        _PROMISE,
    ),
    "activity-wording": Rule(
        _H,
        "A title names an activity instead of an outcome.",
        "Everything may be done as planned and nobody be better off; an outcome leaves the way open.",
        f"{_PLAYBOOK}: key results describe outcomes, not activities such as consult, help, analyze, participate",
        _ENTRY,
        _PROMISE,
    ),
    "business-as-usual": Rule(
        _H,
        "A title describes what the team does anyway.",
        "OKRs are for what is to change; what is to stay as it is, is watched as a guardrail.",
        f"{_PLAYBOOK}: the trap of business-as-usual OKRs; Perdoo, on KPIs and OKRs",
        _ENTRY,
        _PROMISE,
    ),
    "negative-wording": Rule(
        _H,
        "A title says what is to be avoided rather than what is to be.",
        "A direction away from something leads anywhere; a picture of the good state leads there.",
        f"{_WODTKE}: an objective is something to get out of bed for",
        _ENTRY,
        _PROMISE,
    ),
    "vague-target": Rule(
        _H,
        "A key result promises more, better or faster, and no measure says how much.",
        "Anything above nothing would reach it, so it guides no decision.",
        f"{_REWORK}: key results are measurable and easy to grade",
        _ENTRY,
        _PROMISE,
    ),
    # how promises hang together
    "unaligned": Rule(
        _H,
        "An objective supports nothing, and does not say why it stands alone.",
        "Local work is fine when it is chosen; most often the link was just not written down.",
        f"{_DOERR}: align and connect; ByteDance's practice of aligning up, down and sideways in the open",
        _ENTRY,
        _PROMISE,
    ),
    "support-loop": Rule(
        _W,
        "Objectives support each other in a ring.",
        "A chain of why that returns to where it began explains nothing.",
        f"{_GROVE}: one level's key result is the next level's objective",
        _ENTRY,
        _PROMISE,
    ),
    "upside-down": Rule(
        _W,
        "An objective of a longer cycle supports one of a shorter cycle.",
        "The year would serve the quarter: when the quarter is over, the reason for the year is gone.",
        f"{_DOERR}: quarterly OKRs serve the annual ones",
        _ENTRY,
        _PROMISE,
    ),
    "unacknowledged-need": Rule(
        _H,
        "An objective depends on a team that does not mention it.",
        "A need that only one side has written down is a hope.",
        f"{_PLAYBOOK}: cross-team OKRs stand with every team that must take part",
        _ENTRY,
        _PROMISE,
    ),
    # while the cycle runs
    "all-certain": Rule(
        _H,
        "At the start the team is certain of everything: every first confidence is 9 or 10.",
        "An aspiration that nobody doubts was within reach before it was written.",
        f"{_WODTKE}: start at five of ten; {_PLAYBOOK}: the trap of sandbagging",
        _OKRS,
        _RUNNING,
    ),
    "confidence-jump": Rule(
        _H,
        "Confidence moved by 3 or more at once, and no sentence says what happened.",
        "The change is the news; a number alone makes others guess.",
        f"{_WODTKE}: changes of confidence are what the weekly conversation is about",
        _ENTRY,
        _RUNNING,
    ),
    "stale-checkin": Rule(
        _H,
        "A check-in is overdue by the team's own cadence.",
        "Goals that are not looked at weekly are remembered at the end; silence is read as silence.",
        f"{_WODTKE}: the weekly rhythm is what makes OKRs work",
        _ENTRY,
        _RUNNING,
    ),
    "no-mid-cycle-review": Rule(
        _H,
        "More than 60 % of the cycle is over without a mid-cycle review.",
        "Half-way there is still time to change, drop or help; later there is only explaining.",
        f"{_DOERR}: OKRs are tracked to continue, update, start or stop",
        _OKRS,
        _RUNNING,
    ),
    "worse-than-baseline": Rule(
        _H,
        "A value is worse than where it began, and no sentence says why.",
        "Readers will ask; a sentence now invites help, a figure alone invites guesses.",
        f"{_GROVE}: indicators are there to be acted upon in time",
        _ENTRY,
        _RUNNING,
    ),
    "guardrail-breached": Rule(
        _H,
        "A guardrail's last value lies outside its limits, and no sentence says what follows.",
        "A limit was set for the day on which progress is bought with something else.",
        f"{_GROVE}, on paired indicators; {_WODTKE}, on health metrics",
        _ENTRY,
        _RUNNING,
    ),
    "committed-in-doubt": Rule(
        _H,
        "A committed objective is at risk or off track, and no team has been asked for help.",
        "Others rely on it; early enough they can help, or rely on something else.",
        f"{_PLAYBOOK}: who cannot promise a 1.0 on a committed OKR escalates promptly",
        _ENTRY,
        _RUNNING,
    ),
    "broken-assumption": Rule(
        _H,
        "An assumption is broken, and since then nothing was changed, confirmed or named as a risk.",
        "What stood on it stands on nothing; changing course is good judgement, and so is saying that it still stands.",
        f"{_DOERR}: OKRs are revised or dropped in mid-cycle when the ground moves",
        _ENTRY,
        _RUNNING,
    ),
    # what became of promises
    "moved-in-silence": Rule(
        _H,
        "A target, limit or due date moved after the opening days, or a promise was taken out, without a reason.",
        "A target may move; one that moves in silence makes every score that follows doubtful.",
        f"{_DOERR}: OKRs are revised in mid-cycle, openly and after talking; Goodhart's law, on measures that give way",
        _ENTRY,
        _KEEPING,
    ),
    # looking back
    "missing-retro": Rule(
        _H,
        "A cycle has closed and its team has not looked back.",
        "What is not written down within weeks is learned again next year.",
        f"{_DOERR}: a cycle ends with scores, self-assessment and reflection",
        _OKRS,
        _CLOSING,
    ),
    "shallow-retro": Rule(
        _H,
        "A retrospective does not say what would have happened otherwise, or what was learned.",
        "Without the first, luck and work look alike; without the second, nothing changes.",
        "The United States Army's after-action reviews; impact evaluation, on the counterfactual",
        _RETRO,
        _CLOSING,
    ),
    "score-without-sentence": Rule(
        _H,
        "A score stands alone, without the team's sentence.",
        "The same 0.4 may be a failure or the best work of the year; only the team can say which.",
        f"{_DOERR}: the number is read with the team's own assessment",
        _RETRO,
        _CLOSING,
    ),
    "all-ones": Rule(
        _H,
        "Every aspirational objective of a team ended at 1.0.",
        "A bold aim lands at 0.6 to 0.7; a row of 1.0 asks whether the aims were high enough.",
        f"{_REWORK}: who always reaches everything does not aim high enough",
        _RETRO,
        _CLOSING,
    ),
    "decision-not-followed": Rule(
        _H,
        "What the last retrospective decided about an objective is not to be seen in the new cycle.",
        "Decisions that vanish teach a team that looking back is a ceremony.",
        f"{_DOERR}: reflection feeds the next cycle",
        _OKRS,
        _PROMISE,
    ),
    "unused-lessons": Rule(
        _H,
        "No lesson of the last retrospective is used by any objective.",
        "A lesson is learned when something is done differently.",
        "The United States Army's after-action reviews: a lesson is learned once behaviour has changed",
        _OKRS,
        _PROMISE,
    ),
    # what OKRs are not for
    "appraisal-words": Rule(
        _W,
        "A text speaks of ratings, bonus, forced distribution or other words of appraisal.",
        "As soon as pay hangs on a goal, people aim low and doubts are kept quiet.",
        f"{_GROVE}: not a document upon which to base a performance review; {_REWORK}; "
        "Huawei's and ByteDance's practice of keeping OKRs apart from appraisal",
        _ENTRY,
        _PROMISE,
    ),
    "person-shaped-objective": Rule(
        _H,
        "An objective speaks of one person.",
        "OKRs here belong to teams; what one person wants to learn belongs into a talk, not on a site.",
        f"{_WODTKE}: OKRs are set for companies and teams, not for individuals",
        _ENTRY,
        _PROMISE,
    ),
    "person-shaped-team": Rule(
        _H,
        "A team is named like one person or one person's post.",
        "A page of one person's figures is a page about a person, whatever it says above.",
        f"{_WODTKE}: OKRs are set for companies and teams, not for individuals",
        _TEAM,
    ),
    "idle-ignore": Rule(
        _H,
        "An `ignore` names no check, or one that finds nothing there.",
        "An answer to nothing puzzles readers, and a misspelt one answers nothing.",
    ),
}

FIRST_YEAR: Final[Mapping[str, Severity | None]] = {
    **dict.fromkeys(
        [
            *("single-key-result", "negative-wording", "business-as-usual", "unaligned", "unacknowledged-need"),
            *("all-certain", "confidence-jump", "no-mid-cycle-review", "broken-assumption"),
            *("shallow-retro", "score-without-sentence", "all-ones", "decision-not-followed", "unused-lessons"),
        ]
    ),
    "support-loop": _H,
    "upside-down": _H,
    "no-baseline": _H,
}
"""What `profile = "first-year"` softens: in its first year a company learns few objectives, outcomes, measures and a
weekly word; everything finer is off (None) and what would not work is a hint. Wording of appraisal stays as it is.
"""
