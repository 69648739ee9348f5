"""Pictures of the content folder: shown where they are named, published once, and only those."""

import os
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.core.pictures import MAX_BYTES
from tests.companies import FINE, TODAY
from tests.conftest import Project
from tests.core.test_pictures import GIF, PNG
from tests.site.walker import chosen, read_page

TEAM: Final = "content/teams/acme/team.md"
PAGE: Final = "teams/acme/index.html"


def _pictures(folder: Path) -> dict[str, bytes]:
    """The pictures of a project's site by name, after a build."""
    assert main(["build", "-q", "-C", str(folder), "--today", TODAY, "--keep-going"]) == 0
    found = (folder / "site/assets/pictures").glob("*")
    return {path.name: path.read_bytes() for path in found}


def _team(text: str) -> dict[str, str | bytes]:
    return {**FINE, TEAM: f"---\nname: Acme\n---\n{text}\n"}


def test_a_picture_is_shown_with_its_words_and_size_and_published_under_its_content(project: Project) -> None:
    text = "![The *new* till](till.png)\n\n![Again](/teams/acme/till.png) ![Moving](../acme/moving.gif)"
    folder = project({**_team(text), "content/teams/acme/till.png": PNG, "content/teams/acme/moving.gif": GIF})
    published = _pictures(folder)
    page = read_page(PAGE, (folder / "site" / PAGE).read_text(encoding="utf-8"))
    images = [element.attributes for element in chosen(page, "img")]
    assert [(image["alt"], image.get("width")) for image in images] == [
        ("The new till", "640"),
        ("Again", "640"),
        ("Moving", "64"),
    ]
    assert [published[image["src"].rsplit("/", 1)[-1]] for image in images] == [PNG, PNG, GIF]
    assert len(published) == 2
    assert (folder / "site/teams/acme" / images[0]["src"]).resolve().is_file()


def test_the_second_language_leads_to_the_same_picture(project: Project) -> None:
    folder = project({**_team("![Till](till.png)"), "content/teams/acme/till.png": PNG})
    (folder / "okrsite.toml").write_text('languages = ["en", "zh"]')
    assert len(_pictures(folder)) == 1
    page = read_page(PAGE, (folder / "site/zh" / PAGE).read_text(encoding="utf-8"))
    (image,) = chosen(page, "img")
    assert (folder / "site/zh/teams/acme" / image.attributes["src"]).resolve().is_file()


def test_a_picture_that_no_page_shows_is_not_published(project: Project) -> None:
    hidden = {
        "content/teams/acme/unused.png": PNG,
        "content/teams/acme/2026-Q4/checkins/2026-12-01.md": "![x](later.png)",
    }
    folder = project({**_team("None."), **hidden, "content/teams/acme/2026-Q4/checkins/later.png": PNG})
    assert _pictures(folder) == {}


def test_another_picture_of_the_same_name_is_another_file_and_its_page_is_made_anew(project: Project) -> None:
    folder = project({**_team("![Till](till.png)"), "content/teams/acme/till.png": PNG})
    (first,) = _pictures(folder)
    (folder / "content/teams/acme/till.png").write_bytes(GIF)
    ((second, content),) = _pictures(folder).items()
    assert (content, second != first) == (GIF, True)
    assert second in (folder / "site" / PAGE).read_text(encoding="utf-8")


def _link(folder: Path) -> None:
    (folder / "secret.png").write_bytes(PNG)
    (folder / "content/teams/acme/till.png").symlink_to(folder / "secret.png")


def _link_on_the_way(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere/till.png").write_bytes(PNG)
    (folder / "content/teams/acme/pictures").symlink_to(folder / "elsewhere")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "content/teams/acme/till.png")


def _folder(folder: Path) -> None:
    (folder / "content/teams/acme/till.png").mkdir()


def _large(folder: Path) -> None:
    (folder / "content/teams/acme/till.png").write_bytes(PNG + bytes(MAX_BYTES))


def _script(folder: Path) -> None:
    (folder / "content/teams/acme/till.png").write_bytes(b"<svg onload=alert(1) xmlns='http://www.w3.org/2000/svg'/>")


def _hidden(folder: Path) -> None:
    (folder / "content/teams/acme/.till.png").write_bytes(PNG)


@pytest.mark.parametrize(
    ("prepare", "address"),
    [
        (_link, "till.png"),
        (_link_on_the_way, "pictures/till.png"),
        (_pipe, "till.png"),
        (_folder, "till.png"),
        (_large, "till.png"),
        (_script, "till.png"),
        (_hidden, ".till.png"),
        (lambda _: None, "../../../secret.png"),
        (lambda _: None, "/../okrsite.toml"),
        (lambda _: None, "a%00b.png"),
        (lambda _: None, "x" * 300 + ".png"),
    ],
)
def test_what_may_not_be_published_is_reported_and_its_words_stand_for_it(
    project: Project, capsys: pytest.CaptureFixture[str], prepare: object, address: str
) -> None:
    folder = project(_team(f"![The till]({address})"))
    (folder / "secret.png").write_bytes(PNG)
    assert callable(prepare)
    prepare(folder)
    capsys.readouterr()
    assert _pictures(folder) == {}
    page = (folder / "site" / PAGE).read_text(encoding="utf-8")
    assert "The till" in page
    assert "<img" not in page
    main(["check", "-C", str(folder), "--today", TODAY])
    assert "warning[wrong-picture]" in capsys.readouterr().out


def test_a_picture_that_changes_while_the_site_is_made_stops_it_truly(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from okrsite.pages import plan

    folder = project({**_team("![Till](till.png)"), "content/teams/acme/till.png": PNG})
    planned = plan.plan_site

    def changing(*arguments: object) -> object:
        (folder / "content/teams/acme/till.png").write_bytes(GIF)
        return planned(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(plan, "plan_site", changing)
    assert main(["build", "-q", "-C", str(folder), "--today", TODAY]) == 1
    assert "till.png was changed meanwhile; the old site, if there was one, stands" in capsys.readouterr().err
    assert not (folder / "site").exists()
