"""The words by which wording is told, English and Chinese: data, and how a text is held against it.

English is matched word by word, Chinese by how a text begins or by whole terms. A word that real OKRs use rightly about
as often as wrongly is left out: a false alarm costs more than a missed one.
"""

import re
from typing import Final

from okrsite.core.model import Commitment, DeliverBy, Judged, KeyResultEntry, Milestones, ObjectiveEntry
from okrsite.core.text import Text

LONGEST: Final = 500
"""Characters of a title at which it is looked."""

_QUANTITIES: Final = (
    "time times rate rates speed cost costs minutes hours days failure failures success coverage latency quality volume"
    " frequency capacity size count"
).replace(" ", "|")
"""What follows a word that is a noun after all: `build time`, `launch costs`."""
_SURELY: Final = (
    r"\s+(?:a|an|the|our|all|every|each|new|another|at\s+least|more|\d+|how|what|whether|why|and|with|it)\b"
)
"""What follows a word that could be a noun when it is a verb: `test the new till`, but not `test coverage`."""


_NOUNS: Final = (
    r"help\s+(?:desks?|pages?|cent(?:er|re)s?|texts?|articles?)|launch\s+(?:day|readiness)|install\s+base"
    r"|schedule\s+(?:reliability|adherence)|complete\s+(?:records?|trust|confidence|clarity|transparency|information)"
)
"""Words that could be verbs, with what makes them nouns or adjectives for certain."""
_HAPPENS: Final = "is are was were has goes takes stays comes reaches arrives feels".replace(" ", "|")
"""What follows a word that is what a sentence is about: `help is near`."""
_HAN_RATES: Final = r"[率度者]|量(?![产化])|数(?![据字])"
"""What follows a Chinese word that is part of a noun: 完成率, but not 完成数据迁移."""
_HAN_QUANTITIES: Final = (
    r"(?:频|次数|人数|时间|时长|周期|效率|效能|成本|质量|速度|失败|环境|氛围|能力|体验|后(?![端台续])|前(?![端台]))"
    r"(?!.*(?:项目|计划|方案|专项|工作))"
)
"""What follows one that is a noun of its own, or says when: 发布频率, 上线后; but not 启动质量提升计划."""


def _phrases(text: str) -> str:
    return "|".join(re.escape(phrase.strip()).replace(r"\ ", r"\s+") for phrase in text.split(","))


def _leading(verbs: str, doubtful: str, chinese: str, chinese_nouns: str = "") -> re.Pattern[str]:
    """Texts that begin with one of these words; the last ones may be nouns, as what follows them tells."""
    han = [rf"(?:{words.replace(' ', '|')})(?!{_HAN_RATES})" for words in (chinese, chinese_nouns) if words]
    han[1:] = [f"{pattern}(?!{_HAN_QUANTITIES})" for pattern in han[1:]]
    return re.compile(
        rf"\W*(?:to\s+|we\s+(?:will\s+)?)?(?!(?:{_NOUNS})\b)(?P<word>"
        rf"(?:{_phrases(verbs)})(?![\w'-]|\s+(?:{_QUANTITIES}|{_HAPPENS})\b)"
        rf"|(?:{_phrases(doubtful)})(?={_SURELY})|{'|'.join(han)})",
        re.IGNORECASE,
    )


