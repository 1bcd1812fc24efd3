"""The museum's posts: eight weeks behind today and four ahead.

``week`` counts from the week of today (0), ``day`` is ISO (1 is Monday). Channels, messages and
owners are named by their key, themes and campaigns by how their name begins. The mix is off on
purpose: nearly half of it sells, and the strategy asks for a fifth.
"""

from dataclasses import dataclass

from content_calendar.enums import Origin
from core.enums import ContentCategory
from networks.enums import PostFormat

SELL, USE, TALK = (
    ContentCategory.PROMOTIONAL,
    ContentCategory.INFORMATIVE,
    ContentCategory.ENGAGEMENT,
)
IG, FB, LI, YT = "instagram", "facebook", "linkedin", "youtube"
TOUCH, HOUR, WARM = "Here you may touch", "An hour here", "It is warm"
TRY, KEPT, REMEMBER, WEEKEND = "Try it", "Who kept", "What do you", "This weekend"
LATE, DARK, LETTER = "Late Thursdays", "The dark week", "Letter to schools"


@dataclass(frozen=True)
class PostDraft:
    """One post of the story; ``origin`` and ``source`` say where it comes from if not from us."""

    week: int
    day: int
    time: str
    channels: tuple[str, ...]
    category: ContentCategory
    text: str
    message: str = ""
    theme: str = ""
    campaign: str = ""
    format: PostFormat = PostFormat.IMAGE
    owner: str = "marketer"
    origin: Origin = Origin.US
    source: str = ""
    own: tuple[tuple[str, str], ...] = ()  # (channel, its own text)
    fate: str = ""  # what became of it, where that is not what its day says


