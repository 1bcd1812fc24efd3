"""A delivery as an email, and what the mail server says to it."""

import re
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from core.site import site_address
from notifications.enums import Outcome
from notifications.less_email import address_for
from notifications.models import Delivery
from notifications.notification_types import (
    NotificationType,
    sentence_of,
    subject_of,
    type_of,
    was_due_words,
    why_of,
    words_of,
)
from notifications.ways import LONGEST_DETAIL, LONGEST_SEND, Sender, SendResult

#: With this code the server says that it ends the connection.
CLOSING = 421


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Write the email, as text and as HTML, in the recipient's language.

    Message-ID and Date never change.
    """
    notification = delivery.notification
    found = type_of(notification.kind)
    recipient = delivery.recipient
    language = recipient.language if recipient else notification.workspace.language
    with translation.override(language):
        context: dict[str, Any] = {
            **notification.params,
            "notification": notification,
            "workspace": notification.workspace,
            "recipient": recipient,
            "person": words_of(notification)["person"],
            "link": site_address(notification.url) if notification.url else "",
            "action": found.action or gettext("Open it"),
            "sentence": sentence_of(notification),
            "why": why_of(notification),
            "is_personal": found.is_personal,
            "was_due": was_due_words(notification, delivery.tried_at),
            **found.more(notification),
        }
        headers = {
            "Message-ID": f"<{delivery.message_key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": format_datetime(notification.created_at),
            "Auto-Submitted": "auto-generated",
        }
        if recipient and found.pace is not None:
            context["less_url"] = address_for(recipient, found)
            headers["List-Unsubscribe"] = f"<{address_for(recipient, found, page='stop')}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        context["middle"] = render_to_string(found.template, context).strip()
        context["subject"] = subject_of(notification)
        message = EmailMultiAlternatives(
            subject=context["subject"],
            body=render_to_string("notifications/email.txt", context).strip() + "\n",
            to=[delivery.to],
            headers=headers,
        )
        message.attach_alternative(_html(found, context), "text/html")
        return message


def _html(kind: NotificationType, context: dict[str, Any]) -> str:
    """Write the HTML: the paragraphs of the text, unless there is a template for it.

    An email that says nothing but its sentence has it as the heading, and no greeting below.
    """
    middle, sentence = context["middle"], context["sentence"]
    says_more = middle != sentence
    more = {
        "heading": context["subject"] if says_more else sentence,
        "paragraphs": re.split(r"\n{2,}", middle) if says_more else [],
        "html_template": kind.html_template,
    }
    return render_to_string("notifications/email.html", {**context, **more})


class EmailSender(Sender):
    """Hands emails to the mail server."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def open(self) -> SendResult | None:
        """Open the connection.

        A server that does not let us in (even with 535) says nothing about the email: try later.
        """
        try:
            self.connection.open()
        except smtplib.SMTPResponseException as refusal:
            return SendResult(Outcome.LATER, str(refusal.smtp_code), _text(refusal.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            return SendResult(Outcome.LATER, "", _text(error))
        return None

    def compose(self, delivery: Delivery) -> EmailMultiAlternatives:
        return compose(delivery)

    def send(self, message: EmailMessage) -> SendResult:
        """Hand the email over. 4xx and lost connections: later; 5xx: refused for good."""
        try:
            with self._cut_off_after(LONGEST_SEND):
                self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refusal:
            code, said = next(iter(refusal.recipients.values()))
            return self._judged(code, said)
        except smtplib.SMTPResponseException as refusal:
            return self._judged(refusal.smtp_code, refusal.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self.connection.close()
            return SendResult(Outcome.LATER, "", _text(error))
        return SendResult(Outcome.SENT)

    @contextmanager
    def _cut_off_after(self, seconds: float) -> Iterator[None]:
        """End the connection when the whole takes too long.

        ``EMAIL_TIMEOUT`` holds for each answer alone: a server that answers every step slowly
        could outlast the lease, and another worker would send the email too.
        """
        line = getattr(getattr(self.connection, "connection", None), "sock", None)
        timer = Timer(seconds, _cut, [line])
        timer.daemon = True
        if line is not None:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _judged(self, code: int, said: object) -> SendResult:
        if code == CLOSING:
            self.connection.close()  # the next email opens a new one
        outcome = Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER
        return SendResult(outcome, str(code), _text(said))

    def close(self) -> None:
        self.connection.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _text(said: object) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return (text or type(said).__name__)[:LONGEST_DETAIL].replace("\x00", "")
