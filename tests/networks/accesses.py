"""Makers of accesses for tests: straight into the database, as the register keeps them."""

from datetime import date
from typing import Any

from networks.access_terms import outsider_uid
from networks.enums import AccessLevel
from networks.models import AccessGrant, Channel
from workspaces.models import Membership, Workspace

OUTSIDER = {"outsider_name": "Mette Krogh", "outsider_company": "Krogh Foto"}


def make_channel(workspace: Workspace, handle: str = "@fjordlys", **more: Any) -> Channel:
    return Channel.objects.create(workspace=workspace, network="instagram", handle=handle, **more)


def make_access(
    channel: Channel,
    member: Membership | None = None,
    *,
    level: str = AccessLevel.EDITOR,
    confirmed_on: date | None = None,
    name: str = "",
    company: str = "",
    **more: Any,
) -> AccessGrant:
    """Return an access of ``member``, else of an outsider."""
    name, company = name or OUTSIDER["outsider_name"], company or OUTSIDER["outsider_company"]
    who: dict[str, Any] = (
        {"member": member, "person_uid": member.uid}
        if member
        else {
            "outsider_name": name,
            "outsider_company": company,
            "person_uid": outsider_uid(channel.workspace_id, name, company),
        }
    )
    return AccessGrant.objects.create(
        workspace=channel.workspace,
        channel=channel,
        level=level,
        confirmed_on=confirmed_on,
        **who,
        **more,
    )


def said(member: Membership | None, **more: Any) -> dict[str, Any]:
    """What a form says of an access."""
    return {
        "member": member,
        "outsider_name": "" if member else OUTSIDER["outsider_name"],
        "outsider_company": "" if member else OUTSIDER["outsider_company"],
        "outsider_email": "",
        "level": AccessLevel.EDITOR,
        "login": "personal",
        "two_factor": "unknown",
        "password_place": "",
        "holds_recovery_email": False,
        "holds_recovery_phone": False,
        "starts_on": None,
        "ends_on": None,
        **more,
    }