POSTS = (
    # --- eight weeks ago
    PostDraft(-8, 1, "09:00", (IG, FB), SELL, "We are back to winter hours: Tuesday to Sunday, 10 to 17. Late on Thursdays until 21.", WARM),
    PostDraft(-8, 2, "07:30", (LI,), USE, "Year 8 asks why the sky is red and the lens is white. Eleven minutes of an answer, with four things from your kitchen drawer.", HOUR, TRY, format=PostFormat.TEXT, owner="ane"),
    PostDraft(-8, 3, "17:30", (IG,), USE, "A glass of water, a lamp, a white card. Hold the card lower than you think. What do you see at the edge?", TOUCH, TRY, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-8, 4, "18:00", (FB, IG), SELL, "Late Thursday tonight: doors until 21, the great lens is lit at 19.30. Tickets 120 kr, children free.", WARM, WEEKEND, LATE),
    PostDraft(-8, 5, "16:00", (IG,), SELL, "Saturday and Sunday: the lens workshop for families, at 11 and 13. Twelve places each.", TOUCH, WEEKEND),
    PostDraft(-8, 7, "19:00", (FB,), TALK, "The queue outside in 1978. Is anyone you know in it?", "", REMEMBER, owner="henrik"),
    # --- seven weeks ago
    PostDraft(-7, 1, "09:00", (IG, FB), SELL, "The autumn season ticket: come as often as you like until Christmas, 290 kr.", WARM),
    PostDraft(-7, 2, "17:30", (IG,), USE, "Inga Strand kept the light for eleven winters. On 14 October 1921 she wrote: “Fog. Nine ships. Slept at four.”", "", KEPT, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-7, 3, "07:30", (LI,), USE, "New research on how pupils learn optics: hands before formulas. The county’s science centre sums it up in two pages.", HOUR, "", format=PostFormat.TEXT, owner="ane", origin=Origin.OTHERS, source="The county science centre, October newsletter"),
    PostDraft(-7, 4, "18:00", (FB, IG), SELL, "Late Thursday: string quartet in the lamp room at 19. Warm soup in the café from 17.", WARM, WEEKEND, LATE, owner="henrik"),
    PostDraft(-7, 5, "16:00", (IG,), TALK, "Which of these three would you turn first: the crank, the shutter or the prism? Tell us, and come and do it.", TOUCH),
    PostDraft(-7, 6, "10:00", (IG, FB), SELL, "Two hours, dry feet, something to turn in every room. Open today until 17.", WARM, WEEKEND),
    PostDraft(-7, 7, "19:00", (FB,), TALK, "The café in 1964. What did you order?", "", REMEMBER, owner="henrik"),
    # --- six weeks ago
    PostDraft(-6, 1, "12:00", (YT, LI), USE, "Five minutes for your next lesson: why a lens bends light.", HOUR, TRY, format=PostFormat.SHORT_VIDEO, owner="ane"),
    PostDraft(-6, 2, "17:30", (IG,), USE, "How to read the flashes: one long, two short means us. Count them tonight from the pier.", TOUCH, KEPT, owner="contributor"),
    PostDraft(-6, 3, "11:00", (FB,), SELL, "The shop has the lens puzzle back. 180 kr, and it takes an evening.", ""),
    PostDraft(-6, 4, "18:00", (FB, IG), SELL, "Late Thursday: the keeper’s granddaughter tells about the night of 1952. At 19, in the boathouse hall.", "", WEEKEND, LATE, owner="henrik"),
    PostDraft(-6, 5, "16:00", (IG,), SELL, "Rain all weekend. We are the driest two hours in town.", WARM, WEEKEND),
    PostDraft(-6, 6, "11:00", (IG,), TALK, "Show us your shadow. The longest one on Saturday wins a lamp.", TOUCH, origin=Origin.US),
    PostDraft(-6, 7, "19:00", (FB,), TALK, "Class 5B, spring 1987, in front of the great lens. Who remembers the teacher’s name?", "", REMEMBER, owner="henrik"),
    # --- five weeks ago
    PostDraft(-5, 1, "09:00", (IG, FB), SELL, "Autumn break: open every day 10 to 17. Workshops at 11, 13 and 15.", TOUCH, WEEKEND),
    PostDraft(-5, 2, "11:00", (IG,), USE, "Keeper’s log, 27 October 1906: “Herring on the rocks. Lamp lit at ten past four.”", "", KEPT, owner="contributor"),
    PostDraft(-5, 3, "12:00", (IG, FB), SELL, "Three workshops left this week. Book before nine in the evening, come at ten in the morning.", TOUCH, WEEKEND),
    PostDraft(-5, 4, "18:00", (FB, IG), SELL, "Late Thursday is for grown-ups tonight: no children at your knees, one glass included.", "", WEEKEND, LATE, owner="henrik"),
    PostDraft(-5, 5, "10:00", (FB,), USE, "Road works on the coast road from Monday: bus 4 goes every ten minutes as before, from the upper stop.", WARM, owner="henrik", format=PostFormat.TEXT),
    PostDraft(-5, 6, "17:00", (IG,), TALK, "You asked how heavy the lens is. Guess first; the answer comes tomorrow.", TOUCH),
    PostDraft(-5, 7, "17:00", (IG,), USE, "2.3 tonnes. And one finger turns it: it floats on mercury. Here is the bearing.", TOUCH, KEPT, format=PostFormat.CAROUSEL, owner="contributor"),
    # --- four weeks ago
    PostDraft(-4, 1, "09:00", (IG, FB), SELL, "The first Christmas market weekend: tickets from today.", WARM),
    PostDraft(-4, 2, "07:30", (LI,), USE, "What fits between two lessons: a table of our six stations with the aims of the plan for years 8 and 9.", HOUR, "", format=PostFormat.TEXT, owner="ane"),
    PostDraft(-4, 3, "17:30", (IG,), USE, "Try it at home: a spoon, a window, two upside-down trees.", TOUCH, TRY, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-4, 4, "18:00", (FB, IG), SELL, "Late Thursday: the choir from the upper valley sings among the lenses. 19.00.", WARM, WEEKEND, LATE, owner="henrik"),
    PostDraft(-4, 5, "12:00", (IG, FB), SELL, "Members bring a guest for nothing in November. Become one at the desk.", ""),
    PostDraft(-4, 7, "19:00", (FB,), TALK, "Somebody carved “K + A 1959” into the rail. We would love to know who you are.", "", REMEMBER, owner="henrik"),
    # --- three weeks ago
    PostDraft(-3, 1, "09:00", (IG,), SELL, "Book the small lens room for a birthday: two hours, ten children, one cake that you bring.", TOUCH),
    PostDraft(-3, 2, "17:30", (IG,), USE, "Night of 9 November 1931: the oil froze. How they kept the light with six candles and a mirror.", "", KEPT, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-3, 3, "07:30", (LI,), USE, "The Lighthouse Society has put its drawings of first-order lenses online, free for teaching.", HOUR, "", format=PostFormat.TEXT, owner="ane", origin=Origin.OTHERS, source="The Lighthouse Society’s archive"),
    PostDraft(-3, 4, "18:00", (FB, IG), SELL, "Late Thursday: jazz, soup, and the lens in the dark. Doors 17 to 21.", WARM, WEEKEND, LATE, owner="henrik"),
    PostDraft(-3, 6, "10:00", (IG, FB), SELL, "Open today until 17, and the café an hour before us.", WARM, WEEKEND),
    PostDraft(-3, 6, "15:00", (IG,), TALK, "Photo by Maren, 9 years: “The lamp looks at me.” What did the lamp look at when you were here?", TOUCH, origin=Origin.FOLLOWERS, source="Maren’s mother, by message", owner="contributor"),
    PostDraft(-3, 7, "19:00", (FB, IG), TALK, "The first electric bulb, 1948. Whose grandfather carried it up?", "", REMEMBER, owner="henrik", fate="partly"),
    # --- two weeks ago
    PostDraft(-2, 1, "12:00", (IG, FB), SELL, "Gift cards for the dark week, printed on the old press.", "", campaign=DARK),
    PostDraft(-2, 2, "17:30", (IG,), USE, "Try it at home: how to make a rainbow with a compact disc and a torch.", TOUCH, TRY, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-2, 3, "07:30", (LI,), USE, "Bus before nine? We open the school door at 8.15. How to book in one go, in one minute.", HOUR, "", format=PostFormat.TEXT, owner="ane"),
    PostDraft(-2, 4, "18:00", (FB, IG), SELL, "Late Thursday: a quiz about harbours, in teams of four.", WARM, WEEKEND, LATE, owner="henrik"),
    PostDraft(-2, 5, "16:00", (IG,), SELL, "Family workshop on Sunday: two places left at 13.", TOUCH, WEEKEND, fate="missed"),
    PostDraft(-2, 6, "11:00", (IG, FB), SELL, "Winter clothes are on sale in the shop: the keeper’s sweater, in three sizes.", ""),
    PostDraft(-2, 7, "17:00", (FB,), TALK, "Kitchen of the keeper’s house, 1938. What is the thing on the left?", "", REMEMBER, owner="henrik"),
    # --- last week
    PostDraft(-1, 1, "09:00", (IG, FB), SELL, "One month until the dark week: the great lens lit all night, for the first time since 1985.", TOUCH, "", DARK),
    PostDraft(-1, 2, "12:00", (YT,), USE, "What the keeper did at four in the morning: five minutes for years 5 to 10.", HOUR, KEPT, format=PostFormat.SHORT_VIDEO, owner="ane"),
    PostDraft(-1, 2, "17:30", (IG,), USE, "One keeper, one night: 24 November 1943, lamp out by order, and who lit it anyway.", "", KEPT, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(-1, 3, "07:30", (LI,), USE, "Forty-one of sixty-eight schools have been here in three years. What would bring yours?", HOUR, "", format=PostFormat.TEXT, owner="ane"),
    PostDraft(-1, 4, "18:00", (FB, IG), SELL, "Late Thursday: candles only. Bring a torch for the stairs.", WARM, WEEKEND, LATE, owner="henrik"),
    PostDraft(-1, 5, "16:00", (IG, FB), SELL, "Saturday: free entry for everybody who was born in the year the bulb came, 1948.", WARM, WEEKEND),
    PostDraft(-1, 6, "11:00", (IG,), TALK, "Your best picture of the pier in fog, please. We hang one up every Sunday.", TOUCH, owner="contributor"),
    PostDraft(-1, 7, "19:00", (FB,), TALK, "Who slid down this rail? It is still there, and so is the sign.", "", REMEMBER, owner="henrik", fate="handed over"),
    # --- this week
    PostDraft(0, 1, "09:00", (IG, FB), SELL, "Members’ evening on Friday: the lens store is open for two hours.", TOUCH),
    PostDraft(0, 2, "17:30", (IG,), USE, "Try it at home: a candle, a hole in a card, and the window on your wall.", TOUCH, TRY, format=PostFormat.CAROUSEL, owner="contributor"),
    PostDraft(0, 3, "07:30", (LI,), USE, "Three teachers on what the film is good for, and what it is not.", HOUR, "", format=PostFormat.TEXT, owner="ane"),
    PostDraft(0, 4, "18:00", (FB, IG), SELL, "Late Thursday: the film about the night of 1952, with the man who made it.", WARM, WEEKEND, LATE, owner="henrik", own=(("instagram", "Tonight until 21: the film about the night of 1952. The man who made it is here. 120 kr."),)),
    PostDraft(0, 5, "16:00", (IG,), SELL, "Saturday and Sunday: lens workshop at 11 and 13. Twelve places each.", TOUCH, WEEKEND),
    PostDraft(0, 6, "11:00", (IG,), TALK, "Send us the darkest place you know within an hour’s drive. We go there with a lamp.", TOUCH, "", DARK, owner="contributor"),
    PostDraft(0, 7, "19:00", (FB,), TALK, "Three people in this picture still come on Sundays. Do you know one?", "", REMEMBER, owner="henrik"),
    # --- next week
    PostDraft(1, 1, "09:00", (IG, FB), SELL, "Tickets for the dark week are out: three nights, 400 places each.", TOUCH, "", DARK, fate="in review"),
    PostDraft(1, 2, "17:30", (IG,), USE, "The keeper’s log of one whole winter, in ten pictures.", "", KEPT, format=PostFormat.CAROUSEL, owner="contributor", fate="in review"),
    PostDraft(1, 3, "07:30", (LI,), USE, "The film is here: five minutes before your class comes to us.", HOUR, "", LETTER, format=PostFormat.TEXT, owner="ane", fate="approved"),
    PostDraft(1, 4, "18:00", (FB, IG), SELL, "Late Thursday: Lucia rehearsal at 18, soup from 17.", WARM, WEEKEND, LATE, owner="henrik", fate="scheduled"),
    PostDraft(1, 6, "12:00", (IG, FB), SELL, "The shop is open until 19 all Saturdays of Advent.", "", WEEKEND, fate="draft"),
    PostDraft(1, 7, "19:00", (FB,), TALK, "What did the lamp room smell of? Six people have told us so far, and no two agree.", "", REMEMBER, owner="henrik", fate="scheduled"),
    # --- in two weeks
    PostDraft(2, 2, "17:30", (IG,), USE, "Try it at home: what salt does to a candle flame, and when to stop.", TOUCH, TRY, format=PostFormat.CAROUSEL, owner="contributor", fate="changes"),
    PostDraft(2, 3, "07:30", (LI,), USE, "What is left for the spring: eleven mornings. Book yours.", HOUR, "", format=PostFormat.TEXT, owner="ane", fate="draft"),
    PostDraft(2, 4, "18:00", (FB, IG), SELL, "Late Thursday, the last before the dark week.", WARM, WEEKEND, LATE, owner="henrik", fate="draft"),
    PostDraft(2, 6, "10:00", (IG, FB), SELL, "Two days until the dark week. Who keeps the light this year: you do.", TOUCH, "", DARK, fate="draft"),
    # --- in three weeks
    PostDraft(3, 1, "16:00", (IG, FB), SELL, "It is lit. All night, every night, until Sunday.", TOUCH, "", DARK, fate="draft"),
    PostDraft(3, 3, "20:00", (IG,), TALK, "Where were you when you saw it? Send us the place and the hour.", TOUCH, "", DARK, owner="contributor", fate="draft"),
    PostDraft(3, 5, "12:00", (FB,), SELL, "The last tickets for Saturday night.", "", "", DARK, fate="draft"),
)  # fmt: skip

#: Without a day: text, category, channels, and whose idea it was.
IDEAS = (
    ("Ask the bus drivers of line 4 what visitors talk about on the way home.", TALK, (FB,), "henrik"),
    ("A page of the log with the words blacked out: who can guess what happened?", TALK, (IG,), "contributor"),
    ("Interview with the woman who polishes the prisms, once a year, with vinegar.", USE, (IG, LI), "ane"),
    ("Thirty seconds of the mercury bearing without a word.", USE, (IG, YT), "tomas"),
    ("Which teacher came most often? Thank them by name, if they agree.", TALK, (LI,), "ane"),
)  # fmt: skip

CHANGES = "Lovely. Say how much salt, and that a grown-up holds the match."
