"""A double press makes one thing; another text under the same token makes its own."""

from uuid import uuid4

from django.http import QueryDict

from core.idempotency import uid_from_submission, uid_from_token


def test_the_same_text_is_the_same_thing() -> None:
    person = uuid4()
    first = QueryDict("token=t&name=One&boxes=1&boxes=2&csrfmiddlewaretoken=a")
    second = QueryDict("csrfmiddlewaretoken=b&boxes=1&boxes=2&name=One&token=t")

    assert uid_from_submission(person, "channel", first) == uid_from_submission(
        person, "channel", second
    )


def test_anything_else_is_another() -> None:
    person, sent = uuid4(), QueryDict("token=t&name=One")
    made = uid_from_submission(person, "channel", sent)

    assert uid_from_submission(person, "channel", QueryDict("token=t&name=Two")) != made
    assert uid_from_submission(person, "channel", QueryDict("token=u&name=One")) != made
    assert uid_from_submission(person, "strategy", sent) != made
    assert uid_from_submission(uuid4(), "channel", sent) != made


def test_without_a_token_every_press_counts() -> None:
    person, sent = uuid4(), QueryDict("name=One")

    assert uid_from_submission(person, "channel", sent) != uid_from_submission(
        person, "channel", sent
    )


def test_a_token_alone_names_the_same_thing_whatever_is_typed() -> None:
    strategy = uuid4()

    made = uid_from_token(strategy, "audience", "t")

    assert uid_from_token(strategy, "audience", "t") == made
    assert uid_from_token(strategy, "message", "t") != made
    assert uid_from_token(uuid4(), "audience", "t") != made
    assert uid_from_token(strategy, "audience", "") != uid_from_token(strategy, "audience", "")
