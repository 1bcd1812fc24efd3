"""A delivery as a request to another program, and what that says to it.

The form is that of Standard Webhooks (standardwebhooks.com): ``webhook-id``, the same at every try,
``webhook-timestamp`` of the try, and ``webhook-signature`` over both and the body. Slack and Teams
get the shapes that their incoming webhooks take.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.outgoing import AddressRefused, HttpAnswer, NoAnswer, post
from core.site import site_address
from notifications.enums import Outcome, WebhookShape
from notifications.models import Delivery, Notification
from notifications.notification_types import sentence_of, type_of, was_due_words
from notifications.ways import Sender, SendResult

#: Pauses between tries, as Standard Webhooks asks for; after the last one it has failed.
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600)
)
#: No receiver is left alone for longer than this, whatever it asks for.
LONGEST_PAUSE = timedelta(hours=24)
#: Characters of an answer that are kept.
FIRST_WORDS = 200
#: People who are named one by one.
NAMED = 5
SIGNED = "webhook-signature"
#: Slack takes 3,000 characters in a block, Teams 28 kB in all.
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class WebhookRequest:
    """What is sent: the same at every try, but for the time that the headers name."""

    address: str
    body: bytes
    headers: Mapping[str, str]


class WebhookSender(Sender):
    """Asks one address after the other; each connection is its own."""

    def open(self) -> SendResult | None:
        return None

    def compose(self, delivery: Delivery) -> WebhookRequest:
        return compose(delivery)

    def send(self, message: WebhookRequest) -> SendResult:
        """Ask it. 2xx: sent; 410 and 3xx: refused for good; all else: later."""
        try:
            answer = post(message.address, body=message.body, headers=message.headers)
        except AddressRefused as refusal:
            return SendResult(Outcome.REFUSED, detail=str(refusal))
        except NoAnswer as error:
            return SendResult(Outcome.LATER, detail=str(error))
        return judged(answer)

    def close(self) -> None:
        pass


def compose(delivery: Delivery) -> WebhookRequest:
    """Write the request, in the workspace's language, and sign it."""
    notification, endpoint = delivery.notification, delivery.endpoint
    if endpoint is None:
        raise ValueError("A webhook delivery without a webhook.")
    with translation.override(notification.workspace.language):
        body = _SHAPES[WebhookShape(endpoint.shape)](_message(delivery))
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if endpoint.shape == WebhookShape.STANDARD:
        at = delivery.tried_at or timezone.now()
        headers |= signed(str(delivery.message_key), at, raw, endpoint.secrets)
    return WebhookRequest(endpoint.address, raw, headers)


def signed(key: str, at: datetime, body: bytes, secrets: list[str]) -> dict[str, str]:
    """Return the three headers of Standard Webhooks; each of ``secrets`` signs."""
    stamp = str(int(at.timestamp()))
    content = f"{key}.{stamp}.".encode() + body
    signatures = [
        base64.b64encode(
            hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), content, "sha256")
        ).decode()
        for secret in secrets
    ]
    return {
        "webhook-id": key,
        "webhook-timestamp": stamp,
        SIGNED: " ".join(f"v1,{signature}" for signature in signatures),
    }


def judged(answer: HttpAnswer) -> SendResult:
    """Say what an answer means, with its first words."""
    words = " ".join(answer.text.split())[:FIRST_WORDS].replace("\x00", "")
    code = str(answer.status)
    if 200 <= answer.status < 300:
        return SendResult(Outcome.SENT, code, words)
    if 300 <= answer.status < 400:
        said = _("It leads to another address, which is not followed. Write that one instead.")
        return SendResult(Outcome.REFUSED, code, said)
    if answer.status == 410:
        return SendResult(Outcome.REFUSED, code, words)
    return SendResult(Outcome.LATER, code, words, again_after=_asked_pause(answer))


