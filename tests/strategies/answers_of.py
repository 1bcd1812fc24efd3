"""A complete tree of answers without the database, and ways to bend it."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec

from strategies.domain.answer_types import (
    ActivityAnswer,
    Answer,
    AudienceAnswer,
    AudienceNotesAnswer,
    ChannelAnswer,
    ContentPlanAnswer,
    DutyAnswer,
    FollowerAimAnswer,
    GoalAnswer,
    HabitAnswer,
    InitiativeAnswer,
    KpiAnswer,
    ListeningAnswer,
    MessageAnswer,
    ObjectiveAnswer,
    OwnershipAnswer,
    PeriodAnswer,
    Person,
    PillarAnswer,
    PostKindAnswer,
    StandingAnswer,
    StepNote,
    VoiceAnswer,
    WatchAnswer,
)
from strategies.domain.answers import PLACES, Answers
from strategies.domain.questionnaire import KINDS

INGRID = Person("p-ingrid", "Ingrid Solheim")
AMIR = Person("p-amir", "Amir Rahmani")


def complete() -> Answers:
    """Answers with nothing to look at, every kind of row in it."""
    return Answers(
        name="Autumn and winter",
        period=PeriodAnswer(uid="period", starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30)),
        goals=(GoalAnswer(uid="goal", title="Sell 400 season tickets", detail="Before summer"),),
        channels=(
            ChannelAnswer(
                uid="instagram",
                network="instagram",
                handle="@fjordlys",
                address="https://www.instagram.com/fjordlys",
                purpose="Families",
                owner=INGRID,
                operator_kind="person",
                operator=INGRID,
                backup=AMIR,
            ),
        ),
        standings=(
            StandingAnswer(
                uid="standing",
                channel="instagram",
                followers=4200,
                posts_last_90_days=31,
                verdict="keep",
                reason="It works",
            ),
        ),
        audiences=(
            AudienceAnswer(
                uid="families",
                name="Families within an hour’s drive",
                needs="Something indoors",
                aim="They come twice a year",
                networks=("instagram",),
                elsewhere="School newsletters",
                size=14000,
                landing_page="https://fjordlys.example/families",
            ),
        ),
        audience_notes=AudienceNotesAnswer(
            uid="notes", order_reason="They decide on Thursday", left_out="Cruise guests"
        ),
        messages=(
            MessageAnswer(
                uid="message",
                text="You can come in your work clothes",
                audiences=("families",),
                proof="One concert in four is at five o’clock",
            ),
        ),
        voice=VoiceAnswer(
            uid="voice",
            words="Warm",
            dos="Ask",
            donts="Shout",
            languages="Norwegian",
            hashtags="#Fjordlys",
            tone_by_channel="LinkedIn: whole sentences",
        ),
        ownership=OwnershipAnswer(
            uid="ownership",
            hours_per_week=Decimal("12.0"),
            can_post=3,
            can_post_external=0,
            policy_need="in_place",
            policy_reason="Since 2024",
            tools="A shared folder",
        ),
        watches=(
            WatchAnswer(
                uid="watch",
                channel="instagram",
                days=("1", "2", "3", "4", "5"),
                starts_at=time(8),
                ends_at=time(16),
                complaint_hours=1,
                question_hours=4,
                takes_over="On duty",
                whom_to_call="Kari, 12 34",
            ),
        ),
        duties=(
            DutyAnswer(
                uid="duty", title="Editor", holder=AMIR, tasks="Plans", hours_per_week=Decimal(4)
            ),
        ),
        content_plan=ContentPlanAnswer(
            uid="mix",
            promotional=20,
            informative=40,
            engagement=40,
            tolerance=10,
            may_schedule="Opening hours",
            by_hand="Answers",
            minutes_text=45,
            minutes_image=30,
            minutes_carousel=120,
            minutes_story=15,
            minutes_short_video=300,
            minutes_long_video=900,
            minutes_live=240,
            minutes_thread=60,
            minutes_article=240,
        ),
        post_kinds=(
            PostKindAnswer(
                uid="plan",
                channel="instagram",
                format="text",
                lowest=3,
                highest=5,
                days=("2", "4"),
                pillar="pillar",
                times=(time(17), time(20)),
                note="Behind the scenes",
            ),
        ),
        pillars=(
            PillarAnswer(
                uid="pillar",
                name="Ask a curator",
                description="Mondays",
                category="engagement",
                percent=40,
            ),
        ),
        follower_aim=FollowerAimAnswer(
            uid="aim",
            relevant="Lives in the county",
            attract="Behind the scenes",
            engagement_rate=Decimal("4.50"),
            number=6000,
        ),
        habits=(
            HabitAnswer(
                uid="habit",
                text="Comment on schools",
                kind="comment",
                times_per_week=10,
                person=AMIR,
            ),
        ),
        objectives=(
            ObjectiveAnswer(
                uid="objective",
                statement="Families know that we are indoors",
                kind="brand",
                by_on=date(2027, 5, 1),
                audiences=("families",),
                goal="goal",
            ),
        ),
        initiatives=(
            InitiativeAnswer(
                uid="initiative",
                title="Write the twenty answers",
                actions="Collect\nWrite",
                objective="objective",
                owner=INGRID,
                due_on=date(2027, 3, 1),
                reason="The telephone is never silent",
                priority="high",
            ),
        ),
        kpis=(
            KpiAnswer(
                uid="kpi",
                metric="brand_search",
                name="Searches",
                objective="objective",
                family="awareness",
                channels=("instagram",),
                definition="In the console",
                divided_by="months",
                baseline=Decimal("1900.00"),
                target=Decimal("2500.00"),
                direction="up",
                by_on=date(2027, 6, 1),
                source="Search console",
                read_every="month",
                reader=INGRID,
            ),
        ),
        listening=(
            ListeningAnswer(uid="own", term="Fjordlys", kind="own"),
            ListeningAnswer(uid="rival", term="Havmuseet", kind="competitor"),
        ),
        activities=(
            ActivityAnswer(
                uid="activity",
                name="Winter lights",
                kind="event",
                starts_on=date(2027, 1, 14),
                ends_on=date(2027, 2, 5),
                support="A countdown",
                goal="goal",
                budget=Decimal("20000.00"),
                owner=AMIR,
            ),
        ),
    )


def empty() -> Answers:
    """A strategy that was just begun."""
    return Answers(
        name="New",
        period=PeriodAnswer(uid="period"),
        audience_notes=AudienceNotesAnswer(uid="notes"),
        voice=VoiceAnswer(uid="voice"),
        ownership=OwnershipAnswer(uid="ownership"),
        content_plan=ContentPlanAnswer(uid="mix", tolerance=10, minutes_text=45),
        follower_aim=FollowerAimAnswer(uid="aim"),
    )


def changed(answers: Answers, kind: str, /, **values: Any) -> Answers:
    """Return ``answers`` with other values in every row of ``kind``."""
    rows = tuple(msgspec.structs.replace(row, **values) for row in answers.of_kind(kind))
    return with_rows(answers, kind, *rows)


def with_rows(answers: Answers, kind: str, /, *rows: Answer) -> Answers:
    """Return ``answers`` with these rows of ``kind`` instead of its own."""
    value: Any = rows[0] if KINDS[kind].single else tuple(rows)
    return msgspec.structs.replace(answers, **{PLACES[kind]: value})


def copies(answers: Answers, kind: str, number: int, /, **values: Any) -> Answers:
    """Return ``answers`` with the first row of ``kind`` ``number`` times, each with its own uid."""
    first = answers.of_kind(kind)[0]
    return with_rows(
        answers,
        kind,
        *(
            msgspec.structs.replace(first, uid=f"{first.uid}-{place}", **values)
            for place in range(number)
        ),
    )


def not_known(answers: Answers, step: str) -> Answers:
    """Return ``answers`` with a question answered by *not known yet* as a whole."""
    note = StepNote(uid=f"note-{step}", step=step, is_not_known=True, find_out="Ask", finder=AMIR)
    return msgspec.structs.replace(answers, steps=(*answers.steps, note))
