"""All parsed files to one compiled company: the second of the four steps, a reduce that always runs in full."""

from collections.abc import Iterable
from dataclasses import dataclass

from okrsite.core.checks import check_company
from okrsite.core.company import Company
from okrsite.core.compute import Known, compute_figures
from okrsite.core.diagnostics import Diagnostic, Severity, graded
from okrsite.core.figures import Figures
from okrsite.core.ledger import Ledger, keep_ledger
from okrsite.core.link import Facts, link_company
from okrsite.core.parse import Parsed


@dataclass(frozen=True, slots=True)
class Compiled:
    """The company, its figures, what became of its promises, and every problem of every file in reading order."""

    company: Company
    figures: Figures
    ledger: Ledger
    problems: tuple[Diagnostic, ...]

    def count(self, severity: Severity) -> int:
        """How many problems there are of a severity."""
        return sum(problem.severity is severity for problem in self.problems)


def compile_company(
    parsed: Iterable[Parsed], facts: Facts, before: Iterable[Diagnostic] = (), known: Known | None = None
) -> Compiled:
    """Link, check and compute; `before` are problems found while files were read, `known` are earlier figures."""
    parsed = tuple(parsed)
    company, found = link_company(tuple(p.file for p in parsed if p.file), facts)
    ledger = keep_ledger(company)
    figures, wrong = compute_figures(company, ledger, known)
    problems = [*before, *(problem for p in parsed for problem in p.problems), *found, *wrong]
    advised = check_company(company, figures, ledger, problems)
    return Compiled(company, figures, ledger, graded(advised, facts.settings.levels))
