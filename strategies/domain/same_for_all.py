"""What one line of the table of channels says, said of the other channels too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.merging import Text, same

#: The fields that go along; those of a group go together, so that no channel gets half a watch.
GROUPS: tuple[tuple[str, ...], ...] = (("owner",), ("days", "starts_at", "ends_at"))


@dataclass(frozen=True)
class Spread:
    """``texts`` by field and channel, as the form takes them; who had something else before.

    ``said`` has the first field of each group that the line fills; ``skipped`` are the channels
    that nobody watches, where its days and hours did not go.
    """

    texts: Mapping[str, Text]
    before: Mapping[str, Text]
    said_else: tuple[str, ...]
    changed: tuple[str, ...]
    said: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def key_of(name: str, channel: str) -> str:
    """Return what the field of a channel is called in the form of the table."""
    return f"{name}-{channel}"


def spread(
    now: Mapping[str, Text], channel: str, others: Iterable[str], without_watch: Iterable[str] = ()
) -> Spread | None:
    """Return what ``others`` say when they say what ``channel`` does; None where it says nothing.

    ``now`` are the texts that stand in the form, by ``key_of``. A group that the line leaves empty
    stays with each of the others as it is; ``without_watch`` are those that nobody watches.
    """
    said = [group for group in GROUPS if any(now.get(key_of(name, channel)) for name in group)]
    if not said:
        return None
    unwatched = set(without_watch)
    texts: dict[str, Text] = {}
    said_else, changed, skipped = [], [], []
    for other in others:
        mine: dict[str, Text] = {}
        for group in said:
            if "days" in group and other in unwatched:
                skipped.append(other)
                continue
            for name in group:
                key, text = key_of(name, other), now.get(key_of(name, channel))
                if key in now and text is not None and not same(text, now[key]):
                    mine[key] = text
        if any(now[key] for key in mine):
            said_else.append(other)
        if mine:
            changed.append(other)
        texts |= mine
    return Spread(
        texts,
        {key: now[key] for key in texts},
        tuple(said_else),
        tuple(changed),
        tuple(group[0] for group in said),
        tuple(skipped),
    )
