"""okrsite.toml: every setting has a default, and what is wrong with one is said at its line."""

import pytest

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.settings import Brand, Limits, Settings, parse_settings


def read(text: str) -> Settings:
    settings, problems = parse_settings(text)
    assert problems == ()
    return settings


def wrong(text: str) -> tuple[Settings, Diagnostic]:
    settings, problems = parse_settings(text)
    assert [problem.code for problem in problems] == ["settings"]
    assert problems[0].severity is Severity.ERROR
    return settings, problems[0]


def test_an_empty_file_means_the_defaults() -> None:
    settings = read("")
    assert settings == Settings()
    assert (settings.title, settings.language, settings.languages) == ("OKRs", "en", ("en",))
    assert (settings.branch, settings.company, settings.base_url, settings.repo_url) == ("main", "", "", "")
    assert (settings.fiscal_year_start, settings.opening_days, settings.closing_days) == (1, 14, 21)
    assert (settings.theme, settings.content, settings.output) == ("default", "content", "site")
    assert settings.limits == Limits(objectives=5, key_results=4)


def test_settings_are_read() -> None:
    settings = read(
        """
        title = "Acme OKRs"
        language = "zh"
        languages = ["zh", "en"]
        company = "acme"
        base_url = "https://okr.acme.example/"
        repo_url = "https://git.acme.example/okr"
        branch = "trunk"
        forge = "gitlab"
        ask = "mailto:okr@acme.example"
        fiscal_year_start = 4
        opening_days = 7
        closing_days = 0
        theme = "acme"
        content = "okr/content"
        output = "public"
        [limits]
        objectives = 3
        [checks]
        comment-after-text = "off"
        no-baseline = "error"
        dead-link = "hint"
        profile = "first-year"
        [brand]
        name = "Acme"
        logo = "logo.png"
        accent = "#aa0000"
        """
    )
    assert settings == Settings(
        title="Acme OKRs",
        language="zh",
        languages=("zh", "en"),
        company="acme",
        base_url="https://okr.acme.example/",
        repo_url="https://git.acme.example/okr",
        branch="trunk",
        forge="gitlab",
        ask="mailto:okr@acme.example",
        fiscal_year_start=4,
        opening_days=7,
        closing_days=0,
        theme="acme",
        content="okr/content",
        output="public",
        limits=Limits(objectives=3),
        brand=Brand("Acme", "logo.png", "#aa0000"),
        profile="first-year",
        checks={"comment-after-text": None, "no-baseline": Severity.ERROR, "dead-link": Severity.HINT},
    )


def test_languages_default_to_the_language() -> None:
    assert read('language = "zh"').languages == ("zh",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\ntitel = "x"', 2, "`title`"),
        ("title = 3", 1, "`title`"),
        ("title = true", 1, "`title`"),
        ('closing_days = "21"', 1, "`closing_days`"),
        ("closing_days = true", 1, "`closing_days`"),
        ("closing_days = -1", 1, "`closing_days`"),
        ("opening_days = 1000", 1, "`opening_days`"),
        ("opening_days = 1.5", 1, "`opening_days`"),
        ("\n\nfiscal_year_start = 13", 3, "month"),
        ("fiscal_year_start = 0", 1, "month"),
        ('languages = "en"', 1, "list"),
        ("languages = []", 1, "list"),
        ("languages = [1]", 1, "list"),
        ('language = "English"', 1, '`"en"`'),
        ('language = "Klingon"', 1, "`zh`"),
        ('languages = ["en", "../x"]', 1, "`zh`"),
        ('forge = "sourceforge"', 1, "gitlab"),
        ('content = "/etc"', 1, "inside"),
        ('content = "a/../../b"', 1, "inside"),
        ('output = "~/site"', 1, "inside"),
        ('theme = ""', 1, "inside"),
        ('base_url = "okr.acme.example"', 1, "https://"),
        ('repo_url = "javascript:x"', 1, "https://"),
        ('ask = "javascript:x"', 1, "mailto:"),
        ('ask = "okrs@acme.example"', 1, "mailto:"),
        ("limits = 3", 1, "table"),
        ("[limits]\nobjective = 3", 2, "`objectives`"),
        ('[limits]\nobjectives = "3"', 2, "whole number"),
        ("brand = []", 1, "table"),
        ("checks = 1", 1, "table"),
        ('[checks]\nno-such-check = "off"', 2, "no check"),
        ('[checks]\nno-baselin = "off"', 2, "`no-baseline`"),
        ('[checks]\nno-baseline = "loud"', 2, "`warning`"),
        ("[checks]\nno-baseline = false", 2, '`no-baseline = "off"`'),
        ("[checks]\nno-baseline = true", 2, "`warning`"),
        ('[checks]\nprofile = "second-year"', 2, "first-year"),
        ("title = x", 1, "TOML"),
        ('title = "a"\ntitle = "b"\n', 2, "TOML"),
        ("title\n", 1, "TOML"),
        ('language = "en"\ntitle =', 2, "TOML"),
        ('language = "en"\ntitle = "x', 2, "TOML"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said_at_its_line(text: str, line: int, said: str) -> None:
    settings, problem = wrong(text)
    assert problem.span.path == "okrsite.toml"
    assert problem.span.line == line
    assert said in f"{problem.message} {problem.hint}"
    assert settings == Settings(), "what is wrong is left at its default"


def test_the_language_of_the_site_is_among_its_languages() -> None:
    _, problem = wrong('title = "x"\nlanguages = ["de"]')
    assert problem.span.line == 2
    assert "`language`" in problem.message


def test_one_mistake_leaves_the_other_settings() -> None:
    settings, _ = wrong('title = "Acme"\nclosing_days = "x"\nopening_days = 3')
    assert (settings.title, settings.closing_days, settings.opening_days) == ("Acme", 21, 3)


def test_all_mistakes_are_said() -> None:
    _, problems = parse_settings('titel = 1\nclosing_days = -1\n[limits]\nx = 1\n[checks]\ny = "off"\n')
    assert [problem.span.line for problem in problems] == [1, 2, 4, 6]


@pytest.mark.parametrize("text", ["x = " + "[" * 5_000, "x = " + "9" * 5_000, "x = " + "{a=" * 5_000])
def test_settings_beyond_all_measure_are_reported_in_words(text: str) -> None:
    settings, (problem,) = parse_settings(text)
    assert settings == Settings()
    assert problem.message.startswith("this is not TOML")
