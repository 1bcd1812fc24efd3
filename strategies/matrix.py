"""Who hears what: audiences down, key messages across, and where each audience is reached."""

from dataclasses import dataclass

from networks.catalogue import NETWORKS
from strategies.answers import Answers, AudienceAnswer, MessageAnswer
from strategies.checks.warnings import open_channels


@dataclass(frozen=True)
class Hearing:
    """One audience: whether it hears each message, and the channels where it is found."""

    audience: AudienceAnswer
    hears: tuple[bool, ...]
    messages: tuple[MessageAnswer, ...]
    channels: tuple[str, ...]
    without_channel: tuple[str, ...]

    @property
    def hears_nothing(self) -> bool:
        """Whether no message is for it."""
        return not self.messages

    @property
    def is_reached(self) -> bool:
        """Whether it is found where there is a channel, or in other places."""
        return bool(self.channels or self.audience.elsewhere)


@dataclass(frozen=True)
class Telling:
    """One message and how many audiences it is for."""

    message: MessageAnswer
    number: int
    listeners: int


@dataclass(frozen=True)
class Matrix:
    """The whole."""

    tellings: tuple[Telling, ...]
    hearings: tuple[Hearing, ...]

    @property
    def silent(self) -> int:
        """How many audiences hear nothing."""
        return sum(hearing.hears_nothing for hearing in self.hearings)

    @property
    def heard(self) -> int:
        """How many audiences hear something."""
        return len(self.hearings) - self.silent

    @property
    def for_nobody(self) -> int:
        """How many messages are for nobody."""
        return sum(not telling.listeners for telling in self.tellings)

    @property
    def is_small(self) -> bool:
        """Whether it fits beside other things on a page."""
        return len(self.tellings) <= 6 and len(self.hearings) <= 8


def matrix_of(answers: Answers) -> Matrix:
    """Return who hears what; empty while there are neither audiences nor messages."""
    channels: dict[str, list[str]] = {}
    for channel in open_channels(answers):
        channels.setdefault(channel.network, []).append(channel.name)
    heard = [frozenset(message.audiences) for message in answers.messages]
    return Matrix(
        tellings=tuple(
            Telling(message, number, len(audiences))
            for number, (message, audiences) in enumerate(
                zip(answers.messages, heard, strict=True), start=1
            )
        ),
        hearings=tuple(
            _hearing(audience, answers.messages, heard, channels) for audience in answers.audiences
        ),
    )


def _hearing(
    audience: AudienceAnswer,
    messages: tuple[MessageAnswer, ...],
    heard: list[frozenset[str]],
    channels: dict[str, list[str]],
) -> Hearing:
    hears = tuple(audience.uid in audiences for audiences in heard)
    return Hearing(
        audience=audience,
        hears=hears,
        messages=tuple(message for message, yes in zip(messages, hears, strict=True) if yes),
        channels=tuple(name for code in audience.networks for name in channels.get(code, ())),
        without_channel=tuple(
            str(NETWORKS[code].name) for code in audience.networks if code not in channels
        ),
    )
