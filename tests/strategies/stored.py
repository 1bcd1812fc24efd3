"""Answers of tests as rows in the database."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from core.rows import Row
from networks.models import Channel
from strategies.domain.answer_types import Answer, Person
from strategies.domain.answers import LOAD_ORDER, Answers
from strategies.domain.questionnaire import KINDS
from strategies.models import StepAnswer, Strategy
from workspaces.models import Membership


def store(answers: Answers, strategy: Strategy, people: Mapping[str, Membership]) -> Strategy:
    """Write ``answers`` into ``strategy``; ``people`` are members by the uid that answers name."""
    made: dict[str, Row] = {}
    for code in LOAD_ORDER:
        model = KINDS[code].model
        for position, answer in enumerate(answers.of_kind(code)):
            made[answer.uid] = _store_row(model, answer, position, strategy, people, made)
    for note in answers.steps:
        _store_row(StepAnswer, note, 0, strategy, people, made)
    return strategy


def _store_row(
    model: type[Row],
    answer: Answer,
    position: int,
    strategy: Strategy,
    people: Mapping[str, Membership],
    made: Mapping[str, Row],
) -> Row:
    values: dict[str, Any] = {"position": position}
    many: dict[str, list[Row]] = {}
    for name in answer.__struct_fields__:
        value = getattr(answer, name)
        if name == "uid":
            continue
        field = model._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            many[name] = [made[uid] for uid in value]
        elif isinstance(value, Person):
            values[name] = people[value.uid]
        elif isinstance(field, models.ForeignKey) and value is not None:
            values[name] = made[value]
        else:
            values[name] = value
    if model is Channel:
        values["workspace"] = strategy.workspace
    else:
        values["strategy"] = strategy
    row = model._default_manager.create(**values)
    for name, rows in many.items():
        getattr(row, name).set(rows)
    return row
