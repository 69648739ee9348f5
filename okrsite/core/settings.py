"""okrsite.toml: every setting, its default, and what is wrong with one."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final
from urllib.parse import urlsplit

from okrsite.core.colours import parse_colour
from okrsite.core.cycles import month_of
from okrsite.core.diagnostics import FIRST_YEAR, RULES, Diagnostic, Severity, did_you_mean, problem
from okrsite.core.source import Span
from okrsite.core.text import LANGUAGE

FILE_NAME: Final = "okrsite.toml"
FORGES: Final = ("", "github", "gitlab", "gitea")
_HOSTS: Final = {"github": "github", "gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea", "codeberg": "gitea"}
"""Kinds of forge by a part of their host's name."""
_YES: Final = ("yes", "on", "true")
_ANSWERS: Final = (*_YES, "no", "off", "false")
_ANSWER: Final = re.compile(r"\s*(?P<key>\w+)\s*[=:]\s*[\"']?(?P<answer>yes|no|on|off|true|false)\b", re.IGNORECASE)
"""A setting that says yes or no in another language than TOML's."""
_SETTING: Final = re.compile(r"[ \t]*(?P<key>\w+)[ \t]*[=:][ \t]*(?P<value>[^\s=:,](?:.*[^\s,])?)[\s,]*")
_LANGUAGES: Final = {"english": "en", "chinese": "zh", "中文": "zh"}
_REMOTE: Final = re.compile(r"(?:ssh://)?[\w.-]+@(?P<host>[\w.-]+)(?::(?:[0-9]+/)?/?|/)(?P<path>[^:/\s][^:\s]*)")
"""An address at which git fetches by SSH."""
PROFILES: Final = ("", "first-year")
OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many objectives a team and key results an objective should have at most."""

    objectives: int = 5
    key_results: int = 4


@dataclass(frozen=True, slots=True)
class Brand:
    """What a company puts in place of okrsite's own look."""

    name: str = ""
    logo: str = ""
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings; an empty file means all of these defaults."""

    title: str = "OKRs"
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    company: str = ""
    base_url: str = ""
    repo_url: str = ""
    branch: str = "main"
    forge: str = ""
    ask: str = ""
    fiscal_year_start: int = 1
    history: bool = True
    noindex: bool = True
    opening_days: int = 14
    closing_days: int = 21
    theme: str = "default"
    content: str = "content"
    output: str = "site"
    limits: Limits = Limits()
    brand: Brand = Brand()
    profile: str = ""
    checks: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severities that differ from a rule's own; None is off."""

    @property
    def levels(self) -> Mapping[str, Severity | None]:
        """The severities that differ from a rule's own, by the profile and, before it, by what is set one by one."""
        return {**FIRST_YEAR, **self.checks} if self.profile else self.checks


DAYS: Final = range(367)
"""How long a cycle may be opened, or closed, in days."""
TABLES = {"limits": Limits, "brand": Brand}
_DEFAULTS: Final = {f.name: f.default for kind in (Settings, Limits, Brand) for f in fields(kind)}


def parse_settings(text: str, path: str = FILE_NAME) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read settings; what is wrong is reported and left at its default."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        span = Span(path, int(found[1]), int(found[2])) if found else Span(path, text.rstrip().count("\n") + 1)
        message = re.sub(r"\(at [^()]*\)", "", str(error)).rstrip()
        return Settings(), (problem("settings", span, f"this is not TOML: {message}", _toml_hint(text, span, message)),)
    except (RecursionError, ValueError):  # lists without end, numbers beyond all measure
        return Settings(), (problem("settings", Span(path), "this is not TOML: it is too deep or a number too long"),)
    reader = _SettingsReader(text, path)
    values: dict[str, object] = {}
    for key, value in table.items():
        if key == "checks":
            values["checks"], profile = reader.checks(value)
            values["profile"] = profile
        elif key in TABLES:
            values[key] = reader.table(key, value)
        elif key in {f.name for f in fields(Settings)} - {"profile"}:
            default = getattr(Settings(), key)
            if reader.fits(key, value, default):
                values[key] = tuple(value) if isinstance(default, tuple) else value
        else:
            names = [f.name for f in fields(Settings) if f.name != "profile"]
            reader.report(key, f"there is no setting `{key}`", did_you_mean(key, names))
    reader.check_values(values)
    if "languages" not in values:
        values["languages"] = (values.get("language", "en"),)
    elif values.get("language", "en") not in values["languages"]:  # type: ignore[operator]
        reader.report("languages", "`languages` must hold the site's own `language`", "add it to the list")
    found_in_order = sorted(reader.problems, key=lambda item: item.span.line)
    return Settings(**values), tuple(found_in_order)  # type: ignore[arg-type]


