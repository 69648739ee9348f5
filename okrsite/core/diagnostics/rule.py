"""What a rule is: a code, how much it matters, when it speaks, why, from whom it comes, and how to answer back."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: errors stop a publication, warnings only a strict one."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Moment(StrEnum):
    """When a rule speaks: advice is for those who can still use it."""

    ALWAYS = "always"
    PROMISE = "until the cycle ends"
    RUNNING = "while the cycle runs"
    KEEPING = "from the end of the opening days on, for as long as the cycle lasted and once more"
    CLOSING = "after the cycle has ended, for as long again as it lasted"


class Reply(StrEnum):
    """Where a team writes its answer to a finding."""

    NONE = ""
    ENTRY = "the objective or key result"
    OKRS = "the top of okrs.md"
    RETRO = "the top of retro.md"
    TEAM = "the top of team.md"


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem that can be reported: what it is about in one sentence, and why that matters in another."""

    severity: Severity
    summary: str
    reason: str
    source: str = ""
    """Whose practice it is; '' where it follows from the format."""
    reply: Reply = Reply.NONE
    moment: Moment = Moment.ALWAYS

    def answer(self, code: str) -> str:
        """How to answer back to a finding of this rule, in one sentence."""
        if self.severity is Severity.ERROR:
            return "An error is mended, not answered; `okrsite build --keep-going` publishes the rest until then."
        if self.reply:
            return f"Write `ignore: {{{code}: your reason}}` at {self.reply}; the reason is shown with it."
        return f'Mend it, or set `{code} = "off"` in the `[checks]` of okrsite.toml.'
