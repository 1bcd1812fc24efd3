"""Long answers, as real strategies have them.

After the social media strategy of the US National Archives (2017 to 2020), a work of the US
government in the public domain, shortened; who owns what is made up.
"""

from datetime import date
from decimal import Decimal

from strategies.domain.answer_types import (
    ActivityAnswer,
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
    PillarAnswer,
    PostKindAnswer,
    VoiceAnswer,
    WatchAnswer,
)
from strategies.domain.answers import Answers
from tests.strategies.answers_of import AMIR, INGRID

GOALS = (
    "Tell great stories: show the public what is in the archives and why it matters to them",
    "Deepen engagement: people do not only look, they take part, contribute and come back",
    "Grow our audience: reach those who have never heard of us, and those who cannot visit",
    "Cultivate a community of practice across the agency, so that every office can take part",
)
AUDIENCES = (
    "History enthusiasts",
    "Educators, and students from primary school to graduate school",
    "Researchers, genealogists and veterans who look for records of their families",
    "Museums, libraries and archives, as partners and as colleagues",
    "Journalists, publishers and makers of documentaries",
    "Citizen archivists who transcribe, tag and comment on records in the catalog",
    "Staff of the agency, and staff of other government agencies",
    "People in rural areas, and people who cannot travel to one of our reading rooms",
)
INITIATIVES = (
    "Inspire users with visual stories about records on the networks that they use every day",
    "Create a cross-agency editorial calendar for stories that all units tell together",
    "Develop exhibits for the web that are made of many small pieces which others can share",
    "Crowdsource the tagging and transcription of records through the catalog and History Hub",
    "Bring subject matter experts into conversations with the public on History Hub",
    "Pilot live video from behind the scenes of the reading rooms and conservation labs",
    "Release animated GIFs made from public domain films and photographs",
    "Open data about records for developers, with a documented interface and examples",
    "Invite influencers and organisations to events, and share what they make of it",
    "Support unconferences and edit-a-thons with volunteers in every region",
    "Train staff to speak for the agency in their own field, with a mentor each",
    "Build a dashboard that shows each unit how its posts do, and meet over it monthly",
    "Review every account twice a year, and close those that nobody has time for",
    "Write a style guide with examples of posts, alternative texts and answers",
    "Publish records on Wikimedia Commons and help editors of Wikipedia find them",
    "Offer office hours once a month in which any colleague may bring a question",
)
STATEMENTS = (
    "Tell great stories\n\nUse the data that we have to find out which stories people love.",
    "Deepen engagement: more of those who see a post write, transcribe, tag or ask something",
    "Grow our audience by going where people already are, rather than waiting for them to come",
    "Cultivate a community of practice in which at least 200 colleagues take part each quarter",
)
CHANNELS = (
    "Blog: Pieces of History",
    "Blog: NARAtions",
    "History Hub",
    "Tumblr: Today’s Document",
    "GIPHY: @usnationalarchives",
    "Flickr: The Commons",
    "GitHub: usnationalarchives",
    "Newsletter for educators",
    "Wikimedia Commons",
    "Podcast of the presidential libraries",
)


