"""Writing the table of question 3: what several rows say of one channel, a line a channel."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.exceptions import Conflict
from core.rows import Row, is_blank
from networks.models import Channel
from strategies.domain.row_kind import RowKind
from strategies.models import Strategy
from strategies.services.rows import add_row, rows_of, save_row


@dataclass(frozen=True)
class ChannelValues:
    """Values of some fields of the ``row`` of ``kind`` that speaks of ``channel``.

    ``row`` is the row as it was read, None where there is none yet. ``unknown`` names fields that
    are *not known yet* again, where they say nothing.
    """

    channel: Channel
    kind: RowKind
    row: Row | None
    values: Mapping[str, Any]
    unknown: Iterable[str] = ()


@transaction.atomic
def save_channel_lines(
    strategy: Strategy, lines: Iterable[ChannelValues], *, by: User
) -> list[Row]:
    """Write what differs, all or nothing, and return the rows as they are now.

    What a row says beside these values stays. Raises Conflict when a row was saved since, or added
    meanwhile, and RowRemoved when one is gone; nothing is written then.
    """
    saved = []
    for line in lines:
        kind, row, values = line.kind, line.row, line.values
        if row is None:
            row, is_new = add_row(
                strategy,
                kind,
                values={"channel": line.channel, **values},
                by=by,
                token=str(uuid.uuid4()),
            )
            others = rows_of(strategy, kind.model).live().exclude(pk=row.pk)
            if is_new and others.filter(channel=line.channel).exists():
                raise Conflict
            saved.append(row)
            continue
        answered = [name for name, value in values.items() if not is_blank(value)]
        wanted = dict.fromkeys([*row.not_known, *line.unknown])
        not_known = [name for name in wanted if name not in answered]
        now = save_row(
            row,
            strategy=strategy,
            values=values,
            not_known=not_known,
            expected=row.revision,
            by=by,
        )
        saved.append(now)
    return saved