ACTIVITY: Final = _leading(
    "analyse, analyze, annotate, announce, assess, assist, attend, begin, collaborate, collect, compile, complete, "
    "conduct, consult, contribute, coordinate, create, decide, define, deploy, develop, discuss, evaluate, execute, "
    "explore, facilitate, finalise, finalize, finish, gather, help, identify, implement, install, integrate, "
    "introduce, investigate, launch, migrate, organise, organize, participate, perform, prepare, provide, publish, "
    "refactor, rewrite, roll out, schedule, send, set up, setup, ship, submit, work on, work with, write",
    "audit, build, deliver, design, document, draft, hold, host, pilot, plan, present, prototype, release, research, "
    "review, revise, run, start, study, test, train, update, visit",
    "开展 推进 协助 收集 筹备 编写 撰写 落实 举办 召开 梳理 搭建 制定 制订 推动 跟进",
    "组织 参与 参加 配合 开发 上线 发布 实施 调研 完成 启动 部署",
)
"""Work that is done, whatever comes of it."""
_MAKING: Final = ("build", "create", "deliver", "provide")
"""What begins an activity in a key result, and in an objective as often a picture of what is to be there."""
_AMOUNT: Final = r"(?:at\s+(?:least|most)\s+|over\s+|(?:no\s+)?more\s+than\s+)?[$€£<>≥≤]?\s?\d"
_COMES_OF_IT: Final = re.compile(
    rf"\b(?:with\s+(?:an?\s+\w+(?:\s+\w+)?\s+of\s+)?|(?:used|loved|read|rated|adopted)\s+by\s+|(?:get|reach|achieve)\s+"
    rf"|(?:score|rating|rate|average)\s+of\s+){_AMOUNT}"
    r"|\d\s?[%x×]\s+(?:\w+\s+)?(?:increase|growth|rise|gain|drop|reduction|decrease|improvement|engagement|adoption"
    r"|satisfaction|retention|conversion)\b|\bor\s+(?:higher|better)\b|\b(?:faster|cheaper|sooner|easier)\b",
    re.IGNORECASE,
)
"""Words by which a title says after all what comes of the work: `with 4.5+ stars`, `2x faster`."""

USUAL: Final = re.compile(
    r"\W*(?:to\s+|we\s+(?:will\s+)?)?(?P<word>(?:continue|maintain|carry\s+on|keep\s+on|keep\s+doing|keep\s+up"
    r"|ongoing(?=\s+(?:support|maintenance|operations?|work|improvements?|monitoring|management|training)\b))(?![\w'-])"
    r"|保持|维持(?!治疗)|继续(?!教育)|照常)"
    r"|.*?\b(?P<more>business\s+as\s+usual|keep(?:ing)?\s+the\s+lights\s+on|day-to-day\s+(?:operations|business|work))\b"
    r"|.*?(?P<han>日常(?:工作|运营|运维|维护)|例行(?:工作|维护))",
    re.IGNORECASE | re.DOTALL,
)
"""What is done anyway."""
_CHANGES: Final = re.compile(
    r"\b(?:improv|increas|grow|reduc|rais|doubl)\w*|\bfrom\s.{1,60}?\sto\b|提升|提高|增长|降低|越来越|变得",
    re.IGNORECASE,
)
"""Words by which a title says after all what is to change."""

NEGATIVE: Final = _leading(
    "avoid, prevent, stop, don't, don’t, do not, never, no more, no longer, eliminate, get rid of, minimise, minimize",
    "cease",
    "避免 防止 杜绝 不再(?![^，。]{1,8}的) 不要 消除 禁止",
)
LESS: Final = _leading("reduce, decrease", "cease, cut, lower", "减少 降低 缩减")
"""What is to become less: the natural words for a number that falls, but no picture of a good state."""
_INSTEAD: Final = re.compile(r"\bso\s+that\b|\band\s+(?:reach|achieve|get\s+to)\b|从而|使得|成为", re.IGNORECASE)
"""Words by which a title says after all what is to be there instead."""

