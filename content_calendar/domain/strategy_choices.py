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

    def served_by_message(self, uid: str) -> tuple[list[str], str]:
        """Return the audiences that a key message is for, and the objective that is about them.

        The objective is the first whose audiences hold one of the message's.
        """
        if self.answers is None:
            return [], ""
        audiences = next((row.audiences for row in self.answers.messages if row.uid == uid), ())
        known = {one for one, _name in self.audiences}
        objective = next(
            (row.uid for row in self.answers.objectives if set(row.audiences) & set(audiences)), ""
        )
        return [one for one in audiences if one in known], objective

    def category_of_theme(self, uid: str) -> str:
        """Return the category that a theme belongs to, empty where none is said."""
        pillars = self.answers.pillars if self.answers else ()
        return next((row.category for row in pillars if row.uid == uid), "")


def choices_on(workspace: Workspace, day: date) -> StrategyChoices:
    """Return what a post on ``day`` can serve."""
    version = version_in_force(workspace, day)
    return choices_of(answers_of(version) if version else None)


def choices_of(answers: Answers | None) -> StrategyChoices:
    """Return what a strategy offers to a post; None is no strategy."""
    if answers is None:
        return StrategyChoices()
    return StrategyChoices(
        answers=answers,
        messages=[(row.uid, cut(row.text, 90)) for row in answers.messages],
        audiences=[(row.uid, row.name) for row in answers.audiences],
        objectives=[(row.uid, cut(row.statement, 90)) for row in answers.objectives],
        themes=[(row.uid, row.name) for row in answers.pillars],
        campaigns=[(row.uid, row.name) for row in answers.activities],
    )
