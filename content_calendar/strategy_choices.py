"""What a post can serve: choices from the strategy in force on the post's own day."""

from dataclasses import dataclass, field
from datetime import date

from core.text import cut
from strategies.in_force import Answers, answers_of, version_in_force
from workspaces.models import Workspace

Choice = tuple[str, str]  # uid, words


@dataclass(frozen=True)
class StrategyChoices:
    """Messages, audiences, objectives, themes and campaigns by uid; empty without a strategy."""

    answers: Answers | None = None
    messages: list[Choice] = field(default_factory=list)
    audiences: list[Choice] = field(default_factory=list)
    objectives: list[Choice] = field(default_factory=list)
    themes: list[Choice] = field(default_factory=list)
    campaigns: list[Choice] = field(default_factory=list)

    def name_of(self, uid: str) -> str:
        """Return the words of what ``uid`` names, or nothing where it is not in this strategy."""
        for choices in (
            self.messages,
            self.audiences,
            self.objectives,
            self.themes,
            self.campaigns,
        ):
            for one, words in choices:
                if one == uid:
                    return words
        return ""


def choices_on(workspace: Workspace, day: date) -> StrategyChoices:
    """Return what a post on ``day`` can serve."""
    version = version_in_force(workspace, day)
    if version is None:
        return StrategyChoices()
    answers = answers_of(version)
    return StrategyChoices(
        answers=answers,
        messages=[(row.uid, cut(row.text, 90)) for row in answers.messages],
        audiences=[(row.uid, row.name) for row in answers.audiences],
        objectives=[(row.uid, cut(row.statement, 90)) for row in answers.objectives],
        themes=[(row.uid, row.name) for row in answers.pillars],
        campaigns=[(row.uid, row.name) for row in answers.activities],
    )
