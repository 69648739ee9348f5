"""The table of everything that can be referred to, and the ids that may not meet."""

from collections.abc import Iterable, Iterator, Mapping

from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.lookalikes import check_lookalikes
from okrsite.core.model import AnyFile, CheckInFile, OkrsFile, PageFile, QuestionFile, RetroFile
from okrsite.core.refs import collision_key
from okrsite.core.source import Span

Names = dict[str, tuple[str, Span]]


def collect_names(files: Iterable[AnyFile], teams: Mapping[str, str]) -> tuple[Names, list[Diagnostic]]:
    """Every full reference with its kind and place; ids that differ too little are reported, the first one stands."""
    names: Names = {f"@{team}": ("team", Span(path)) for team, path in teams.items()}
    problems: list[Diagnostic] = []
    scopes: dict[tuple[str, str], tuple[str, str, str, Span]] = {}
    # Promises first: what is named later by others has to give way.
    for file in sorted(files, key=lambda file: not isinstance(file, OkrsFile)):
        for scope, kind, name, id_, span in _named(file):
            first = scopes.setdefault((scope, collision_key(id_)), (name, id_, kind, span))
            if first[0] != name or ((first[2] != kind or kind != "risk") and first[3] != span):
                problems.append(_collision(id_, kind, span, first[1:]))
            names.setdefault(name, (kind, span))
    by_scope: dict[str, list[tuple[str, str, Span]]] = {}
    for (scope, _), (_, id_, kind, span) in scopes.items():
        by_scope.setdefault(scope, []).append((kind, id_, span))
    for named in by_scope.values():
        problems += check_lookalikes(named)
    return names, problems


def _named(file: AnyFile) -> Iterator[tuple[str, str, str, str, Span]]:
    """(scope, kind, full reference, id, place) of what a file names; ids of one scope must differ."""
    base = f"{file.team}/{file.cycle}"
    if isinstance(file, OkrsFile):
        for objective in file.objectives:
            ref = f"{base}/{objective.id}"
            yield base, "objective", ref, objective.id, objective.span
            for kr in objective.key_results:
                yield ref, "key result", f"{ref}#{kr.id}", kr.id, kr.span
            for assumption in objective.assumes:
                yield base, "assumption", f"{base}/{assumption.id}", assumption.id, assumption.span
        for kr in file.guardrails:
            yield f"{base}/guardrails", "guardrail", f"{base}/guardrails#{kr.id}", kr.id, kr.span
    elif isinstance(file, CheckInFile):
        for risk in file.risks:
            yield base, "risk", f"{base}/{risk.id}", risk.id, risk.span
    elif isinstance(file, PageFile):
        yield "pages", "page", f"pages/{file.slug}", file.slug, Span(file.path)
    elif isinstance(file, QuestionFile):
        yield f"{base}/questions", "question", f"{base}/questions/{file.slug}", file.slug, Span(file.path)
    elif isinstance(file, RetroFile):
        for lesson in file.lessons:
            yield base, "lesson", f"{base}/{lesson.id}", lesson.id, lesson.span


def _collision(id_: str, kind: str, span: Span, first: tuple[str, str, Span]) -> Diagnostic:
    taken, other, place = first
    where = f"{place.path}:{place.line}"
    if taken == id_:
        message = f"`{id_}` already names the {other} in {where}"
        return problem("duplicate-id", span, message, f"give this {kind} another id")
    message = f"`{id_}` differs only by case or Unicode form from the {other} in {where}"
    return problem("id-collision", span, message, "rename one of the two")