_VAGUE: Final = re.compile(
    r"\W*(?:to\s+)?(?P<word>(?:improve|enhance|optimi[sz]e|increase|grow|boost|strengthen|accelerate|expand|maximi[sz]e|speed\s+up"
    r"|decrease|reduce|better|more|fewer|faster)(?![\w'-]|\s+than\s+(?!ever|before|last|today|now|usual))|(?:持续|不断|进一步)?(?:提升|提高|优化|加强|改善|增强|强化|完善|加快|深化|减少|降低|增加))"
    r"|.*?\b(?P<more>significantly|substantially|considerably|drastically|noticeably|as\s+(?:much|many|soon|far|well)\s+as\s+possible|asap)\b"
    r"|.*?(?P<han>显著|大幅|尽快|尽可能|进一步|明显)",
    re.IGNORECASE | re.DOTALL,
)
_EXACT: Final = re.compile(
    r"\d|\b(?:by\s+a|a)\s+(?:third|quarter\s+of|fifth|tenth)\b|\bby\s+a\s+quarter\b|\b(?:fif|six|seven|eigh|nine)teen\b"
    r"|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|doubl\w*|tripl\w*|hal(?:f|ve\w*)|twice|every|all|no|none"
    r"|zero|each)\b|(?-i:\b[NM]\b)|翻倍|翻番|一倍|一半|全部|所有|每个|零|[二两三四五六七八九十百千]",
    re.IGNORECASE,
)
"""Words that say how much after all."""

_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9_.,/#&-])(?P<money>[$€£¥]\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\s?[%％]|[xX×kKMB+](?!\w)|倍|万|亿)?"
    r"(?![A-Za-z0-9_/]|[.-]\w|st\b|nd\b|rd\b|th\b|[年月日号季期代级]|(?<=\d{4})[\u4e00-\u9fff](?<![个名家位次项款篇份天周小分秒元台件条人套场门种座站店所类支张本部辆单户笔多余]))"
)
_REMARK: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
_NAMED: Final = re.compile(r"(?:[A-Z]\w*|version|release|phase|step|level|tier|part|stage|layer|series|第)[\s-]*$")
_NO_NAME: Final = re.compile(
    r"(?:^|\s)(?:To|By|From|Of|At|In|Least|Than|Over|With|And|For|The|Our|All|Within)\s*$|^\W*(?![A-Z]{2,}\b)\w+\s*$"
)


def stated_number(text: str) -> str:
    """The first number that a title states as an amount, or ''; years, versions, names and remarks aside."""
    text = _REMARK.sub(" ", text[:LONGEST])
    for found in _NUMBER.finditer(text):
        digits, exact = found["number"].rstrip(","), bool(found["money"] or found["unit"])
        before = text[max(0, found.start() - 40) : found.start()]
        year = digits.isdigit() and len(digits) == 4 and 1900 <= int(digits) < 2200
        name = _NAMED.search(before) and not _NO_NAME.search(before)
        if exact or not (year or "." in digits or name):
            return found[0].strip()
    return ""


def first_word(pattern: re.Pattern[str], text: Text) -> str:
    """The words that a pattern finds in a text, in whichever language it is written; '' when it finds none."""
    for _, prose in text.versions:
        found = pattern.match(prose.plain[:LONGEST])
        if found:
            return next(group for group in found.groups() if group)
    return ""


def activity_word(entry: Commitment) -> str:
    """The word by which a title names work to be done and nothing that comes of it, or ''."""
    word = first_word(ACTIVITY, entry.title)
    pictured = isinstance(entry, ObjectiveEntry) and word.casefold() in _MAKING
    said = any(_COMES_OF_IT.search(prose.plain[:LONGEST]) for _, prose in entry.title.versions)
    return "" if pictured or said else word


def usual_words(entry: Commitment) -> str:
    """The words by which a title speaks of what is done anyway and of nothing that is to change, or ''."""
    changes = any(_CHANGES.search(prose.plain[:LONGEST]) for _, prose in entry.title.versions)
    return "" if changes else first_word(USUAL, entry.title)


def negative_words(entry: Commitment) -> str:
    """The words by which a title says what is to go away and nothing of what is to be there instead, or ''.

    Of a key result, less is a direction like any other.
    """
    if any(_INSTEAD.search(prose.plain[:LONGEST]) for _, prose in entry.title.versions):
        return ""
    less = first_word(LESS, entry.title) if isinstance(entry, ObjectiveEntry) else ""
    return first_word(NEGATIVE, entry.title) or less


