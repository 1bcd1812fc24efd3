"""What a starter is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class DayOfPeriod:
    """A day of the strategy's period: 0 is the first, -1 the last."""

    day: int


@dataclass(frozen=True)
class ChannelDraft:
    """A channel, made as planned where the workspace has none of that network yet."""

    key: str
    network: str
    handle: "str | Promise"
    purpose: "str | Promise"
    other_network: "str | Promise" = ""


@dataclass(frozen=True)
class RowDraft:
    """One row: its kind by code, its values by field; other rows are referred to by their key."""

    kind: str
    values: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Starter:
    """A filled strategy for a period of ``months``, beginning with the first of next month."""

    code: str
    name: "str | Promise"
    about: "str | Promise"
    months: int
    channels: tuple[ChannelDraft, ...]
    rows: tuple[RowDraft, ...]
