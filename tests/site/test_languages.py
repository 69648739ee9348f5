"""Each language's tree speaks that language: no English in a Chinese one but what teams wrote in English."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.catalogues import messages, mo
from tests.companies import FINE, ROOT, TODAY, everywhere, write_files
from tests.conftest import Project
from tests.site.walker import Element, Page, chosen, read_site, text_of

BOTH: Final = 'title = "目标"\nlanguages = ["en", "zh"]\n'
SPOKEN: Final = (
    "alt",
    "aria-label",
    "title",
    "placeholder",
    "data-found",
    "data-more",
    "data-none",
    "data-none-here",
    "data-near",
)
"""Attributes that are read or shown to people."""
LATIN: Final = re.compile(r"[A-Za-z]{2,}")
OKR: Final = """---
objectives:
  b:
    title: 承诺
    type: committed
    since: 2026-07-20
    supports: [c]
    key_results:
      k: {title: 数字, baseline: 10 次, target: 20 次}
      j: {title: 判断, target: 好, weight: 2}
      d: {title: 交付, deliver_by: 2026-09-01}
      r: {title: 相对, baseline: 10 次, change: -20%}
  c: {title: 学习, type: learning, proposed_by: together}
  e: {title: 空的, status: draft, because: 还早, proposed_by: leadership}
guardrails:
  low: {title: 下限, keep_above: 95%}
  both: {title: 两端, keep_between: [1 次, 3 次]}