def opening_days_in(text: str) -> int | None:
    """What an old version of the settings said of `opening_days`; None where that cannot be told."""
    try:
        said = tomllib.loads(text).get("opening_days", Settings().opening_days)
    except (RecursionError, ValueError):
        return None
    return said if type(said) is int and said in DAYS else None


def forge_of(settings: Settings) -> str:
    """The kind of forge that is set, or that the repository's address tells; '' where neither does."""
    labels = (urlsplit(settings.repo_url).hostname or "").split(".")
    return settings.forge or next((_HOSTS[label] for label in labels if label in _HOSTS), "")


def is_web_address(text: str) -> bool:
    """Whether a text is an address on the web."""
    try:
        return urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).netloc)
    except ValueError:
        return False


def _toml_hint(text: str, span: Span, message: str) -> str:
    """What to do about a line that is not TOML."""
    line = text.split("\n")[span.line - 1]
    if line.startswith("<<<<<<<"):
        return "two versions were merged: keep the lines that are right, and take out the others and the marks"
    if message.startswith("Cannot overwrite"):
        return "it is written twice: keep one of the two lines"
    if message.startswith("Cannot declare"):
        return "it begins twice: put the lines of both below the first"
    said = _ANSWER.match(line)
    if said and isinstance(_DEFAULTS.get(said["key"]), bool):
        return _yes_or_no(said["key"], said["answer"])
    meant = _as_toml(line)
    if meant:
        return f"write `{meant}`"
    return "text goes in double quotes" if message.startswith("Invalid value") else ""


def _as_toml(line: str) -> str:
    """A line with `:` for `=`, a comma at its end, or no plain quotes around a text, as it must be written; or ''."""
    found = _SETTING.fullmatch(line)
    default = _DEFAULTS.get(found["key"]) if found else None
    if not found or default is None:
        return ""
    inner = found["value"].strip("\"'“”„‟‘’")
    forms = [found["value"]]
    if not re.search("[\"'#]", inner):
        forms += [f'"{inner}"', f"'{inner}'"]
    return next((f"{found['key']} = {form}" for form in forms if _is_toml(form, default)), "")


def _is_toml(value: str, default: object) -> bool:
    """Whether a value is TOML, and of the kind of a default."""
    try:
        return type(tomllib.loads(f"value = {value}").get("value")) is type(default)
    except (RecursionError, ValueError):
        return False


def _yes_or_no(key: str, answer: str) -> str:
    return f"write `{key} = {'true' if answer.casefold() in _YES else 'false'}`"


def _right_kind(key: str, value: object, default: object) -> str:
    """What to write where a value is of another kind than it must be; '' when that is not certain."""
    if not isinstance(value, str):
        return ""
    if isinstance(default, bool):
        return _yes_or_no(key, value) if value.casefold() in _ANSWERS else ""
    if isinstance(default, tuple):
        return f'write `{key} = ["{value}"]`' if re.fullmatch(LANGUAGE, value) else ""
    number = int(value) if re.fullmatch("[0-9]{1,3}", value) else 0
    if key == "fiscal_year_start":
        number = number or month_of(value)
    return f"write `{key} = {number}`" if number else ""


def _elsewhere(key: str) -> str:
    """A hint for a setting of the whole site that stands in a section."""
    whole = key in {f.name for f in fields(Settings)} and key not in TABLES
    return "it belongs above the first `[section]` of this file" if whole else ""


def _address(typed: str) -> str:
    """A hint to the address that was meant, where only its beginning is missing."""
    remote = _REMOTE.match(typed)
    if remote:
        typed = f"{remote['host']}/{remote['path'].removesuffix('.git')}"
    whole = f"https://{typed}"
    return f'write `"{whole}"`' if re.match(r"[\w-]+\.[\w.-]+(?:/|$)", typed) and is_web_address(whole) else ""


def _is_inside(path: str) -> bool:
    """Whether a path stays within the folder from which it starts."""
    return path.isprintable() and bool(path) and not path.startswith(("/", "~")) and ".." not in path.split("/")


