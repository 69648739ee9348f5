"""Where in the format a row of YAML stands, told by its indentation."""

import pytest

from okrsite.core.yaml_place import field_of_names, fields_below, places

from .timing import under_five_seconds

ROWS = """\
objectives:  # ours
  calm:
    title: It is calm
      and quiet
    why: |
      We say
      title: so
    depends_on:
    - from: acme
      need: x
    "key_results":
      noise:

        # a comment
        title: It is quiet
""".splitlines()


@pytest.mark.parametrize(
    ("number", "keys", "goes_on"),
    [
        (0, "", ""),
        (1, "objectives", ""),
        (2, "objectives calm", ""),
        (3, "objectives calm title", "It is calm"),
        (5, "objectives calm why", "|"),
        (6, "objectives calm why", "|"),
        (7, "objectives calm", ""),
        (8, "objectives calm depends_on -", ""),
        (9, "objectives calm depends_on -", ""),
        (10, "objectives calm", ""),
        (14, "objectives calm key_results noise", ""),
    ],
)
def test_the_place_of_a_row_is_what_it_is_indented_below(number: int, keys: str, goes_on: str) -> None:
    place = places(ROWS)[number]
    assert (place.keys, place.goes_on) == (tuple(keys.split()), goes_on)
    assert place.is_in_block == (goes_on == "|")


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ("", "objectives"),
        ("", "about"),
        ("objectives calm", "why"),
        ("objectives calm depends_on -", "need"),
        ("objectives calm key_results noise", "baseline"),
        ("progress calm#noise", "confidence"),
        ("scores calm views -", "view"),
    ],
)
def test_fields_stand_where_the_format_has_them(keys: str, field: str) -> None:
    assert field in fields_below(keys.split())


@pytest.mark.parametrize(
    "keys",
    [
        "objectives",
        "objectives calm why",
        "objectives calm initiatives -",
        "lessons ask",
        "extra",
        "nothing",
        "risks -",
    ],
)
def test_no_field_stands_among_names_and_sentences(keys: str) -> None:
    assert not fields_below(keys.split())


@pytest.mark.parametrize("keys", ["objectives", "progress", "lessons", "parent", "objectives calm assumes"])
def test_names_stand_where_the_format_has_them(keys: str) -> None:
    assert field_of_names(keys.split())
    assert not field_of_names([*keys.split(), "-"])


@pytest.mark.parametrize("row", ["- " * 30_000, '"' * 60_000, "a" + " " * 60_000 + "b", "'" + "a: " * 20_000])
def test_hostile_rows_take_no_time(row: str) -> None:
    with under_five_seconds():
        assert places([row])[0].goes_on == ""
