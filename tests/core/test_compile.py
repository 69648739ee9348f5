"""All files to one company: every problem in reading order, equal results for equal input, and nothing raises."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.diagnostics import Severity
from okrsite.core.export import export_company

from .company import codes, compiled, exported, matter

WRONG = {
    "index.md": matter("mision: M"),
    "teams/b/team.md": matter("parent: nobody"),
    "teams/a/2026-Q4/okrs.md": matter("objectives:\n  o:\n    title: *T*\n    supports: [x, y]\n    why: a: b"),
    "teams/a/2026-Q4/checkins/2026-12-24.md": matter("progress: {o: {confidence: 11}}"),
    "teams/a/team.md": matter("name: A"),
}


def test_all_problems_of_all_files_are_said_in_reading_order() -> None:
    found = compiled(WRONG, settings="titel = 1")
    places = [(problem.span.path.split("/"), problem.span.line, problem.span.column) for problem in found.problems]
    assert len(places) == 9
    assert all(before <= after for before, after in pairwise(places))
    assert found.count(Severity.HINT) == 1
    assert found.count(Severity.ERROR) == 8


def test_severities_are_a_setting() -> None:
    settings = '[checks]\nunresolved-ref = "warning"\nfuture-checkin = "off"'
    found = compiled(WRONG, settings=settings)
    assert "future-checkin" not in codes(found.problems)
    assert {problem.severity for problem in found.problems if problem.code == "unresolved-ref"} == {Severity.WARNING}


def test_the_order_in_which_files_are_read_changes_nothing() -> None:
    again = dict(reversed(WRONG.items()))
    assert exported(WRONG) == exported(again)


PARTS = (
    *("objectives", "guardrails", "key_results", "progress", "risks", "assumptions", "scores", "lessons", "not_doing"),
    *("title", "status", "type", "supports", "depends_on", "provides", "shared_with", "assumes", "milestones", "since"),
    *("baseline", "target", "change", "keep_above", "keep_between", "deliver_by", "find_baseline", "weight", "due"),
    *("o", "p", "o#k", "k", "guardrails#k", "value", "confidence", "score", "about", "what", "needs", "from", "to"),
    *("parent", "aliases", "until", "name", "start", "end", "cadence"),
)
WORDS = (
    *(
        "o",
        "o#k",
        "a/o",
        "b/2026-Q4/p",
        "@b",
        "@a",
        "a",
        "b",
        "5%",
        "10",
        "-3",
        "0",
        "yes",
        "[a, b]",
        "[1, 2]",
        "2026-Q4",
    ),
    *(
        "2026-11-06",
        "9999-12-31",
        "0001-01-01",
        "dropped",
        "committed",
        "open",
        "monthly",
        "x",
        "",
        "'[[o]]'",
        "1e9",
        "-20%",
    ),
)
PLACES = (
    *("teams/a/team.md", "teams/b/team.md", "teams/a/2026-Q4/okrs.md", "teams/b/2026/okrs.md", "cycles/2026-Q4.md"),
    *("teams/a/2026-Q4/checkins/2026-11-06.md", "teams/a/2026-Q4/retro.md", "teams/a/2026-Q4/questions/why.md"),
)


def mapping(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(
        st.tuples(st.sampled_from(PARTS), children), min_size=1, max_size=5, unique_by=lambda pair: pair[0]
    )
    return pairs.map(lambda found: "{" + ", ".join(f'"{key}": {value}' for key, value in found) + "}")


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(PLACES), st.recursive(st.sampled_from(WORDS), mapping, max_leaves=14), min_size=2, max_size=6
    )
)
def test_whatever_files_say_a_company_is_compiled_and_exported(files: dict[str, str]) -> None:
    texts = {place: f"---\n{text}\n---\n[[o]]\n" for place, text in files.items()}
    first, second = (compiled(texts, today="2027-03-01") for _ in range(2))
    assert first.problems == second.problems
    assert export_company(first) == export_company(second)
