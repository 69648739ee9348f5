"""okrs.md: what a team promises for a cycle, with every field of objectives and key results."""

from datetime import date

import pytest

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.model import KeyResultEntry, ObjectiveEntry, OkrsFile, ProposedBy, Status
from okrsite.core.numbers import ObjectiveType

from ..company import matter, parsed


def okrs(text: str, body: str = "") -> tuple[OkrsFile, tuple[Diagnostic, ...]]:
    found = parsed("teams/a/2026-Q4/okrs.md", matter(text, body))
    assert isinstance(found.file, OkrsFile)
    return found.file, found.problems


def objective(text: str) -> tuple[ObjectiveEntry, tuple[Diagnostic, ...]]:
    """An objective with a title in line 4 and further fields from line 5 on, which begin in column 5."""
    lines = "".join(f"    {line}\n" for line in text.strip("\n").split("\n"))
    file, problems = okrs(f"objectives:\n  o:\n    title: T\n{lines}")
    return file.objectives[0], problems


def key_result(text: str) -> tuple[KeyResultEntry, tuple[Diagnostic, ...]]:
    """The same for a key result, whose fields begin in line 8 and column 9."""
    lines = "\n".join(f"    {line}" for line in text.strip("\n").split("\n"))
    entry, problems = objective(f"key_results:\n  k:\n    title: K\n{lines}")
    return entry.key_results[0], problems


EVERYTHING = """
    objectives:
      instant-checkout:
        title: Paying feels *instant* everywhere
        why: Every extra second costs us one cart in fourteen.
        type: committed
        status: paused
        because: The network is down.
        note: Back in May.
        proposed_by: team
        supports:
          - acme/effortless#nps
        depends_on:
          - from: risk/fast-rules
            need: Fraud rules answer within 50 ms
          - "@legal"
        provides:
          - to: stores/offline-tills
            by: 2026-11-20
          - fraud/answers
        shared_with: ["@risk"]
        serves: [Store operations]
        assumes:
          acquirers: Acquirers can take the load.
        initiatives: [Move routing to the edge]
        contacts: ["@checkout-leads"]
        carried_from: payments/2026-Q3/instant-checkout
        moved_from: shops/2026-Q4/instant-checkout
        moved_to: stores/2026-Q4/instant-checkout
        learned_from:
          - payments/2026-Q3/ask-acquirers-early
        since: 2026-10-20
        reaffirmed: 2026-11-02
        amendments:
          - date: 2026-11-09
            what: p95 target
            because: The card network needs 200 ms.
        ignore: {digits-in-objective: The number is the product's name.}
        replaced_by: a contract
        extra: {cost: 1e3}
        key_results:
          p95:
            title: Checkout time
            supports: acme/effortless
            depends_on: risk/fast-rules
            status: dropped
            because: Nobody measures it.
            contacts: "#payments"
            since: 2026-10-05
            initiatives: Cache
            ignore: {few-outcomes: Known.}
            replaced_by: stores/tills
    guardrails:
      refunds:
        title: Refunds within two days
        keep_above: 95%
    not_doing: [A loyalty scheme, Coupons]
    extra: {board: x}
    """


def test_every_field_of_an_objective_is_read() -> None:
    file, problems = okrs(EVERYTHING)
    assert problems == ()
    (entry,) = file.objectives
    assert (entry.id, entry.title.source, entry.title.plain) == (
        "instant-checkout",
        "Paying feels *instant* everywhere",
        "Paying feels instant everywhere",
    )
    assert entry.why and entry.because and entry.note and entry.replaced_by
    assert entry.why.source == "Every extra second costs us one cart in fourteen."
    assert (entry.because.source, entry.note.source) == ("The network is down.", "Back in May.")
    assert entry.replaced_by.source == "a contract"
    assert (entry.type, entry.status, entry.proposed_by) == (ObjectiveType.COMMITTED, Status.PAUSED, ProposedBy.TEAM)
    assert [ref.text for ref in entry.supports] == ["acme/effortless#nps"]
    assert [(need.source.text, need.need and need.need.source) for need in entry.depends_on] == [
        ("risk/fast-rules", "Fraud rules answer within 50 ms"),
        ("@legal", None),
    ]
    assert [(item.to.text, item.by) for item in entry.provides] == [
        ("stores/offline-tills", date(2026, 11, 20)),
        ("fraud/answers", None),
    ]
    assert [ref.team for ref in entry.shared_with] == ["risk"]
    assert [text.source for text in entry.serves] == ["Store operations"]
    assert [(item.id, item.text.source) for item in entry.assumes] == [("acquirers", "Acquirers can take the load.")]
    assert [text.source for text in (*entry.initiatives, *entry.contacts)] == [
        "Move routing to the edge",
        "@checkout-leads",
    ]
    assert [ref.text for ref in entry.carried_from] == ["payments/2026-Q3/instant-checkout"]
    assert entry.moved_from and entry.moved_to
    assert (entry.moved_from.team, entry.moved_to.team) == ("shops", "stores")
    assert [ref.text for ref in entry.learned_from] == ["payments/2026-Q3/ask-acquirers-early"]
    assert (entry.since, entry.reaffirmed) == (date(2026, 10, 20), date(2026, 11, 2))
    (amendment,) = entry.amendments
    assert amendment.what and amendment.because
    assert (amendment.on, amendment.what.source) == (date(2026, 11, 9), "p95 target")
    assert [(answer.code, answer.reason.source) for answer in entry.ignore] == [
        ("digits-in-objective", "The number is the product's name.")
    ]
    assert entry.extra == {"cost": "1e3"}