---
"""
CLOSED: Final = {
    "teams/acme/2026-Q3/okrs.md": OKR,
    "teams/acme/2026-Q3/checkins/2026-07-10.md": (
        "---\nprogress:\n  b: {confidence: 2}\n  b#k: {value: 25 次, confidence: 8, source: 表}\n"
        "  b#j: {value: 50%}\n  guardrails#low: 93%\n  guardrails#both: 2 次\n"
        "risks:\n  r: {about: b#k, what: 下雨, kind: external, needs: '@zest'}\nreview: mid-cycle\n---\n好。\n"
    ),
    "teams/acme/2026-Q3/checkins/2026-08-10.md": (
        "---\nprogress:\n  b#k: {value: 5 次, confidence: 3}\n"
        "risks:\n  r: {state: helped, helped_by: '@zest'}\n---\n好。\n"
    ),
    "teams/acme/2026-Q3/questions/q.md": "---\nabout: b\nasked_on: 2026-08-01\nasked_by: '@zest'\n---\n为什么？\n",
    "teams/acme/2026-Q3/retro.md": (
        "---\nscores:\n  b: {score: 0.7, because: 好, next: keep}\n  c: {score: 0.5, because: 好}\n---\n"
        "## 预期\n\n好。\n\n## 学到\n\n好。\n"
    ),
    "teams/zest/2026-Q3/okrs.md": "---\nobjectives:\n  s: {title: 支撑, supports: [acme/b#k]}\n---\n",
}
"""A cycle that is over, with kinds of promises and what became of them, all of it written in Chinese."""


def _remembered() -> dict[str, str]:
    """Cycles of five teams with enough to know of oneself, and what was carried on, handed over and dropped."""
    files = {
        "teams/t0/2026-Q2/checkins/2026-04-10.md": (
            "---\nassumptions: {a: shaky, b: holds}\nrisks:\n  x: {about: o, what: 雪}\n  y: {about: o, what: 风}\n"
            "  z: {about: o, what: 雨, state: resolved}\n  w: {about: o, what: 雾, state: happened}\n---\n"
        ),
        "teams/t0/2026-Q2/checkins/2026-04-17.md": (
            "---\nassumptions: {a: broken, b: shaky}\nrisks:\n  x: {state: happened}\n  y: {state: resolved}\n"
            "  v: {about: o, what: 霜}\n---\n"
        ),
        "teams/t0/2026-Q2/checkins/2026-04-24.md": "---\nrisks:\n  v: {about: o, what: 霜冻}\n---\n",
        "teams/t0/2026-Q2/checkins/2026-06-30.md": "---\nrisks:\n  u: {about: o, what: 热}\n---\n",
        "teams/t0/2026-Q2/checkins/2026-07-02.md": "---\nrisks:\n  s: {about: o, what: 冷}\n---\n",
        "teams/t0/2026-Q1/okrs.md": "---\nobjectives:\n  o: {title: 起点}\n---\n",
        "teams/t1/2026-Q1/okrs.md": "---\nobjectives:\n  o: {title: 起点, moved_from: t0/2026-Q1/o}\n---\n",
        "teams/t2/2026-Q1/okrs.md": "---\nobjectives:\n  o: {title: 起点, status: dropped}\n---\n",
    }
    for team in (f"t{number}" for number in range(5)):
        names = [f"k{number}" for number in range(6)]
        said = "".join(f"  o#{name}: {{confidence: 7}}\n" for name in names)
        scores = "".join(f"  o#{name}: 0.{number}\n" for number, name in enumerate(names, 3))
        more = "".join(f"  p{n}: {{title: 其他, proposed_by: team}}\n" for n in range(6))
        more += "  q: {title: 放下, status: dropped, because: 不行, replaced_by: 别的}\n" if team == "t1" else ""
        files |= {
            f"teams/{team}/team.md": "---\nname: 丙\n---\n",
            f"teams/{team}/2026-Q2/okrs.md": (
                f"---\nobjectives:\n  o:\n    title: 甲\n    carried_from: [{team}/2026-Q1/o, t0/2026-Q1/o]\n"
                "    assumes: {a: 天晴, b: 风停, c: 无雪}\n    reaffirmed: 2026-05-01\n    key_results:\n"
                + "".join(f"      {name}: {{title: 数}}\n" for name in names)
                + more
                + "---\n"
            ),
            f"teams/{team}/2026-Q2/checkins/2026-05-15.md": f"---\nprogress:\n{said}review: mid-cycle\n---\n",
            f"teams/{team}/2026-Q2/retro.md": f"---\nscores:\n{scores}lessons: {{l: 早问}}\n---\n",
        }
    return files


def _built(folder: Path, files: Mapping[str, str], settings: str = BOTH) -> dict[str, Page]:
    write_files(folder, {"okrsite.toml": settings, **{f"content/{place}": text for place, text in files.items()}})
    options = ("-q", "--keep-going", "--today", TODAY, "-o", str(folder / "site"))
    assert main(["build", *options, "-C", str(folder)]) == 0
    return read_site(folder / "site")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The Chinese tree of a company that writes nothing but Chinese."""
    written = {place: text.replace("note[^1]", "注[^1]") for place, text in everywhere("甲乙").items()}
    written["teams/acme/2026-Q4/retro.md"] = written["teams/acme/2026-Q4/retro.md"].replace("What we learned", "学到")
    pages = _built(tmp_path_factory.mktemp("chinese"), {**written, **CLOSED, **_remembered()})
    return {path: page for path, page in pages.items() if path.startswith("zh/")}


def _english(page: Page, texts: list[tuple[str, tuple[int, ...]]]) -> list[str]:
    """The texts that hold Latin words and are no code, no choice of language and no author's number or key."""
    apart = {e.number for e in page.elements if e.tag in ("code", "script", "style") or "hreflang" in e.attributes}
    known = re.compile(r"\b(?:ms|OKRs?|okrs\.md|acme|zest|Zest|t\d|English|2026-\w+)\b|\{\w+\}")
    return [
        words.strip()
        for words, around in texts
        if not apart.intersection(around) and LATIN.search(known.sub("", words))
    ]


def test_a_chinese_tree_has_no_english_on_it(chinese: dict[str, Page]) -> None:
    assert len(chinese) > 30
    left = {path: found for path, page in chinese.items() if (found := _english(page, list(page.words)))}
    assert left == {}


