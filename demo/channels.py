"""The museum's channels. People are named by their key in ``people.py``."""

from typing import Any

from demo.museum import Museum
from networks.enums import ChannelState, OperatorKind
from networks.services import add_channel

PEOPLE_FIELDS = {"owner", "operator", "backup"}

CHANNELS: dict[str, dict[str, Any]] = {
    "instagram": {
        "network": "instagram",
        "handle": "@fjordlys",
        "address": "https://www.instagram.com/fjordlys.example",
        "purpose": "Show what the light does today, and answer what families ask.",
        "state": ChannelState.ACTIVE,
        "owner": "marketer",
        "operator_kind": OperatorKind.PERSON,
        "operator": "contributor",
        "backup": "henrik",
    },
    "facebook": {
        "network": "facebook",
        "handle": "Fjordlys Museum",
        "address": "https://www.facebook.com/fjordlys.example",
        "purpose": "Opening hours, events, and grandparents who plan the weekend.",
        "state": ChannelState.ACTIVE,
        "owner": "henrik",
        "operator_kind": OperatorKind.TEAM,
        "operator_name": "Front desk",
        "backup": "marketer",
    },
    "linkedin": {
        "network": "linkedin",
        "handle": "Fjordlys Museum",
        "purpose": "Schools, researchers and the county: what we do and whom we need.",
        "state": ChannelState.ACTIVE,
        "owner": "manager",
        "operator_kind": OperatorKind.PERSON,
        "operator": "ane",
        "backup": "leila",
    },
    "youtube": {
        "network": "youtube",
        "handle": "@fjordlysmuseum",
        "purpose": "Five-minute films from the workshop and the lamp room.",
        "state": ChannelState.ACTIVE,
        "owner": "marketer",
        "operator_kind": OperatorKind.AGENCY,
        "operator_name": "Kystlyd film",
    },
    "podcast": {
        "network": "other",
        "other_network": "Podcast",
        "handle": "Lamp room",
        "purpose": "One keeper’s tale a month, for people who came as children.",
        "state": ChannelState.PLANNED,
        "owner": "ane",
        "operator_kind": OperatorKind.PERSON,
    },
}


def add_channels(museum: Museum) -> None:
    """Add all channels, weeks before the strategy in force begins."""
    with museum.history.on(museum.days_in_force + 52):
        for key, values in CHANNELS.items():
            named = {
                name: museum.members[value] if name in PEOPLE_FIELDS else value
                for name, value in values.items()
            }
            museum.channels[key] = add_channel(museum.workspace, named, by=museum.users["marketer"])