def is_open(entry: Commitment) -> bool:
    """Whether nothing but its words says what an objective or key result wants: there is no number to reach or keep."""
    return isinstance(entry, ObjectiveEntry) or (
        isinstance(entry, KeyResultEntry) and isinstance(entry.measure, (Judged, DeliverBy, Milestones))
    )


def vague_words(entry: KeyResultEntry) -> str:
    """The words by which a key result that is judged by hand promises more without saying how much, or ''."""
    if not isinstance(entry.measure, Judged):
        return ""
    texts = [entry.title, *([entry.measure.target] if entry.measure.target else [])]
    if any(_EXACT.search(prose.plain[:LONGEST]) for text in texts for _, prose in text.versions):
        return ""
    return next((words for text in texts if (words := first_word(_VAGUE, text))), "")


REVIEWED: Final = re.compile(r"\bmid-?\s?(?:cycle|quarter|term)\b|\bhalf-?\s?(?:time|way)\b|中期|期中", re.IGNORECASE)
"""Words by which a check-in in the middle of a cycle says that it looks at all of it."""


# --- why something was changed ------------------------------------------------------------------------------------

_EMPTY: Final = re.compile(
    r"[\w./-]+\.\w+|https?://\S+|\d+\w*|q[1-4]\b|\b(?:updat|edit|chang|fix|adjust|lower|rais|increas|decreas|reduc|set|tweak|correct|amend"
    r"|modif|mov|remov|delet|drop|add|revis|refin|clean|minor|small|new|old|some|wip|typo|stuff|thing|okr|objective|key|result|kr|target"
    r"|goal|baseline|limit|milestone|due|date|number|figure|value|file|content|quarter|team|cycle|revert|commit|patch)\w*"
    r"|\b(?:the|an?|our|of|for|to|from|in|on|at|up|by|and|as|with|it|its|is|was|after|review|feedback)\b"
    r"|更新|修改|调整|变更|改动|修正|删除|添加|提交|目标|关键结果|指标|数值|季度|团队|文件|一下|的|了",
    re.IGNORECASE,
)
"""What a commit's message says besides its reason: that something was changed, and where."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def says_why(message: str) -> bool:
    """Whether a commit's message says more than that something was changed: three words, or six Chinese characters."""
    rest = _EMPTY.sub(" ", message)
    return len(_WORD.findall(_HAN.sub(" ", rest))) >= 3 or len(_HAN.findall(rest)) >= 6


# --- what OKRs are not for ----------------------------------------------------------------------------------------

APPRAISAL_STEMS: Final = (
    *("rating", "bonus", "appraisal", "rank", "distribution", "curve", "performers", "performer", "values score"),
    *(
        "value score",
        "merit",
        "pay rise",
        "salary",
        "绩效",
        "奖金",
        "年终奖",
        "淘汰",
        "强制",
        "考核",
        "价值观",
        "调薪",
        "加薪",
    ),
)
"""What a text holds in small letters if it can hold a word of appraisal: a quick look before the slow one."""