class _SettingsReader:
    """Collects problems of one settings file; TOML keeps no places, so a key's line is looked up."""

    def __init__(self, text: str, path: str) -> None:
        self.lines, self.path = text.split("\n"), path
        self.problems: list[Diagnostic] = []

    def report(self, key: str, message: str, hint: str = "") -> None:
        pattern = re.compile(rf"""[ \t]*(?:\[[ \t]*)?["']?{re.escape(key)}["']?[ \t]*[=\].]""")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), 1)
        self.problems.append(problem("settings", Span(self.path, line, 1, len(key)), message, hint))

    def fits(self, key: str, value: object, default: object) -> bool:
        """Whether a value is of the kind of the default."""
        if isinstance(default, tuple):
            good = isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
            wanted = 'a list of texts: `["en", "zh"]`'
        elif isinstance(default, bool):
            good, wanted = isinstance(value, bool), "`true` or `false`"
        elif isinstance(default, int):
            good, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
        else:
            good, wanted = isinstance(value, str), "a text in double quotes"
        if not good:
            self.report(key, f"`{key}` must be {wanted}", _right_kind(key, value, default))
        return good

    def table(self, name: str, value: object) -> object:
        """A table of settings such as [limits]."""
        kind = TABLES[name]
        if not isinstance(value, dict):
            self.report(name, f"`{name}` is a table", f"write a line `[{name}]` and its settings below")
            return kind()
        known = {f.name: f.default for f in fields(kind)}
        good = {}
        for key, item in value.items():
            if key not in known:
                self.report(
                    key, f"there is no setting `{key}` in `[{name}]`", _elsewhere(key) or did_you_mean(key, known)
                )
            elif self.fits(key, item, known[key]):
                good[key] = item
        return kind(**good)

    def checks(self, value: object) -> tuple[dict[str, Severity | None], str]:
        """The severities of rules, and the profile."""
        levels: dict[str, Severity | None] = {}
        profile = ""
        if not isinstance(value, dict):
            self.report("checks", "`checks` is a table", 'write a line `[checks]` and `code = "off"` below')
            return levels, profile
        for code, level in value.items():
            if code == "profile":
                if level in PROFILES:
                    profile = level
                else:
                    self.report("profile", f"there is no profile `{level}`", "the profile is `first-year`")
            elif code not in RULES:
                self.report(code, f"there is no check `{code}`", _elsewhere(code) or did_you_mean(code, RULES))
            elif level == OFF:
                levels[code] = None
            elif level in list(Severity):
                levels[code] = Severity(level)
            else:
                hint = f'write `{code} = "off"`' if level is False else "one of `error`, `warning`, `hint`, `off`"
                self.report(
                    code, f"a check cannot be `{str(level).lower() if isinstance(level, bool) else level}`", hint
                )
        return levels, profile

    def check_values(self, values: dict[str, object]) -> None:
        """What a value's kind alone does not say."""
        start = values.get("fiscal_year_start", 1)
        if start not in range(1, 13):
            self.report("fiscal_year_start", "`fiscal_year_start` is a month, 1 to 12")
            del values["fiscal_year_start"]
        for key in ("opening_days", "closing_days"):
            if isinstance(values.get(key), int) and values[key] not in DAYS:
                self.report(key, f"`{key}` is a number of days, 0 to 366")
                del values[key]
        spoken = [values.get("language", "en"), *values.get("languages", ())]  # type: ignore[misc]
        for language in spoken:
            if not re.fullmatch(LANGUAGE, str(language)):
                code = _LANGUAGES.get(str(language).casefold())
                hint = f'write `"{code}"`' if code else "write a code such as `en` or `zh`"
                self.report("language", f"`{language}` is not a language", hint)
                values.pop("language", None)
                values.pop("languages", None)
        if values.get("forge", "") not in FORGES:
            forge = str(values["forge"]).casefold()
            hint = f'write `"{forge}"`' if forge in FORGES else "one of `github`, `gitlab`, `gitea`"
            self.report("forge", f"there is no forge `{values['forge']}`", hint)
            del values["forge"]
        brand = values.get("brand", Brand())
        assert isinstance(brand, Brand)
        if brand.accent and parse_colour(brand.accent) is None:
            self.report("accent", f"`accent` cannot be `{brand.accent}`", 'write a colour such as `"#1a4f8b"`')
            brand = replace(brand, accent="")
        if brand.logo and not _is_inside(brand.logo):
            self.report("logo", "`logo` must lie inside the project", "write its path from the project's folder")
            brand = replace(brand, logo="")
        values["brand"] = brand
        for key in ("content", "output", "theme"):
            if not _is_inside(str(values.get(key, "x"))):
                self.report(key, f"`{key}` must lie inside the project")
                del values[key]
        ask = str(values.get("ask", ""))
        if ask and not (ask.startswith("mailto:") and "@" in ask) and not is_web_address(ask):
            self.report("ask", "`ask` must be an address that begins with mailto:, https:// or http://")
            del values["ask"]
        for key in ("base_url", "repo_url"):
            value = str(values.get(key, ""))
            if value and not is_web_address(value):
                self.report(key, f"`{key}` must be an address that begins with https:// or http://", _address(value))
                del values[key]
