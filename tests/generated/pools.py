"""Values that authors, tools and attackers write: numbers, days, references and words, sound and broken."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

TEAMS: Final = ("acme", "acme", "acme", "beta", "gamma", "支付", "über-uns")
KNOWN: Final = "known"
"""A team whose objectives are the valid ones whatever is generated, so that much of what is said of them fits."""
CYCLES: Final = (*["2026-Q4"] * 7, "2026-Q3", "2026", "FY27-H1", "odd", "2026-11")
OBJECTIVES: Final = ("instant", "instant", "instant", "honest", "快", "o-1", "aim")
KEY_RESULTS: Final = ("p95", "steps", "signed", "tills", "habit", "k1")
ODD_IDS: Final = (
    *("index", "retro", "guardrails", "Instant", "INSTANT", "con", "..", "a b", "a/b", "a#b", "-", "_", "é", "é", "1"),
    *("no", "null", "~", "0x1", "ſ", "İ", "ı", "ǅ", "\u200bx", "x\u202e", "名" * 90, "a" * 300, "404", "assets", "ﬁ"),
)
DAYS: Final = ("2026-10-09", "2026-11-06", "2026-11-13", "2026-10-31", "2026-12-31", "2026-07-01", "2026-12-04")
ODD_DAYS: Final = (
    *("2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00", "2026-1-1", "2026-W45-2"),
    *(
        "٢٠٢٦-١٠-٠٩",
        "２０２６-１０-０９",
        "2026-10-09T10:00:00Z",
        "09.10.2026",
        "20261009",
        "today",
        "2026−10−09",
        "-1-01-01",
    ),
)
UNITS: Final = (
    "",
    "ms",
    " ms",
    "%",
    " %",
    "k",
    "M",
    "bn",
    "万",
    " 亿",
    " €",
    " 🚲",
    " km/h",
    " °C",
    " ms per call",
    "‰",
    "x",
    "m²",
)
SIGNS: Final = ("", "", "", "", "-", "+", "−", "~", "<", ">", "±", "--", "€", "$", "¥", "US$")
ODD_NUMBERS: Final = (
    *("1_000", "1e3", "1e999999999", "-1E-999999", "0x1F", "0o17", "0b1", "NaN", "-nan", ".inf", "Infinity", "12:30"),
    *("1,00", "1,000,00", "1.000,00", "1 000", "1\u202f000", "1\u00a0000", "1'000", ",5", "5.", ".5", "1..2", "1-2"),
    *(
        "½",
        "²",
        "Ⅷ",
        "三",
        "١٢٣",
        "１２３",
        "৪",
        "𝟗𝟗",
        "00012",
        "-0",
        "0.0",
        "0" * 400,
        "9" * 400,
        "0." + "0" * 300 + "1",
    ),
    *(
        "9" * 5000,
        "1." + "3" * 5000,
        "1," * 300 + "000",
        "1/3",
        "10^6",
        "1 %%",
        "% 5",
        "$ 5 €",
        "five",
        "yes",
        "NO",
        "on",
    ),
)
HIDDEN: Final = (
    *(
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u00ad",
        "\u061c",
        "\u2028",
        "\u2029",
        "\x00",
        "\x1b[31m",
    ),
    *(
        "\x07",
        "\x7f",
        "\x85",
        "\x0b",
        "\x0c",
        "\ufffe",
        "\uffff",
        "\ufdd0",
        "\U0010ffff",
        "\U000e0041",
        "\ud800",
        "\udcff",
    ),
)
"""Characters that cannot be seen; the last two can be in no UTF-8 file, and are written as the bytes they would be."""
LETTERS: Final = (
    *(
        "e\u0301",
        "\u1100\u1161\u11a8",
        "Z" + "\u0335\u0327" * 40,
        "ﷺ",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "ǆ",
        "ß",
        "ſt",
        "İstanbul",
        "日本語",
        "हिन्दी",
    ),
    *("שלום", "مرحبا", "𐍈", "\U0001f600", "Å", "Ω", "ñ", "К", "а", "｛", "：", "＃", "‐", "’", "“", "…", "\u3000"),
)
YAML_SIGNS: Final = (
    *(
        "#",
        "@x",
        "*a",
        "&a b",
        "!t x",
        "!!python/object:os.system x",
        "<<",
        "<<: *a",
        "%TAG",
        "|",
        ">",
        "|9-",
        ">+2\n  x",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "[[[[",
        "{a: {b: [",
        "- - - x",
        "? a",
        ": b",
        "a: b: c",
        "a : b",
        "x #y",
        "'",
        '"',
        "''",
        '""',
    ),
    *(
        '"\\x00"',
        '"\\u202e"',
        '"\\ud800"',
        '"\\N"',
        "'a\n\nb'",
        '"a\\',
        "---",
        "...",
        "--- x",
        "\t",
        "\tx: y",
        "~",
        "null",
    ),
    *("yes", "=", "`", "{}", "[]", "{a}", "[a, b", "{a: 1,200}", "[1,200]", "-", "-x", "? ", "key:value", "0o7", "1:2"),
)
MARKDOWN: Final = (
    *(
        "# a",
        "## Answer",
        "## What we learned",
        "## x {#instant}",
        "## {#aim}",
        "##",
        "======",
        "---",
        "> > > q",
        "- [ ] t",
    ),
    *(
        "1. a\n   - b",
        "    code",
        "```py\nx\n```",
        "~~~\nx",
        "````",
        "| a | b |\n|---|:-:|\n| 1 | 2 |",
        "|-|\n|",
        "<b>x</b>",
    ),
    *(
        "<script>alert(1)</script>",
        "<!-- -->",
        "<![CDATA[",
        "<?x?>",
        "&lt;&#0;&#x202e;&nbsp",
        "*a **b _c_* d__",
        "~~s~~",
        "`",
    ),
    *("[x](javascript:alert(1))", "[x](//evil.example)", "[x](<a b> 't')", "[a][b]", "[b]: https://e.example/x 'T'"),
    *(
        "![p](data:image/png;base64,AA)",
        "![p](../x.png)",
        "<https://e.example/%00>",
        "https://e.example/_a_*b*",
        "[^1]",
    ),
    *(
        "[^1]: note [^1]",
        "[^2]: [^1]\n    more",
        "[[acme/instant]]",
        "[[@beta]]",
        "[[x]",
        "[[[[a]]]]",
        "[[acme/2026-Q4/instant#p95]]",
    ),
    *(
        "[l](teams/acme/team.md)",
        "[l](../okrs.md#x)",
        "[l](/etc/passwd)",
        "[l](okrs.md?%2e%2e)",
        "\\",
        "a\\\nb",
        "a  \nb",
    ),
    *(
        "{{7*7}}",
        "{% include 'x' %}",
        "{#c#}",
        "${x}",
        "=HYPERLINK(1)",
        "::error::x",
        "##vso[x]",
        "<details><summary>",
        "$$x$$",
    ),
)
WORDS: Final = (
    "paying",
    "feels",
    "instant",
    "every",
    "cart",
    "ms",
    "for",
    "客户",
    "because",
    "the",
    "till",
    "says",
    "no",
    "so",
    "1",
)
CODES: Final = ("no-baseline", "missing-unit", "unknown-key", "nothing", "missing-why", "stale-checkin", "no-measure")


def one_in(rng: Random, chance: int) -> bool:
    """Whether this is the one time in so many."""
    return rng.randrange(chance) == 0


def most(rng: Random, usual: Sequence[str], odd: Sequence[str], chance: int = 15) -> str:
    """A usual value, and once in a while an odd one."""
    return rng.choice(odd if one_in(rng, chance) else usual)


def number(rng: Random) -> str:
    """A number as somebody may write it."""
    if one_in(rng, 6):
        return rng.choice(ODD_NUMBERS) + rng.choice(UNITS)
    amount = str(rng.randrange(10 ** rng.randrange(1, 8)))
    if one_in(rng, 5):
        amount = f"{int(amount):,}"
    if one_in(rng, 4):
        amount += f".{rng.randrange(1000)}"
    return rng.choice(SIGNS) + amount + rng.choice(UNITS)


def amount(rng: Random) -> str:
    """A number that is one, in one unit."""
    return f"{rng.randrange(10 ** rng.randrange(1, 5))} ms"


def day(rng: Random) -> str:
    """A day, mostly one that exists."""
    return most(rng, DAYS, ODD_DAYS, 8)


def team(rng: Random) -> str:
    """A team's id."""
    return most(rng, TEAMS, ODD_IDS, 30)


