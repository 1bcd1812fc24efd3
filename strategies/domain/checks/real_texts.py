"""What strategies that were written elsewhere leave open: found by entering real ones."""

from collections.abc import Iterator
from functools import partial

from django.db import models
from django.utils.translation import gettext

from core.enums import ContentCategory
from core.fields import CodesField, TimesField
from core.findings import Severity
from core.placeholders import placeholders, says_nothing
from strategies.domain.answer_types import is_said
from strategies.domain.answers import Answers
from strategies.domain.checks.registry import Context, Problem, check
from strategies.domain.checks.words import name_of
from strategies.domain.questionnaire import STEPS
from strategies.domain.row_kind import RowKind, Step
from strategies.domain.theme_mix import mix_of_themes

#: What is asked of these is a decision; a question is none.
DECIDED = {"goal": "title", "objective": "statement", "initiative": "title"}


@check("themes-are-not-100", Severity.WARNING, step="content")
def themes_are_not_100(answers: Answers, context: Context) -> Iterator[Problem]:
    """Shares of all posts that are more than all, or less though each of several themes has one."""
    shares = [theme.percent for theme in answers.pillars if theme.percent is not None]
    together = sum(shares)
    is_whole = len(shares) == len(answers.pillars) > 1
    if together > 100 or (is_whole and together < 100):
        yield Problem(
            gettext("The themes are %(number)d percent of the posts together.")
            % {"number": together},
            gettext("Change the shares until they are 100"),
            "pillar",
            next(theme.uid for theme in answers.pillars if theme.percent is not None),
            "percent",
            task=gettext("Change the shares of the themes until they are 100 percent"),
        )


@check("themes-differ-from-mix", Severity.WARNING, step="content")
def themes_differ_from_mix(answers: Answers, context: Context) -> Iterator[Problem]:
    """Further apart than the tolerance: a month by the themes would miss the mix."""
    plan = answers.content_plan
    themes = mix_of_themes(answers)
    aimed = [getattr(plan, category.value) for category in ContentCategory]
    if themes is None or None in aimed:
        return
    apart = max(abs(one - other) for one, other in zip(themes, aimed, strict=True))
    if apart <= (plan.tolerance or 0):
        return
    yield Problem(
        gettext("The themes are %(themes)s (selling, useful, dialogue); the mix says %(mix)s.")
        % {"themes": _in_words(themes), "mix": _in_words(aimed)},
        gettext("Change the mix, or the shares of the themes"),
        "content-plan",
        plan.uid,
        "promotional",
        task=gettext("Let the mix and the shares of the themes agree"),
    )


def _in_words(percents: object) -> str:
    return " / ".join(map(str, percents))  # type: ignore[call-overload]


@check("part-without-holder", Severity.WARNING, step="ownership")
def part_without_holder(answers: Answers, context: Context) -> Iterator[Problem]:
    """A part that nobody plays is not played."""
    for duty in answers.duties:
        if not is_said(duty, "holder") and not duty.holder_name:
            yield Problem(
                gettext("Nobody has the part “%(part)s”.") % {"part": name_of(duty.title)},
                gettext("Name who has it"),
                "duty",
                duty.uid,
                "holder",
                task=gettext("Name who has the part “%(part)s”") % {"part": name_of(duty.title)},
            )


@check("objective-without-date", Severity.WARNING, step="success")
def objective_without_date(answers: Answers, context: Context) -> Iterator[Problem]:
    """Without a day nobody can say that it was missed."""
    for objective in answers.objectives:
        if not is_said(objective, "by_on"):
            yield Problem(
                gettext("“%(objective)s” has no date.")
                % {"objective": name_of(objective.statement)},
                gettext("Say by when"),
                "objective",
                objective.uid,
                "by_on",
                task=gettext("Say by when “%(objective)s” is reached")
                % {"objective": name_of(objective.statement)},
            )


@check("no-marketing-goal", Severity.WARNING, step="begin")
def no_marketing_goal(answers: Answers, context: Context) -> Iterator[Problem]:
    """Asked once there are objectives: what do they serve?"""
    if answers.objectives and not answers.goals:
        yield Problem(
            gettext(
                "No marketing goal of the organisation is named: what do the objectives serve?"
            ),
            gettext("Add a goal"),
            "goal",
            "",
            "title",
            task=gettext("Add a marketing goal of the organisation"),
        )


def left_to_fill_in(step: Step, answers: Answers, context: Context) -> Iterator[Problem]:
    """What only holds its place: “x”, “[feature]”, “TBD”, a lone question."""
    for kind in step.kinds:
        fields = list(_text_fields(kind))
        for row in answers.of_kind(kind.code):
            for field in fields:
                text = getattr(row, field)
                found = placeholders(text)
                if says_nothing(text) or (DECIDED.get(kind.code) == field and _is_question(text)):
                    found = [text]
                if found:
                    yield Problem(
                        gettext("“%(words)s” is left to fill in.") % {"words": name_of(found[0])},
                        gettext("Write what it should say"),
                        kind.code,
                        row.uid,
                        field,
                        task=gettext("Write what “%(words)s” should say")
                        % {"words": name_of(found[0])},
                    )


def _text_fields(kind: RowKind) -> Iterator[str]:
    for name in kind.fields:
        field = kind.model._meta.get_field(name)
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and not isinstance(field, models.URLField | CodesField | TimesField):
            yield name


def _is_question(text: str) -> bool:
    """Whether a text is one question and nothing more."""
    line = text.strip()
    return line.endswith("?") and "\n" not in line and not any(sign in line[:-1] for sign in ".!?")


for _step in STEPS:
    check(f"left-to-fill-in-{_step.code}", Severity.WARNING, step=_step.code)(
        partial(left_to_fill_in, _step)
    )