APPRAISAL: Final = re.compile(
    r"\b(?:(?:(?<!page )(?<!app )(?<!energy )performance|employee|staff|individual|personal|annual|year-end|peer|people"
    r"|talent)[\s-]+(?:ratings?|rankings?)"
    r"|ratings?(?:,|\s+and|\s+or)\s+(?:bonus|pay|promotion|ranking)\w*|(?:performance|staff|employee)\s+(?:appraisal|evaluation)s?"
    r"|appraisal\s+(?:rating|score|grade)s?|(?<!sign-up )(?<!signup )(?<!referral )(?<!welcome )(?<!as a )"
    r"(?<!loyalty )(?<!customer )bonus(?:es)?"
    r"(?![\s-]*(?:points?|rides?|months?|miles|features?|content|track|material|level|:|\)))"
    r"|forced[\s-]+(?:distribution|ranking|curve)|stack(?:ed)?[\s-]+rank\w*|bell[\s-]+curve(?!\s+of)|rank\s+and\s+yank"
    r"|(?:low|top|poor|under)[\s-]*performers?(?!\s+among)|values?\s+scores?|merit\s+(?:increase|pay|raise)s?|pay\s+rises?"
    r"|salary\s+(?:increase|review|raise)s?)\b"
    r"|绩效|奖金|年终奖|末位淘汰|强制(?:分布|排名)|考核(?:结果|等级|成绩|打分|分数)|价值观(?:评分|打分|得分|分数|考核)|调薪|加薪",
    re.IGNORECASE,
)
DENIED: Final = re.compile(
    r"\b(?:no|nobody|none|not|never|nor|neither|without|nothing|cannot)\b|n['’]t\b|[不无非没勿]|脱钩", re.IGNORECASE
)
"""Signs that a sentence speaks of appraisal to rule it out."""

PERSON: Final = re.compile(
    r"\bI(?:['’](?:m|ll|ve)|\s+(?:am|will|want|can|have|become|learn|lead|grow|deliver|improve|know|get))\b"
    r"|\b[Mm]y\s+(?:onboarding|promotion|learning|\w+\s+(?:skills?|career))\b"
    r"|\b[Mm]y\s+(?:own\s+|personal\s+)?(?:skills?|career|goals?|role|development|performance|health|work|time)\b"
    r"|\b(?:[Pp]ersonal|[Ii]ndividual)\s+(?:development|growth|career)\b"
    r"|\b(?!(?:Team|Company|Customer|Employee|Everyone|Everybody|Anyone|Anybody|Somebody|Someone|Nobody|People|Staff|Worker"
    r"|Manager|Engineer|Developer|Driver|Rider|User|Student|Child|Women|Men|Mother|Father|Today|Year)['’])[A-Z]\w+['’]s"
    r"\s+(?:own\s+|personal\s+|annual\s+|leadership\s+)?(?:performance\s+(?:rating|review|appraisal|evaluation|score)s?"
    r"|skills?|career|bonus|salary|probation|appraisal|workload|promotion\s+to)\b"
    r"|(?<![自忘])我(?![们国司方校厂院部])|本人|个人(?:成长|发展|能力|目标|职业)"
)
_ONE_OTHER: Final = re.compile(r"(?<![/\w])(?:[Hh]is|[Hh]er|[Hh]im)\b(?!\s*(?:/|or\b))(?:\s+\w+)?")
_ANYBODY: Final = re.compile(
    r"\b(?:an?|the|any|each|every|no|one|who|whoever|(?:any|every|some|no)(?:one|body))\b|\bor\s*$", re.IGNORECASE
)
"""What makes `her` anybody's: a rider finds her bike."""


def one_persons(title: str) -> str:
    """The words by which a title is about one person, whoever writes it, or ''."""
    if found := PERSON.search(title):
        return found[0]
    other = _ONE_OTHER.search(title)
    return other[0] if other and not _ANYBODY.search(title[: other.start()]) else ""


POST: Final = re.compile(
    r"(?:the\s+)?(?:C[EFTOIMPRSD]{1,2}O|chief\s+\w+(?:\s+\w+)?\s+officer"
    r"|(?:S?VP|vice\s+president|director|head(?=\s+of\b|,))(?:\s+of|,)?\s+[\w &]+"
    r"|managing\s+director|president)|.*['’]s?\s+(?:OKRs?|goals|objectives)|(?:my|personal|individual)\b.*|个人.*|.*(?:总监|总经理|总裁|首席\w{1,4}官|的(?:个人)?OKR)",
    re.IGNORECASE,
)
"""Names that are one person's post, or say outright that they are one person's."""
