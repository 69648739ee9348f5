"""The beginning of a text: sentences as they were typed, and cut where one ends."""

import pytest

from okrsite.pages.gists import cut, sentences


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<p>We know: <strong>seven in two hundred</strong>. All of them.</p>",
            "We know: seven in two hundred. All of them.",
        ),
        ("<p>One.</p>\n<p>Two &amp; three.</p>", "One. Two & three."),
        ("<p>One line<br>\nand another</p>", "One line and another"),
        (
            "<p>Halfway, in a table:</p><table><tr><td>yes</td><td>no</td></tr></table><p>After.</p>",
            "Halfway, in a table: …",
        ),
        ("<ul><li>first</li><li><p>second, <em>loud</em></p></li></ul>", "first · second, loud"),
        ("<table><tr><th>yes</th><th>no</th></tr></table>", "yes · no"),
        ("", ""),
    ],
)
def test_a_gist_holds_sentences_and_not_what_is_set_apart_from_them(html: str, words: str) -> None:
    assert sentences(html).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("words", "limit", "kept"),
    [
        ("Short enough.", 13, "Short enough."),
        ("One sentence. Another one that goes on.", 20, "One sentence. …"),
        ("It cost 2.5 million. Another one goes on.", 24, "It cost 2.5 million. …"),
        ("Oh. A sentence that is much too long for this.", 30, "Oh. A sentence that is much …"),
        ("He said “no.” And then he went on and on.", 22, "He said “no.” …"),
        ("一句话说完了。第二句还在说。", 9, "一句话说完了。 …"),
        ("No end here, ever and ever", 13, "No end here …"),
    ],
)
def test_what_is_too_long_is_cut_at_a_sentences_end_where_one_is_near(words: str, limit: int, kept: str) -> None:
    assert cut(words, limit).replace("\xa0", " ") == kept
