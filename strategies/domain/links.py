"""Addresses of answers: what findings, roadmap, diff and search link with."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from strategies.domain.questionnaire import KINDS, STEP_OF_KIND


@dataclass(frozen=True)
class Target:
    """A field of the answers: step and kind by code, row by uid, field by name.

    ``row`` is empty where a row must be added first; ``field`` is empty for the row as a whole.
    """

    step: str
    kind: str = ""
    row: str = ""
    field: str = ""


def field_id(kind: str, row: "str | UUID", field: str) -> str:
    """Return the id of a field on a question page; ``row`` is a uid, or ``new`` in the add form."""
    return f"id_{kind}-{row or 'new'}-{field}"


def answer_url(
    workspace_slug: str, strategy_uid: "str | UUID", target: Target, *, page: str = ""
) -> str:
    """Return the address of the very field that ``target`` names, on its question's page or ``page``.

    A row is opened by it; without a row the form that adds one is. A single kind has always its
    form on the page. Without a field it leads to the card, without a kind to the question, and
    without a question to the people, the only thing that is mended there. A target
    without step and kind is mended by no answer but by inviting people.
    """
    if not target.step and target.kind not in KINDS:
        return reverse("members:list", args=[workspace_slug])
    step = target.step or STEP_OF_KIND[target.kind].code
    page = page or reverse("strategies:question", args=[workspace_slug, strategy_uid, step])
    if target.kind not in KINDS:
        return page
    opened = {"open": target.row} if target.row else {"add": target.kind}
    if KINDS[target.kind].single and not target.row:
        return f"{page}#kind-{target.kind}"
    if target.field:
        anchor = field_id(target.kind, target.row, target.field)
    else:
        anchor = f"row-{target.row}" if target.row else f"kind-{target.kind}"
    return f"{page}?{urlencode(opened)}#{anchor}"
