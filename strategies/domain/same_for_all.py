"""What one line of the table of channels says, said of the other channels too."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.merging import Text, same

#: The fields that go along; those of a group go together, so that no channel gets half a watch.
GROUPS: tuple[tuple[str, ...], ...] = (("owner",), ("days", "starts_at", "ends_at"))


@dataclass(frozen=True)
class Spread:
    """``texts`` by field and channel, as the form takes them; who had something else before.

    ``before`` is what stood there, in every field of each group of which one changes.
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
    before: dict[str, Text] = {}
    said_else, changed, skipped = [], [], []
    for other in others:
        mine: dict[str, Text] = {}
        for group in said:
            if "days" in group and other in unwatched:
                skipped.append(other)
                continue
            its: dict[str, Text] = {}
            for name in group:
                key, text = key_of(name, other), now.get(key_of(name, channel))
                if key in now and text is not None and not same(text, now[key]):
                    its[key] = text
            if its:
                mine |= its
                keys = [key_of(name, other) for name in group]
                before |= {key: now[key] for key in keys if key in now}
        if any(now[key] for key in mine):
            said_else.append(other)
        if mine:
            changed.append(other)
        texts |= mine
    return Spread(
        texts,
        before,
        tuple(said_else),
        tuple(changed),
        tuple(group[0] for group in said),
        tuple(skipped),
    )


def taken_back(
    kept: Mapping[str, Sequence[Text]], now: Mapping[str, Text], refused: Container[str] = ()
) -> tuple[dict[str, Text], list[str], list[str]]:
    """Return the texts to give back, and the keys of the groups that go back and that stay.

    ``kept`` has what stood in each field before and after the press. A group goes back as a whole,
    and only where all of it still stands as the press left it and no field is ``refused``; the key
    of a group is that of its first field.
    """
    texts: dict[str, Text] = {}
    back: list[str] = []
    stay: list[str] = []
    for channel in dict.fromkeys(key.partition("-")[2] for key in kept):
        for group in GROUPS:
            its = [key for name in group if (key := key_of(name, channel)) in kept]
            if not its:
                continue
            stands = all(
                key in now and same(now[key], kept[key][1]) and key not in refused for key in its
            )
            (back if stands else stay).append(key_of(group[0], channel))
            if stands:
                texts |= {key: kept[key][0] for key in its}
    return texts, back, stay