def test_nor_in_what_is_read_out(chinese: dict[str, Page]) -> None:
    seen, left = 0, {}
    for path, page in chinese.items():
        spoken = [(e.attributes[name], e.around) for e in page.elements for name in SPOKEN if name in e.attributes]
        seen += len(spoken)
        if found := _english(page, spoken):
            left[path] = found
    assert seen > 150
    assert left == {}


def test_what_the_small_company_shows_is_much_of_what_can_be_said(chinese: dict[str, Page]) -> None:
    """The test above is worth as much as the states that its company goes through."""
    from okrsite.pages.words import SOURCE, Vocabulary
    from okrsite.shell.project import read_catalogues

    plain = Vocabulary(read_catalogues()).words("zh").plain
    shown = "\n".join(
        text
        for page in chinese.values()
        for text in (
            text_of(page, page.elements[0]),
            *(e.attributes[name] for e in page.elements for name in SPOKEN if name in e.attributes),
        )
    )
    total, found = 0, 0
    for message, context in messages():
        one = message if isinstance(message, str) else message[0]
        said = plain.translations.pgettext(context, one) if context else plain.translations.gettext(one)
        if isinstance(message, str) and said != SOURCE:
            parts = [part for part in re.split(r"%\(\w+\)s", said) if part.strip("，。：；、 ")]
            total += 1
            found += all(part.strip() in shown for part in parts)
    assert found > 0.7 * total


def test_the_usual_questions_of_a_look_back_are_asked_in_the_pages_language_and_others_as_written(
    tmp_path: Path,
) -> None:
    headings = ("What we expected", "What changes next?", "What went bad on Monday")
    retro = "".join(f"## {heading}\n\nA.\n\n" for heading in headings)
    pages = _built(
        tmp_path, {**FINE, "teams/acme/2026-Q4/retro.md": retro, "teams/zest/2026-Q4/retro.md": "## 学到的\n\n好。\n"}
    )

    def asked(path: str) -> list[tuple[str, str]]:
        page = pages[path]
        found = [element for element in page.elements if element.tag == "h2"]
        return [(text_of(page, element), element.attributes.get("lang", "")) for element in found]

    assert asked("zh/teams/acme/2026-Q4/retro.html")[:3] == [
        ("我们的预期", "zh"),
        ("下一步", "zh"),
        ("What went bad on Monday", ""),
    ]
    assert [words for words, _ in asked("teams/acme/2026-Q4/retro.html")[:2]] == [
        "What we expected",
        "What changes next?",
    ]
    assert asked("teams/zest/2026-Q4/retro.html")[0] == ("What we learned", "en")
    assert asked("zh/teams/zest/2026-Q4/retro.html")[0] == ("学到的", "")


def test_a_missing_page_leads_to_each_languages_home(tmp_path: Path) -> None:
    pages = _built(tmp_path, FINE, BOTH + 'base_url = "https://okrs.example/our/"\n')
    links = {
        a.attributes["hreflang"]: a.attributes["href"]
        for a in chosen(pages["404.html"], tag="a")
        if "hreflang" in a.attributes
    }
    assert links == {"en": "/our/index.html", "zh": "/our/zh/index.html"}
    assert "zh/404.html" not in pages


def test_a_page_says_its_language_and_so_do_texts_in_another(tmp_path: Path) -> None:
    files = {place.removeprefix("content/"): text for place, text in FINE.items()}
    pages = _built(tmp_path, files)
    for path, page in pages.items():
        (root,) = chosen(page, "html")
        assert root.attributes["lang"] == ("zh" if path.startswith("zh/") else "en"), path
    page = pages["zh/teams/acme/2026-Q4/instant.html"]
    (title,) = chosen(page, "h1")
    (inner,) = [e for e in page.elements if title.number in e.around]
    assert (inner.attributes, text_of(page, inner)) == ({"lang": "en"}, "Paying feels instant everywhere")


