"""Words by which wording is told: what is found, and what looks like it and is not."""

import pytest

from okrsite.core.checks.words import (
    ACTIVITY,
    APPRAISAL,
    POST,
    activity_word,
    first_word,
    negative_words,
    one_persons,
    stated_number,
    usual_words,
    vague_words,
)
from okrsite.core.model import Judged, KeyResultEntry, ObjectiveEntry
from okrsite.core.source import Span
from okrsite.core.text import Prose, Text


def _text(words: str) -> Text:
    return Text((("", Prose(words, (words,), words)),))


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Win 50 customers", "50"),
        ("Grow by 30%", "30%"),
        ("Save $2,000 a day", "$2,000"),
        ("Grow revenue 3x", "3x"),
        ("新增100万用户", "100万"),
        ("服务 30 家门店", "30"),
        ("服务3000家门店", "3000"),
        ("Answer within 30 days", "30"),
    ],
)
def test_amounts_are_numbers(title: str, number: str) -> None:
    assert stated_number(title) == number


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Ready for 2027",
            "Win the Fortune 500",
            "Q4 is calm",
            "Third and 3rd party tools",
            "S3 is gone",
            "Support 24/7",
        ),
        *(
            "Move to Python 3",
            "Version 2.0 is loved",
            "Ship the v2 engine",
            "The #1 place to work",
            "2027年更好",
            "第3代产品",
        ),
        *(
            "The largest firms (5k+ people) love us",
            "B2B feels like B2C",
            "ISO 27001 holds",
            "5G everywhere",
            "12月前上线",
            "展示8080处理器的性能",
        ),
    ],
)
def test_years_versions_names_and_remarks_are_none(title: str) -> None:
    assert stated_number(title) == ""


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Launch the app",
            "to implement SSO",
            "Test the new till",
            "Run 5 user tests",
            "Roll out SSO",
            "We will write a guide",
        ),
        *("Complete five interviews", "Help customers move", "Schedule a talk with each customer"),
        *(
            "参与行业会议",
            "完成系统迁移",
            "搭建数据平台",
            "收集客户意见",
            "启动量产",
            "开发前端页面",
            "启动质量提升计划",
        ),
    ],
)
def test_work_is_an_activity(title: str) -> None:
    assert first_word(ACTIVITY, _text(title))


@pytest.mark.parametrize(
    "title",
    [
        *("Test coverage of the till", "Launch costs per market", "Support tickets a week", "Release notes are read"),
        *(
            "Completed orders",
            "Helpful answers",
            "Designs that sell",
            "完成率达到九成",
            "参与度高于行业",
            "Research is trusted",
        ),
        *(
            "Support a hundred riders at once",
            "Build time on a laptop",
            "Planned outages",
            "Hosts feel welcome",
            "Creates trust",
        ),
        *("Help is near", "Help pages that answer at once", "Launch day is calm", "Schedule reliability of our trains"),
        *(
            "Complete records for every patient",
            "Complete trust in our numbers",
            "Builds are green",
            "Build failures",
            "Deploy goes out on Friday as well",
        ),
        *(
            "发布频率翻倍",
            "部署时间缩短到五分钟",
            "启动时间不超过两秒",
            "开发效率翻倍",
            "组织氛围让人愿意留下",
            "上线后没有回滚",
        ),
    ],
)
def test_what_is_measured_is_not(title: str) -> None:
    assert not first_word(ACTIVITY, _text(title))


