"""Who hears what: audiences down, key messages across, and where each audience is reached."""

from dataclasses import dataclass
from typing import Literal

from networks.catalogue import NETWORKS
from strategies.domain.answer_types import AudienceAnswer, MessageAnswer
from strategies.domain.answers import Answers
from strategies.domain.checks.warnings import open_channels

WORDS_AT_MOST = 6  # messages whose words fit as heads of columns
NUMBERS_AT_MOST = 20  # messages whose numbers do, on an upright A4


@dataclass(frozen=True)
class Hearing:
    """One audience: whether it hears each message, and the channels where it is found."""

    audience: AudienceAnswer
    hears: tuple[bool, ...]
    tellings: tuple["AudienceMessages", ...]
    channels: tuple[str, ...]
    without_channel: tuple[str, ...]

    @property
    def hears_nothing(self) -> bool:
        """Whether no message is for it."""
        return not self.tellings

    @property
    def is_reached(self) -> bool:
        """Whether it is found where there is a channel, or in other places."""
        return bool(self.channels or self.audience.elsewhere)

    @property
    def is_place_not_known(self) -> bool:
        """Whether it was said that nobody knows yet where it is found."""
        return "networks" in self.audience.not_known


@dataclass(frozen=True)
class AudienceMessages:
    """One message and how many audiences it is for.

    ``is_not_known``: for whom was answered with *not known yet*, which is no gap (ADR 12).
    """

    message: MessageAnswer
    number: int
    listeners: int
    is_not_known: bool = False

    @property
    def is_for_nobody(self) -> bool:
        """Whether nobody has said for whom it is."""
        return not self.listeners and not self.is_not_known


@dataclass(frozen=True)
class Matrix:
    """The whole."""

    tellings: tuple[AudienceMessages, ...]
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
        return sum(telling.is_for_nobody for telling in self.tellings)

    @property
    def not_known(self) -> int:
        """Of how many messages it is not known yet for whom they are."""
        return sum(telling.is_not_known for telling in self.tellings)

    @property
    def shape(self) -> Literal["words", "numbers", "lists"]:
        """How it is read: messages as heads of columns, by their numbers, or below each audience."""
        if len(self.tellings) <= WORDS_AT_MOST:
            return "words"
        return "numbers" if len(self.tellings) <= NUMBERS_AT_MOST else "lists"

    @property
    def is_small(self) -> bool:
        """Whether it fits beside other things on a page."""
        return self.shape == "words" and len(self.hearings) <= 8


def matrix_of(answers: Answers) -> Matrix:
    """Return who hears what; empty while there are neither audiences nor messages."""
    channels: dict[str, list[str]] = {}
    for channel in open_channels(answers):
        channels.setdefault(channel.network, []).append(channel.name)
    heard = [frozenset(message.audiences) for message in answers.messages]
    is_not_known = answers.is_not_known("message")
    tellings = tuple(
        AudienceMessages(
            message,
            number,
            len(message.audiences),
            is_not_known=not message.audiences
            and (is_not_known or "audiences" in message.not_known),
        )
        for number, message in enumerate(answers.messages, start=1)
    )
    return Matrix(
        tellings=tellings,
        hearings=tuple(
            _hearing(audience, tellings, heard, channels) for audience in answers.audiences
        ),
    )


def _hearing(
    audience: AudienceAnswer,
    tellings: tuple[AudienceMessages, ...],
    heard: list[frozenset[str]],
    channels: dict[str, list[str]],
) -> Hearing:
    hears = tuple(audience.uid in audiences for audiences in heard)
    return Hearing(
        audience=audience,
        hears=hears,
        tellings=tuple(telling for telling, yes in zip(tellings, hears, strict=True) if yes),
        channels=tuple(name for code in audience.networks for name in channels.get(code, ())),
        without_channel=tuple(
            str(NETWORKS[code].name) for code in audience.networks if code not in channels
        ),
    )
