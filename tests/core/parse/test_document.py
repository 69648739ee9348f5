"""One content file to one value: whatever a file holds, reading it returns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.model import PageFile
from okrsite.core.parse import PARSERS

from ..company import parsed
from ..timing import under_five_seconds

PLACES = (
    "index.md",
    "cycles/spring.md",
    "pages/glossary.md",
    "teams/a/team.md",
    "teams/a/2026-Q4/okrs.md",
    "teams/a/2026-Q4/retro.md",
    "teams/a/2026-Q4/checkins/2026-10-12.md",
    "teams/a/2026-Q4/questions/why.md",
    "teams/a/2026-Q4/retro.zh.md",
    "elsewhere.md",
)
KEYS = (
    *(
        "title",
        "name",
        "objectives",
        "key_results",
        "guardrails",
        "progress",
        "risks",
        "assumptions",
        "scores",
        "lessons",
    ),
    *(
        "milestones",
        "keep_between",
        "baseline",
        "target",
        "change",
        "supports",
        "depends_on",
        "provides",
        "shared_with",
    ),
    *(
        "assumes",
        "amendments",
        "ignore",
        "views",
        "parent",
        "aliases",
        "about",
        "asked_on",
        "extra",
        "o",
        "k",
        "en",
        "zh",
    ),
)
SCALARS = (
    "",
    "x",
    "5%",
    "1,200",
    "2026-10-31",
    "@a",
    "a/b#c",
    "no",
    "[[a]]",
    "*",
    '"',
    "[a, b]",
    "{a: b}",
    "- x",
    "#x",
)


def nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """YAML with fields of the format at places where they may or may not belong."""
    pairs = st.lists(st.tuples(st.sampled_from(KEYS), children), min_size=1, max_size=4)

    def indented(value: str) -> str:
        return (
            "\n" + "\n".join(f"  {line}" for line in value.split("\n"))
            if "\n" in value or ": " in value
            else f" {value}"
        )

    return pairs.map(lambda found: "\n".join(f"{key}:{indented(value)}" for key, value in found))


fields = st.recursive(st.sampled_from(SCALARS), nested, max_leaves=12)


def test_every_kind_of_file_has_a_place_here() -> None:
    read = [parsed(place, "") for place in PLACES]
    assert len({type(one.file) for one in read if one.file}) == len(PARSERS) + 1


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text", ["", "---\n---\n", "---", "---\n[\n---\n", "---\n- a\n---\nb", "\x00", "words", "---\n\t\n---"]
)
def test_an_odd_file_is_read_without_an_exception(place: str, text: str) -> None:
    found = parsed(place, text)
    assert found.path == f"content/{place}"
    assert (found.file is None) == (place == "elsewhere.md")


ALIASES = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
)
MERGES = "\n".join(
    ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 20)}]}}" for n in range(1, 40)]
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("title: " + "[" * 25_000, "yaml-depth", 2, id="brackets"),
        pytest.param("title: " + "{" * 25_000, "yaml-depth", 2, id="braces"),
        pytest.param("extra:\n  " + "- " * 25_000, "yaml-depth", 3, id="dashes"),
        pytest.param(ALIASES, "swallowed-text", 2, id="aliases"),
        pytest.param(MERGES, "swallowed-text", 2, id="merges"),
        pytest.param("extra:\n" + "  - a\n" * 6_000, "yaml-size", 4_998, id="items"),
        pytest.param("extra: {" + "a: b, " * 9_000 + "}", "yaml-size", 2, id="pairs"),
        pytest.param("extra:\n" + "  a: b\n" * 2_000, "duplicate-key", 4, id="twins"),
        pytest.param("title: !!python/object/apply:os.getcwd []", "swallowed-text", 2, id="tag"),
        pytest.param("title: &a a\nextra: {b: *a}", "swallowed-text", 2, id="anchor"),
        pytest.param("title: a\0b", "control-character", 2, id="null"),
        pytest.param("title: \x1b[31mred", "control-character", 2, id="escape"),
        pytest.param('title: "\\ud800"', "swallowed-text", 2, id="half a character"),
        pytest.param("? [a]\n: b", "yaml-key", 2, id="key"),
    ],
)
def test_hostile_front_matter_is_bounded_and_reported_with_its_place(text: str, code: str, line: int) -> None:
    with under_five_seconds():
        found = parsed("pages/a.md", f"---\n{text}\n---\nBody.\n")
    assert min(problem.span.line for problem in found.problems if problem.code == code) == line
    assert isinstance(found.file, PageFile)
    assert found.file.body.lead.plain == "Body."


@pytest.mark.parametrize("typed", ["9" * 60_000, "0." + "9" * 60_000, "1e99999999", ".inf", ".nan", "-" * 60_000])
def test_a_monstrous_number_is_none(typed: str) -> None:
    with under_five_seconds():
        found = parsed("teams/a/2026-Q4/okrs.md", f"---\nguardrails: {{g: {{title: G, keep_above: {typed}}}}}\n---\n")
    assert [problem.code for problem in found.problems] == ["bad-number"]


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.sampled_from(PLACES), fields, st.text(alphabet="ab#*[]{}`-|> \n", max_size=20))
def test_no_fields_at_no_place_raise(place: str, text: str, body: str) -> None:
    found = parsed(place, f"---\n{text}\n---\n{body}")
    lines = text.count("\n") + body.count("\n") + 4
    assert all(1 <= problem.span.line <= lines and problem.span.column >= 1 for problem in found.problems)


def test_reading_a_file_twice_gives_equal_values() -> None:
    for place in PLACES:
        text = "---\ntitle: [[a\n---\n\n## H {#o}\n\n[[x]] text[^1]\n\n[^1]: n\n"
        assert parsed(place, text) == parsed(place, text)