def test_key_results_carry_what_objectives_do() -> None:
    entry = okrs(EVERYTHING)[0].objectives[0].key_results[0]
    assert (entry.id, entry.title.source, entry.status) == ("p95", "Checkout time", Status.DROPPED)
    assert [ref.text for ref in entry.supports] == ["acme/effortless"]
    assert [need.source.text for need in entry.depends_on] == ["risk/fast-rules"]
    assert [text.source for text in (*entry.contacts, *entry.initiatives)] == ["#payments", "Cache"]
    assert entry.since == date(2026, 10, 5)
    assert [answer.code for answer in entry.ignore] == ["few-outcomes"]
    assert entry.because and entry.because.source == "Nobody measures it."


def test_guardrails_and_what_is_not_done_stand_beside_objectives() -> None:
    file = okrs(EVERYTHING)[0]
    assert [(kr.id, kr.title.source, kr.measure.kind) for kr in file.guardrails] == [
        ("refunds", "Refunds within two days", "guardrail")
    ]
    assert [text.source for text in file.not_doing] == ["A loyalty scheme", "Coupons"]
    assert file.extra == {"board": "x"}


def test_a_title_is_the_only_required_field() -> None:
    entry, problems = objective("why: x")
    assert problems == ()
    assert (entry.type, entry.status, entry.proposed_by) == (ObjectiveType.ASPIRATIONAL, Status.ACTIVE, None)
    assert (entry.key_results, entry.supports, entry.since, entry.extra) == ((), (), None, {})


@pytest.mark.parametrize("type_", [*ObjectiveType])
def test_objectives_are_aspirational_committed_or_for_learning(type_: ObjectiveType) -> None:
    assert objective(f"type: {type_}")[0].type is type_


@pytest.mark.parametrize("who", [*ProposedBy])
def test_somebody_proposed_an_objective(who: ProposedBy) -> None:
    assert objective(f"proposed_by: {who}")[0].proposed_by is who


@pytest.mark.parametrize(
    ("status", "counts"), [("draft", False), ("active", True), ("paused", True), ("dropped", False)]
)
def test_drafts_and_dropped_ones_do_not_count(status: str, counts: bool) -> None:
    entry, problems = objective(f"status: {status}\nbecause: Said so.")
    assert problems == ()
    assert entry.status.counts is counts


@pytest.mark.parametrize("read", [objective, key_result])
@pytest.mark.parametrize("status", ["paused", "dropped"])
def test_what_is_paused_or_dropped_says_why(status: str, read: object) -> None:
    assert callable(read)
    _, problems = read(f"status: {status}")
    assert [(problem.code, problem.severity) for problem in problems] == [("missing-because", Severity.WARNING)]


def test_what_replaced_it_is_prose_or_becomes_a_link() -> None:
    prose, _ = objective("replaced_by: the vans of [[workshops]]")
    lone, _ = objective("replaced_by: workshops/van-visits")
    assert prose.replaced_by and lone.replaced_by
    assert (prose.replaced_by.plain, lone.replaced_by.plain) == ("the vans of workshops", "workshops/van-visits")
    assert [type(piece).__name__ for piece in lone.replaced_by.versions[0][1].pieces] == ["str", "RefMark", "str"]


