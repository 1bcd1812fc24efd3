"""A double press makes one thing; another text under the same token makes its own."""

from uuid import uuid4

from django.http import QueryDict

from core.press import uid_of_press


def test_the_same_text_is_the_same_press() -> None:
    person = uuid4()
    first = QueryDict("token=t&name=One&boxes=1&boxes=2&csrfmiddlewaretoken=a")
    second = QueryDict("csrfmiddlewaretoken=b&boxes=1&boxes=2&name=One&token=t")

    assert uid_of_press(person, "channel", first) == uid_of_press(person, "channel", second)


def test_anything_else_is_another() -> None:
    person, sent = uuid4(), QueryDict("token=t&name=One")
    made = uid_of_press(person, "channel", sent)

    assert uid_of_press(person, "channel", QueryDict("token=t&name=Two")) != made
    assert uid_of_press(person, "channel", QueryDict("token=u&name=One")) != made
    assert uid_of_press(person, "strategy", sent) != made
    assert uid_of_press(uuid4(), "channel", sent) != made


def test_without_a_token_every_press_counts() -> None:
    person, sent = uuid4(), QueryDict("name=One")

    assert uid_of_press(person, "channel", sent) != uid_of_press(person, "channel", sent)
