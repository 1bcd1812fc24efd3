"""Reading back what ``services.posts.values_of`` wrote."""

from collections.abc import Mapping
from typing import Any

from content_calendar.models import Post, PostVersion
from content_calendar.services.posts import FIELDS, VERSION_FIELDS
from networks.models import Channel
from workspaces.models import Membership, Workspace

_FIELDS = {field.name: field for field in Post._meta.fields}
_VERSION_FIELDS = {field.name: field for field in PostVersion._meta.fields}


def values_from(workspace: Workspace, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored values as ``add_post`` and ``save_post`` take them.

    Only what ``stored`` names; people and channels of ``workspace`` only.
    """
    values = {
        name: _FIELDS[name].to_python(stored[name])
        for name in FIELDS
        if name in stored and name != "owner"
    }
    if "owner" in stored:
        members = Membership.objects.for_workspace(workspace)
        values["owner"] = members.filter(pk=stored["owner"]).first() if stored["owner"] else None
    if "tags" in stored:
        values["tags"] = list(stored["tags"])
    if "versions" in stored:
        versions = stored["versions"]
        channels = Channel.objects.for_workspace(workspace).filter(uid__in=list(versions))
        values["versions"] = {
            channel: {
                name: _VERSION_FIELDS[name].to_python(versions[str(channel.uid)][name])
                for name in VERSION_FIELDS
                if name in versions[str(channel.uid)]
            }
            for channel in channels.in_order()
        }
    return values