def test_a_heading_with_an_id_tells_the_story_of_an_objective() -> None:
    file, _ = okrs("objectives: {o: {title: T}}", "Context.\n\n## How it goes {#o}\n\nWell.\n")
    assert [(section.id, section.prose.plain) for section in file.body.sections] == [("o", "Well.")]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        ("titel: x", "unknown-key", 5, 5, "`title`"),
        ("owner: x", "unknown-key", 5, 5, "extra"),
        ("type: ambitious", "bad-value", 5, 11, "`committed`"),
        ("type: comitted", "bad-value", 5, 11, "`committed`"),
        ("status: done", "bad-value", 5, 13, "`active`"),
        ("proposed_by: boss", "bad-value", 5, 18, "`leadership`"),
        ("since: soon", "bad-date", 5, 12, "2026-10-31"),
        ("reaffirmed: 2.11.2026", "bad-date", 5, 17, "2026-10-31"),
        ("supports: [two words]", "bad-ref", 5, 16, "`team/objective#key-result`"),
        ('supports: "@acme"', "wrong-target", 5, 15, "`team/objective`"),
        ("shared_with: [risk]", "wrong-target", 5, 19, '"@risk"'),
        ("depends_on: [{need: x}]", "missing-field", 5, 18, "`from`"),
        ("depends_on: [{from: a b}]", "bad-ref", 5, 25, ""),
        ("depends_on: [{form: risk/x}]", "unknown-key", 5, 19, "`from`"),
        ("provides: [{by: 2026-11-20}]", "missing-field", 5, 16, "`to`"),
        ("provides: [{to: x, by: soon}]", "bad-date", 5, 28, ""),
        ("assumes: [a]", "wrong-kind", 5, 14, "ids"),
        ("assumes: {a: }", "missing-field", 5, 15, "says nothing"),
        ("assumes: {two words: x}", "bad-id", 5, 15, "`two-words`"),
        ("amendments: [{date: soon, what: x}]", "bad-date", 5, 25, ""),
        ("amendments: [{on: 2026-11-09}]", "unknown-key", 5, 19, ""),
        ("ignore: {digits-in-objective: }", "missing-field", 5, 14, "reason"),
        ("ignore: digits-in-objective", "wrong-kind", 5, 13, ""),
        ("key_results: [a]", "wrong-kind", 5, 18, "ids"),
        ("key_results: {k: words}", "wrong-kind", 5, 22, "fields"),
        ("key_results: {k: {note: x}}", "missing-field", 5, 19, "`title`"),
        ("key_results: {two words: {title: x}}", "bad-id", 5, 19, "`two-words`"),
        ("extra: x", "wrong-kind", 5, 12, "fields"),
    ],
)
def test_each_mistake_is_reported_at_its_place(text: str, code: str, line: int, column: int, said: str) -> None:
    entry, problems = objective(text)
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, problems
    assert (found[0].span.line, found[0].span.column) == (line, column)
    assert said in f"{found[0].message} {found[0].hint}"
    assert entry.title.source == "T", "the rest of the objective stands"


@pytest.mark.parametrize("text", ["title:", "title: ''", "title: '  '", "note: x"])
def test_an_objective_without_a_title_is_called_by_its_id(text: str) -> None:
    file, problems = okrs(f"objectives:\n  fast:\n    {text}\n")
    assert file.objectives[0].title.source == "fast"
    assert [(problem.code, problem.span.line, problem.span.column) for problem in problems] == [("missing-field", 3, 3)]


@pytest.mark.parametrize("id_", ["index", "retro", "guardrails", "Index", "RETRO"])
def test_an_objective_is_not_named_like_a_page(id_: str) -> None:
    file, problems = okrs(f"objectives:\n  {id_}: {{title: T}}\n  fine: {{title: T}}\n")
    assert [entry.id for entry in file.objectives] == ["fine"]
    assert [(problem.code, problem.span.line) for problem in problems] == [("id-collision", 3)]


@pytest.mark.parametrize("text", ["objectives: [a]", "objectives: words", "guardrails: [a]", "objectives:\n  - a"])
def test_objectives_are_a_mapping_of_ids(text: str) -> None:
    file, problems = okrs(text)
    assert (file.objectives, file.guardrails) == ((), ())
    assert [problem.code for problem in problems] == ["wrong-kind"]


@pytest.mark.parametrize("text", ["---\n---\n", "objectives\n\n- a\n", "---\nobjectives:\n---\n"])
def test_a_file_without_objectives_is_mentioned(text: str) -> None:
    found = parsed("teams/a/2026-Q4/okrs.md", text)
    assert [(problem.code, problem.severity) for problem in found.problems] == [("no-objectives", Severity.WARNING)]


def test_an_objective_written_twice_is_reported_and_the_first_one_stands() -> None:
    file, problems = okrs("objectives:\n  o:\n    title: First\n  o:\n    title: Second\n")
    assert [entry.title.source for entry in file.objectives] == ["First"]
    assert [(problem.code, problem.span.line, problem.span.column) for problem in problems] == [("duplicate-key", 5, 3)]