def test_a_language_without_words_of_its_own_is_said_in_english_and_says_so(tmp_path: Path) -> None:
    files = {place.removeprefix("content/"): text for place, text in FINE.items()}
    files["index.md"] = "---\nmission: {de: Sofort, fr: Tout de suite}\n---\n"
    pages = _built(tmp_path, files, 'language = "de"\nlanguages = ["de", "fr"]\n')
    for path, language, mission in (("index.html", "de", "Sofort"), ("fr/index.html", "fr", "Tout de suite")):
        page = pages[path]
        assert [e.attributes["lang"] for e in chosen(page, "html")] == ["en"]
        assert [text_of(page, e) for e in chosen(page, "h1")] == [mission]
        (marked,) = [e for e in chosen(page, lang=language) if text_of(page, e) == mission]
        assert marked.tag == "span"
    assert "Skip to the text" in text_of(pages["fr/index.html"], pages["fr/index.html"].elements[0])


def test_the_demos_english_is_marked_on_chinese_pages(tmp_path: Path) -> None:
    """All that is not marked is Chinese, a number with its unit, or a name."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "content", project / "content")
    (project / "okrsite.toml").write_text('title = "OKR"\nlanguages = ["en", "zh"]\n', encoding="utf-8")
    assert main(["build", "-q", "--no-cache", "--today", TODAY, "-C", str(project)]) == 0
    sentence, seen = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){3}"), 0
    for path, page in read_site(project / "site" / "zh").items():
        for words, around in page.words:
            elements = [page.elements[number] for number in around]
            languages = [e.attributes["lang"] for e in elements if "lang" in e.attributes]
            if languages[-1:] == ["en"]:
                seen += 1
            elif not any(e.tag in ("code", "title", "script") or _is_value(e) for e in elements):
                assert not sentence.search(words), (path, words)
    assert seen > 2_000


def _is_value(element: Element) -> bool:
    """Whether an element holds what a team typed as a number, or a source in its words."""
    return "data-figure" in element.attributes or element.attributes.get("class") in ("aim", "source", "facts")


# --- a theme's own words ----------------------------------------------------------------------------------------------


def test_a_theme_brings_words_of_its_own(
    project: Project, run: Callable[..., object], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project({**FINE, "okrsite.toml": 'languages = ["en", "zh", "xx"]\ntheme = "acme"\n'})
    write_files(folder, {"themes/acme/locales/zh.mo": mo({"Home": "起点"}), "themes/acme/locales/xx.mo": mo({})})
    arguments = ["build", "-C", str(folder), "--today", TODAY, "--explain"]
    assert main(arguments) == 0
    navigation = {
        language: (folder / "site" / language / "index.html").read_text(encoding="utf-8") for language in ("zh", "xx")
    }
    assert ">起点</a>" in navigation["zh"]
    assert ">对齐图</a>" in navigation["zh"]
    assert '<html lang="xx">' in navigation["xx"]
    assert '><span lang="en">Map</span></a>' in navigation["xx"]
    capsys.readouterr()
    assert main(arguments) == 0
    assert " 0 rendered" in capsys.readouterr().out
    write_files(folder, {"themes/acme/locales/zh.mo": mo({"Home": "开头"})})
    assert main(arguments) == 0
    assert "zh/index.html: what it shows has changed: chrome" in capsys.readouterr().out
    assert ">开头</a>" in (folder / "site/zh/index.html").read_text(encoding="utf-8")


def test_a_theme_whose_words_cannot_be_read_is_told_what_to_do(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project({**FINE, "okrsite.toml": 'theme = "acme"\n', "themes/acme/locales/zh.mo": "msgid"})
    assert main(["build", "-C", str(folder), "--today", TODAY]) == 2
    said = capsys.readouterr().err
    assert "zh.mo is no compiled catalogue; make it anew: msgfmt -o zh.mo zh.po" in said
