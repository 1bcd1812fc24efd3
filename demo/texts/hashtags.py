"""The hashtags that the museum has looked up."""

from policies.enums import HashtagVerdict

LASTING = ("Fjordlys", "FjordlysMuseum", "nordlys", "mørketid", "lyskunst")
LASTING_ABOUT = "Our own tags, and three that mean light or winter whatever the season."

#: Days ago, hour, who looked, tag, verdict, what it was about, where.
CHECKS: tuple[tuple[int, int, str, str, HashtagVerdict, str, str], ...] = (
    (
        20,
        8,
        "marketer",
        "museumsnatt",
        HashtagVerdict.SAFE,
        "Museums all over the country share their night opening. Nothing else.",
        "https://example.org/tags/museumsnatt",
    ),
    (
        9,
        9,
        "henrik",
        "strømpris",
        HashtagVerdict.CAUTION,
        "People are angry about their bills. A joke about lamps would land badly this week.",
        "Read the thirty newest posts on two networks",
    ),
    (
        2,
        13,
        "manager",
        "Ravnsund",
        HashtagVerdict.AVOID,
        "The ferry accident on Saturday: four people are missing. The town is in grief.",
        "https://example.org/news/ravnsund",
    ),
)

#: An external’s post for the day after tomorrow with the town’s name in it, and one of tonight.
TOWN_POST = (
    "From Ravnsund to the light: the ferry brings you to our dark week in forty minutes. #Ravnsund "
    "#Fjordlys"
)
TONIGHT_POST = (
    "The forecast says clear skies after nine. The roof is open until 22, and the lamp is off. "
    "#nordlysvarsel #Fjordlys"
)
