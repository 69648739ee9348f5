"""retro.md: how a team looks back, with scores, decisions and lessons."""

from decimal import Decimal

from okrsite.core.fields import Fields, Reader
from okrsite.core.format import RETRO, SCORE, VIEW
from okrsite.core.markdown import parse_block
from okrsite.core.model import LessonEntry, Next, RetroFile, ScoreEntry
from okrsite.core.numbers import plain
from okrsite.core.parse.checkin import own_ref
from okrsite.core.parse.okrs import parse_answers
from okrsite.core.parse.place import Place
from okrsite.core.parse.plain import common, read_body
from okrsite.core.quantity import likely_share, parse_quantity
from okrsite.core.refs import Ref
from okrsite.core.text import Text
from okrsite.core.yaml_tree import Mapping, Node, Scalar


def parse_retro(reader: Reader, _place: Place) -> RetroFile:
    """Read one retrospective."""
    fields = reader.fields(reader.document.root, "a retrospective", RETRO)
    node = fields.node("scores")
    pairs: tuple[tuple[Scalar, Node], ...] = ()
    if isinstance(node, Mapping):
        pairs = node.pairs
    elif fields.has("scores"):
        reader.report("wrong-kind", node, "`scores` must hold lines `objective: score`")
    scores = tuple(score for key, value in pairs if (score := _score(reader, key, value)))
    lessons = []
    for id_, key, value in fields.entries("lessons"):
        text = reader.text(value, parse_block)
        if text:
            lessons.append(LessonEntry(id_, reader.span(key), text))
        else:
            reader.report("missing-field", key, f"the lesson `{id_}` says nothing")
    ignore, extra, body = parse_answers(fields), fields.extra(), read_body(reader)
    return RetroFile(**common(reader), scores=scores, lessons=tuple(lessons), ignore=ignore, extra=extra, body=body)


def _score(reader: Reader, key: Scalar, node: Node) -> ScoreEntry | None:
    about = own_ref(reader, key)
    if about is None:
        return None
    if not isinstance(node, Mapping):
        return ScoreEntry(about, _number(reader, node), None, None, ())
    fields = reader.fields(node, "a score", SCORE)
    return ScoreEntry(
        about,
        _number(reader, fields.node("score")),
        fields.block("because"),
        fields.choice("next", Next),
        _views(fields),
    )


def _number(reader: Reader, node: Node) -> Decimal | None:
    typed = reader.string(node)
    if typed is None:
        return None
    number = parse_quantity(typed)
    if number is None or number.unit or not 0 <= number.amount <= 1:
        # What a comma splits is no score with quotes around it either.
        reader.withdraw("comma-split", node)
        share = likely_share(typed)
        # What would have to be rounded is for the team to round.
        certain = share if share is not None and (share * 100).denominator == 1 else None
        hint = "such as `0.7`; it is for the team to say which" if certain is None else f"write `{plain(certain)}`"
        reader.report("bad-number", node, f"a score is a bare number from 0 to 1, and `{typed}` is not", hint)
        return None
    return number.amount


def _views(fields: Fields) -> tuple[tuple[Ref, Text], ...]:
    """How colleagues see it, each signed by a team."""
    views = []
    for node in fields.items("views"):
        item = fields.reader.fields(node, "a view", VIEW)
        source, view = item.ref("from"), item.block("view")
        if source and not source.name and view:
            views.append((source, view))
        else:
            fields.reader.report("missing-field", node, 'a view needs `from: "@team"` and `view`')
    return tuple(views)