@pytest.mark.parametrize(
    ("title", "objective", "key_result"),
    [
        ("Create a place where people want to work", False, True),
        ("Deliver a product that is loved", False, True),
        ("Launch the app", True, True),
        ("Launch the app with 4.5+ stars", False, False),
        ("Launch a trial with more than 1,000 users", False, False),
        ("Ship the app with all features", True, True),
        ("Ship twice faster", False, False),
        ("Publish 2 articles that drive a 10% increase in applicants", False, False),
        ("Ship improvements that enable 3x growth", False, False),
        ("Launch a training with a satisfaction of 80%", False, False),
        ("Launch a tool used by at least 70% of the staff", False, False),
        ("Identify members and get 20 to join", False, False),
        ("Migrate 95% of the tests", True, True),
        ("Announce the app to the world", True, True),
        ("Decide on a platform", True, True),
        ("Build a company that thrives", False, True),
        ("Provide dashboards to everybody", False, True),
        ("Provide support with no more than 2 calls", False, False),
        ("Begin to measure adherence and achieve >50%", False, False),
        ("Provide an experience with an average score of 4+", False, False),
    ],
)
def test_a_title_that_says_what_comes_of_it_names_no_activity(title: str, objective: bool, key_result: bool) -> None:
    about = {"id": "a", "span": Span("x.md"), "title": _text(title)}
    assert bool(activity_word(ObjectiveEntry(**about))) is objective  # type: ignore[arg-type]
    assert bool(activity_word(KeyResultEntry(**about, measure=Judged(None)))) is key_result  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Reduce the noise", True),
        ("Lower our costs", True),
        ("Cut the queue at the till", True),
        ("Lower priority projects have an owner", False),
        ("Cut flowers stay fresh", False),
        ("Reduce the wait so that nobody leaves", False),
        ("降低成本", True),
    ],
)
def test_what_is_to_become_less(title: str, found: bool) -> None:
    about = {"id": "a", "span": Span("x.md"), "title": _text(title)}
    assert bool(negative_words(ObjectiveEntry(**about))) is found  # type: ignore[arg-type]
    assert not negative_words(KeyResultEntry(**about, measure=Judged(None)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Continue to run the tills", True),
        ("Maintain the platform", True),
        ("保持系统稳定", True),
        ("负责日常运维", True),
        ("Continuous delivery for every team", False),
        ("Maintenance takes an hour", False),
        ("Maintain a rate of 2%", True),
        ("Continue to win, and improve our rate from 20% to 30%", False),
        ("保持领先并提升满意度", False),
        ("Families keep riding when it gets dark", False),
        ("持续集成覆盖所有项目", False),
        ("Ongoing support for partners", True),
        ("Ongoing treatment costs patients nothing", False),
        ("继续教育让每个护士受益", False),
        ("保持健康变得容易", False),
        ("维持治疗的患者不再跑两趟", False),
    ],
)
def test_what_is_done_anyway(title: str, found: bool) -> None:
    entry = ObjectiveEntry(id="a", span=Span("x.md"), title=_text(title))
    assert bool(usual_words(entry)) is found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Avoid queues", True),
        ("Don’t lose carts", True),
        ("避免客户流失", True),
        ("Nobody is ever hurt by something we built", False),
        ("Families stop needing a second car", False),
        ("Stop time of a laden bike", False),
        ("Preventive care reaches everybody", False),
        ("Minimise waiting so that each patient is seen within the hour", False),
        ("Eliminate pain points and reach an NPS of 50", False),
        ("Eliminate noise and distraction", True),
        ("不再漏单", True),
        ("不再等待的早晨", False),
    ],
)
def test_what_is_to_go_away(title: str, found: bool) -> None:
    key_result = KeyResultEntry(id="a", span=Span("x.md"), title=_text(title), measure=Judged(None))
    assert bool(negative_words(key_result)) is found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Improve satisfaction", True),
        ("Faster than before", True),
        ("Improve performance this quarter", True),
        ("显著提升体验", True),
        ("Faster than walking", False),
        ("More than a third of visitors come back", False),
        ("Increase retention by a quarter", False),
        ("Improve by fifteen percent", False),
        ("满意度提高一倍", False),
    ],
)
def test_more_without_how_much(title: str, found: bool) -> None:
    key_result = KeyResultEntry(id="a", span=Span("x.md"), title=_text(title), measure=Judged(None))
    assert bool(vague_words(key_result)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It counts for the annual bonus", True),
        ("decides your performance rating", True),
        ("a forced distribution", True),
        ("the values score of each", True),
        ("stack ranking", True),
        ("计入绩效考核", True),
        ("影响年终奖金", True),
        ("末位淘汰", True),
        ("价值观评分", True),
        ("our rating in the app store", False),
        ("credit rating of customers", False),
        ("a sign-up bonus for riders", False),
        ("a loyalty bonus with each tenth ride", False),
        ("customer bonuses arrive at once", False),
        ("page performance ratings of 90", False),
        ("a bonus ride for each tenth", False),
        ("the bell curve of arrival times", False),
        ("put everybody on a bell curve", True),
        ("top performers among our stations", False),
        ("bonus points in the game", False),
        ("rank in search results", False),
        ("distribution of packages", False),
        ("考核通过的供应商", False),
    ],
)
def test_words_of_appraisal(text: str, found: bool) -> None:
    assert bool(APPRAISAL.search(text)) is found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("I become a better speaker", True),
        ("My career takes off", True),
        ("Grow my leadership skills", True),
        ("Finish my onboarding", True),
        ("我学会演讲", True),
        ("个人成长", True),
        ("Increase Bob's performance rating to get his bonus", True),
        ("Ada’s career moves on", True),
        ("Get him promoted", True),
        ("Help her lead", True),
        ("Families trust his work", True),
        ("The customer's bonus arrives at once", False),
        ("Everybody's skills are known", False),
        ("Today's answer is tomorrow's", False),
        ("Mother's Day sells out", False),
        ("Saturday's bike is there on Thursday", False),
        ("Team's goals are clear", False),
        ("Postgres's performance doubles", False),
        ("Google's maps show every station", False),
        ("A rider finds her bike in the dark", False),
        ("Whoever calls knows who has his case", False),
        ("Patients see his or her doctor", False),
        ("The HIS is fast, HER2 tests too", False),
        ("Phase I is over", False),
        ("I/O is fast", False),
        ("My Account loads at once", False),
        ("我们更快", False),
        ("我国市场", False),
        ("保护个人信息", False),
        ("自我修复的系统", False),
    ],
)
def test_one_persons_own(title: str, found: bool) -> None:
    assert bool(one_persons(title)) is found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("CEO", True),
        ("VP Marketing", True),
        ("Head of Engineering", True),
        ("Chief Operating Officer", True),
        ("Ada's OKRs", True),
        ("销售总监", True),
        ("Office of the CEO", False),
        ("Head Office", False),
        ("Product Management", False),
        ("Headless Commerce", False),
        ("Directory Services", False),
        ("Personalisation", False),
        ("总部", False),
    ],
)
def test_names_that_are_one_persons_post(name: str, found: bool) -> None:
    assert bool(POST.fullmatch(name)) is found
