"""Where every page is. No address is spelled anywhere else; all come from ids, never from titles."""

from functools import lru_cache
from posixpath import dirname, splitext
from urllib.parse import quote

from okrsite.core.refs import objective_of, part_of, place_of, tail_of, team_of

ASSETS = "assets/"
HOME = "index.html"
TEAMS = "teams/index.html"
LESSONS = "lessons.html"
DROPPED = "dropped.html"
QUESTIONS = "questions.html"
NOT_FOUND = "404.html"
SEARCH = "search.html"
GUIDE = "guide.html"
GOALPOSTS = "goalposts.html"
CALIBRATION = "calibration.html"
PAGES = "pages.html"
ROBOTS = "robots.txt"
HEADERS = "_headers"
AZURE = "staticwebapp.config.json"
VERCEL = "vercel.json"
FEED = "feed.xml"
CALENDAR = "calendar.ics"


def is_page(path: str) -> bool:
    """Whether a file is a page for people; feeds and calendars are for their programs."""
    return path.endswith(".html")


def cycle(id_: str) -> str:
    return f"{id_}/index.html"


def cascade(id_: str) -> str:
    return f"{id_}/map.html"


def asks(id_: str) -> str:
    return f"{id_}/asks.html"


def retros(id_: str) -> str:
    return f"{id_}/retros.html"


def changes(id_: str) -> str:
    return f"{id_}/changes.html"


def team(id_: str) -> str:
    return f"teams/{id_}/index.html"


def team_cycle(team_id: str, cycle_id: str) -> str:
    return f"teams/{team_id}/{cycle_id}/index.html"


def objective(ref: str) -> str:
    """The page of an objective, of a full reference to it or to one of its key results."""
    return f"teams/{objective_of(ref)}.html"


def retro(team_id: str, cycle_id: str) -> str:
    return f"teams/{team_id}/{cycle_id}/retro.html"


def goalposts(id_: str) -> str:
    return f"{id_}/goalposts.html"


def lessons(id_: str) -> str:
    return f"{id_}/lessons.html"


def cycle_feed(id_: str) -> str:
    return f"{id_}/feed.xml"


def cycle_calendar(id_: str) -> str:
    return f"{id_}/calendar.ics"


def team_feed(id_: str) -> str:
    return f"teams/{id_}/feed.xml"


def team_calendar(id_: str) -> str:
    return f"teams/{id_}/calendar.ics"


def objective_feed(team_id: str, cycle_id: str, objective_id: str) -> str:
    return f"teams/{team_id}/{cycle_id}/{objective_id}.xml"


def page(slug: str) -> str:
    return f"pages/{slug}.html"


def logo(path: str) -> str:
    """The name under which a company's mark is among the theme's static files; '' without one."""
    return f"logo{splitext(path)[1].lower()}" if path else ""


def picture(digest: str, kind: str) -> str:
    """A picture; like all assets it is named after its content."""
    return f"{ASSETS}pictures/{digest}.{kind}"


def search_index(cycle_id: str) -> str:
    """The list of what can be searched of a cycle, or with '' of what belongs to none."""
    return f"search/{cycle_id or 'site'}.js"


def place(ref: str, kind: str) -> tuple[str, str]:
    """The page and the anchor of whatever a full reference names."""
    if kind == "team":
        return team(team_of(ref)), ""
    if kind == "objective":
        return objective(ref), ""
    if kind == "key result":
        return objective(ref), anchor("kr", part_of(ref))
    owner, cycle_id = place_of(ref)
    if kind == "guardrail":
        return team_cycle(owner, cycle_id), anchor("kr", part_of(ref))
    if kind == "lesson":
        return lessons(cycle_id), anchor("lesson", f"{owner}.{cycle_id}.{tail_of(ref)}")
    return team_cycle(owner, cycle_id), anchor(kind, tail_of(ref))


def anchor(kind: str, id_: str) -> str:
    """An element's id: the kind in front keeps authors' words from clashing with the page's own."""
    return f"{kind}-{id_}"


def tree(reading: str, main: str) -> str:
    """The folder of a language's tree of pages: the site's main language has the root itself."""
    return "" if reading == main else f"{reading}/"


def under_alias(path: str, team_id: str, alias: str) -> str:
    """The address that a team's page had under an old id, or '' for other pages."""
    prefix = f"teams/{team_id}/"
    return f"teams/{alias}/{path.removeprefix(prefix)}" if path.startswith(prefix) else ""


def to_root(path: str) -> str:
    """The way from a page to the site's root."""
    folder = dirname(path)
    return "../" * (folder.count("/") + 1) if folder else ""


def ways_up(path: str) -> tuple[tuple[str, str], ...]:
    """The folders around a page, nearest first, each with the way to it; the root is not among them."""
    parts = dirname(path).split("/") if "/" in path else []
    return tuple(("/".join(parts[:n]) + "/", "../" * (len(parts) - n)) for n in range(len(parts), 0, -1))


@lru_cache(maxsize=65_536)
def quoted(path: str, fragment: str = "") -> str:
    """A path and an anchor as they stand in a link."""
    address = quote(path)
    return f"{address}#{quote(fragment)}" if fragment else address