def long_answers() -> Answers:
    """Answers as long as those of a large institution, with much that is not known yet."""
    channels = (
        ChannelAnswer(
            uid="ig",
            network="instagram",
            handle="@usnatarchives",
            owner=INGRID,
            operator_kind="person",
            backup=AMIR,
        ),
        ChannelAnswer(
            uid="fb",
            network="facebook",
            handle="usnationalarchives",
            owner=INGRID,
            operator_kind="person",
        ),
        ChannelAnswer(
            uid="x", network="x", handle="@USNatArchives", owner=AMIR, operator_kind="person"
        ),
        ChannelAnswer(
            uid="yt",
            network="youtube",
            handle="usnationalarchives",
            operator_kind="team",
            operator_name="The motion picture unit",
        ),
        *(
            ChannelAnswer(
                uid=f"other-{number}",
                network="other",
                other_network=name,
                operator_kind="person",
                not_known=("owner",),
            )
            for number, name in enumerate(CHANNELS)
        ),
    )
    return Answers(
        name="Social media strategy for fiscal years 2017 to 2020",
        period=PeriodAnswer(uid="period", starts_on=date(2026, 10, 1), ends_on=date(2027, 9, 30)),
        goals=tuple(GoalAnswer(uid=f"goal-{n}", title=title) for n, title in enumerate(GOALS)),
        channels=channels,
        audiences=tuple(
            AudienceAnswer(
                uid=f"audience-{number}",
                name=name,
                needs="They want to find what concerns them without knowing how archives work. "
                * 3,
                networks=("facebook", "other") if number % 2 else ("instagram",),
                elsewhere="History Hub and Tumblr" if number % 3 == 1 else "",
                not_known=("size",),
            )
            for number, name in enumerate(AUDIENCES)
        ),
        audience_notes=AudienceNotesAnswer(uid="notes", left_out="Nobody: we serve all citizens."),
        messages=tuple(
            MessageAnswer(
                uid=f"message-{number}",
                text=text,
                audiences=tuple(f"audience-{one}" for one in range(number + 1)),
                proof="Fifteen billion pages, and more of them online every week.",
            )
            for number, text in enumerate(
                (
                    "Public access to government records strengthens democracy by allowing "
                    "everyone to claim their rights, hold their government accountable and "
                    "understand their history",
                    "The records are yours: you may look at them, copy them, and make of them what "
                    "you like",
                    "There is a person behind the desk who helps you find what you look for",
                    "What you know about a photograph is worth as much as what we know",
                    "History happens in your town, too",
                )
            )
        ),
        voice=VoiceAnswer(
            uid="voice",
            words="Helpful, curious, exact",
            dos="Tell what is in the picture\nName the record and where it is found\nAnswer",
            donts="Take sides\nUse words that only archivists know",
        ),
        ownership=OwnershipAnswer(
            uid="ownership", hours_per_week=Decimal(160), can_post=120, can_post_external=0
        ),
        watches=tuple(
            WatchAnswer(
                uid=f"watch-{one.uid}", channel=one.uid, days=tuple("12345"), question_hours=24
            )
            for one in channels[:4]
        ),
        duties=tuple(
            DutyAnswer(uid=f"duty-{number}", title=title, not_known=("holder",))
            for number, title in enumerate(
                ("Strategy and coordination", "Training", "Design", "Measurement", "Crisis")
            )
        ),
        content_plan=ContentPlanAnswer(
            uid="mix",
            promotional=10,
            informative=50,
            engagement=40,
            tolerance=10,
            minutes_text=45,
            minutes_image=20,
        ),
        post_kinds=tuple(
            PostKindAnswer(
                uid=f"kind-{one.uid}",
                channel=one.uid,
                format="image",
                lowest=number + 1,
                highest=number + 4,
            )
            for number, one in enumerate(channels[:9])
        ),
        pillars=tuple(
            PillarAnswer(uid=f"pillar-{number}", name=name)
            for number, name in enumerate(
                (
                    "Today’s document",
                    "Tools of the trade, from the conservation labs",
                    "Women’s history",
                    "Veterans and their families",
                    "Presidents and first ladies in unguarded moments",
                    "Maps and patents",
                    "Ask an archivist",
                    "National parks",
                )
            )
        ),
        follower_aim=FollowerAimAnswer(uid="aim", not_known=("relevant", "engagement_rate")),
        habits=(HabitAnswer(uid="habit", text="Share what partners post", kind="promote"),),
        objectives=tuple(
            ObjectiveAnswer(
                uid=f"objective-{number}",
                statement=statement,
                kind="other",
                other_kind="Mission",
                by_on=date(2027, 9, 30) if number % 2 else None,
                goal=f"goal-{number}",
            )
            for number, statement in enumerate(STATEMENTS)
        ),
        initiatives=tuple(
            InitiativeAnswer(
                uid=f"initiative-{number}",
                title=title,
                objective=f"objective-{number % 4}",
                actions="Gather examples\nPublish a plan\nTry it with one unit\nShare the results",
                owner_name="Social media team" if number % 4 == 0 else "",
                due_on=date(2027, 1 + number % 9, 15) if number % 3 else None,
            )
            for number, title in enumerate(INITIATIVES)
        ),
        kpis=(
            *(
                KpiAnswer(
                    uid=f"figure-{number}",
                    metric="own",
                    name=name,
                    objective=f"objective-{number % 4}",
                    baseline=Decimal(1000 * (number + 1)) if number % 2 else None,
                    target=Decimal(25000) if number % 3 == 0 else None,
                    not_known=("reader",),
                )
                for number, name in enumerate(
                    (
                        "Views of our content on all networks in a year",
                        "Records in the catalog that were tagged or transcribed by citizens",
                        "People who register for History Hub and ask a question there",
                        "Views of our images on Wikipedia",
                        "Subscribers of the newsletter for educators",
                        "Colleagues who took part in a training",
                    )
                )
            ),
            *(
                KpiAnswer(
                    uid=f"sign-{number}",
                    metric="own",
                    name=name,
                    is_sign=True,
                    objective=f"objective-{number % 4}",
                    read_every="quarter",
                )
                for number, name in enumerate(
                    (
                        "Journalists quote a record that they found through a post",
                        "Teachers tell us how they use our documents in class",
                        "Colleagues from other agencies ask how we do it",
                        "A partner proposes a story before we do",
                        "People correct our captions, and thank us for thanking them",
                    )
                )
            ),
        ),
        listening=tuple(
            ListeningAnswer(uid=f"term-{number}", term=term, kind=kind)
            for number, (term, kind) in enumerate(
                (
                    ("National Archives", "own"),
                    ("#ArchivesHashtagParty", "topic"),
                    ("declassification", "topic"),
                    ("Library of Congress", "competitor"),
                )
            )
        ),
        activities=tuple(
            ActivityAnswer(
                uid=f"activity-{number}",
                name=name,
                kind=("event", "campaign", "other")[number % 3],
                other_kind="Hashtag party" if number % 3 == 2 else "",
                starts_on=date(2027, number % 9 + 1, 1) if number % 2 else None,
                ends_on=date(2027, number % 9 + 1, 28) if number % 4 == 1 else None,
                support="A countdown, pictures while it lasts, thanks afterwards.",
            )
            for number, name in enumerate(
                (
                    "Archives Month",
                    "Sunshine Week",
                    "Hashtag party of the month",
                    "Anniversary of the Constitution",
                    "Genealogy fair",
                    "Opening of the exhibit on remembering Vietnam",
                    "National History Day",
                )
            )
        ),
    )