def _asked_pause(answer: HttpAnswer) -> timedelta | None:
    """Read Retry-After: seconds, or a moment."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - timezone.now(), timedelta()), LONGEST_PAUSE)


# --- what it says ----------------------------------------------------------------------------


def _message(delivery: Delivery) -> dict[str, Any]:
    """Return a notice in words, and what it is about."""
    notification = delivery.notification
    workspace = notification.workspace
    return {
        "kind": notification.kind,
        "at": notification.created_at.isoformat(),
        "text": sentence_of(notification),
        "was_due": was_due_words(notification, delivery.tried_at),
        "people": people_of(notification),
        "action": str(type_of(notification.kind).action or _("Open it")),
        "url": site_address(notification.url) if notification.url else "",
        "workspace": {"name": workspace.name, "slug": workspace.slug},
        "by": str(notification.by) if notification.by else "",
        "about": (
            {"kind": notification.subject_kind, "id": str(notification.subject_uid)}
            if notification.subject_uid
            else None
        ),
        "due_at": notification.due_at.isoformat() if notification.due_at else None,
    }


def told_with(notification: Notification) -> list[Notification]:
    """Return the notices to people by the same cause."""
    told = Notification.objects.for_workspace(notification.workspace).filter(
        source_key=notification.source_key, recipient__isnull=False
    )
    return list(told.select_related("workspace", "recipient", "by").order_by("pk"))


def people_of(notification: Notification) -> list[str]:
    """Return the names of the people who are told the same."""
    return [str(one.recipient) for one in told_with(notification)]


def _for_whom(people: list[str]) -> str:
    if not people:
        return ""
    named = ", ".join(people[:NAMED])
    more = len(people) - NAMED
    if more > 0:
        return _("For %(names)s and %(number)d more") % {"names": named, "number": more}
    return _("For %(names)s") % {"names": named}


def _standard(message: dict[str, Any]) -> dict[str, Any]:
    """The event as a program reads it: type, timestamp, data."""
    names = ("text", "people", "by", "about", "due_at", "url", "workspace")
    return {
        "type": message["kind"],
        "timestamp": message["at"],
        "data": {name: message[name] for name in names},
    }


def _lines(message: dict[str, Any]) -> list[str]:
    """The words below the first sentence."""
    where = message["workspace"]["name"]
    return [line for line in (message["was_due"], _for_whom(message["people"]), where) if line]


def _slack(message: dict[str, Any]) -> dict[str, Any]:
    """Text for the notification, blocks for the message. Texts are plain: nobody is called by them."""
    text = message["text"][:LONGEST_TEXT]
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}},
        {
            "type": "context",
            "elements": [
                {"type": "plain_text", "text": line[:LONGEST_TEXT], "emoji": False}
                for line in _lines(message)
            ],
        },
    ]
    if message["url"]:
        link = f"<{_slack_text(message['url'])}|{_slack_text(message['action'])}>"
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": link}})
    return {"text": _slack_text(text), "blocks": blocks}


def _slack_text(text: str) -> str:
    """Write a text so that Slack reads no mention, link or channel in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(message: dict[str, Any]) -> dict[str, Any]:
    """An Adaptive Card, as the workflow “When a Teams webhook request is received” takes it."""
    body: list[dict[str, Any]] = [
        _teams_text(message["text"], weight="Bolder"),
        *(_teams_text(line, isSubtle=True, spacing="Small") for line in _lines(message)),
    ]
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    if message["url"]:
        open_it = {"type": "Action.OpenUrl", "title": message["action"], "url": message["url"]}
        card["actions"] = [open_it]
    content_type = "application/vnd.microsoft.card.adaptive"
    return {
        "type": "message",
        "attachments": [{"contentType": content_type, "contentUrl": None, "content": card}],
    }


def _teams_text(text: str, **look: Any) -> dict[str, Any]:
    """One text, as a run: a TextBlock would read Markdown in it."""
    run = {"type": "TextRun", "text": text[:LONGEST_TEXT], **look}
    spacing = run.pop("spacing", None)
    block: dict[str, Any] = {"type": "RichTextBlock", "inlines": [run]}
    return block | ({"spacing": spacing} if spacing else {})


_SHAPES = {
    WebhookShape.STANDARD: _standard,
    WebhookShape.SLACK: _slack,
    WebhookShape.TEAMS: _teams,
}