def at_team(rng: Random) -> str:
    """A reference to a team, in quotes as it needs to be, or not."""
    return rng.choice(('"@{}"', '"@{}"', "'@{}'", "@{}", "{}")).format(team(rng))


def ref(rng: Random) -> str:
    """A reference, mostly to what exists."""
    form = rng.choice(("{o}", "{o}#{k}", "{t}/{o}", "{t}/{o}#{k}", "{t}/{c}/{o}", "{t}/{c}/{o}#{k}", "guardrails#{k}"))
    text = form.format(t=team(rng), c=rng.choice(CYCLES), o=objective(rng), k=key_result(rng))
    return text if rng.randrange(12) else text.replace("/", rng.choice(("//", "/ ", "", "#", "/../")))


def objective(rng: Random) -> str:
    """An objective's id."""
    return most(rng, OBJECTIVES, ODD_IDS)


def key_result(rng: Random) -> str:
    """A key result's id."""
    return most(rng, KEY_RESULTS, ODD_IDS)


def words(rng: Random) -> str:
    """A few words in one line, some of them strange."""
    parts = rng.choices(WORDS, k=rng.randrange(1, 7))
    if one_in(rng, 3):
        odd = rng.choice((HIDDEN, LETTERS, YAML_SIGNS, MARKDOWN, ODD_NUMBERS))
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(odd))
    if one_in(rng, 400):
        parts.append(rng.choice((*WORDS, *LETTERS)) * rng.randrange(5000))
    return rng.choice((" ", " ", " ", "", ": ", ", ")).join(parts).replace("\n", " ")


def text(rng: Random) -> str:
    """A text field as YAML: plain, in quotes, in a block, or by language."""
    said = words(rng)
    forms: tuple[Callable[[], str], ...] = (
        lambda: said,
        lambda: "'" + said.replace("'", "''") + "'",
        lambda: f'"{said}"',
        lambda: f"|\n{said}\n{words(rng)}",
        lambda: f">-\n{said}\n\n{rng.choice(MARKDOWN)}",
        lambda: f"{{en: {said}, zh: '{rng.choice(LETTERS)}'}}",
        lambda: "",
    )
    return rng.choices(forms, (12, 5, 5, 2, 2, 2, 1))[0]()


def prose(rng: Random) -> str:
    """A Markdown body."""
    if one_in(rng, 4):
        return ""
    blocks = [rng.choice(MARKDOWN) if one_in(rng, 2) else words(rng) for _ in range(rng.randrange(1, 9))]
    if one_in(rng, 300):
        blocks += [rng.choice((*MARKDOWN, *HIDDEN, *YAML_SIGNS))] * rng.randrange(4000)
    return rng.choice(("\n\n", "\n\n", "\n", " ", "")).join(blocks) + "\n"
