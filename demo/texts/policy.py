"""The museum's social media policy, as it was and as it is."""

TITLE = "Social media policy"

FIRST = """\
How we behave where people meet us online. It is short because it is meant to be read.

## Who may post

You post for the museum only from its own channels, and only where you were given access. Use your
own login and never share it.

## Look before you use a hashtag

A tag that trends may be about something else than you think: an accident, a death, a town in grief.
Before you use it, open it on the network and read the ten newest posts.

## Say whose it is

Name the source of what others found out or made. Ask before you use a picture of a visitor, and
keep the answer.

## People in pictures

Ask before you publish a face. Describe every picture in words, for those who cannot see it.
"""

SECOND = """\
How we behave where people meet us online. It is short because it is meant to be read.

## Who may post

You post for the museum only from its own channels, and only where you were given access. Use your
own login and never share it. What externals and contributors write waits until a manager has
approved it. When you leave, your access ends on the same day.

## Look before you use a hashtag

A tag that trends may be about something else than you think: an accident, a death, a town in grief.
On the day your post goes out, open it on the network and read the ten newest posts. If you are
external, somebody employed here looks too.

## Say whose it is

Name the source of what others found out or made. Ask before you use a picture of a visitor, and
keep the answer.

## Say when it is advertising

If we are paid, get a gift, or write about a shop with someone else’s name on it, the text begins
with “Advertisement”.

## People in pictures

Ask before you publish a face. For a child, ask a parent in writing and note until when the consent
lasts. Describe every picture in words, for those who cannot see it.

## When something bad happens

Stop all posts first and ask afterwards. Nobody is blamed for stopping too early. Answers to people
who need help are never stopped.
"""

SUMMARY = (
    "It now binds the film company too. New: who approves, advertising, children in pictures, and "
    "what to do when something bad happens."
)

# Rule, its clause, and what differs from its defaults.
RULES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("who_approves", "Who may post", {}),
    ("hashtags", "Look before you use a hashtag", {}),
    ("day_of", "When something bad happens", {}),
    ("sources", "Say whose it is", {}),
    ("advertising", "Say when it is advertising", {}),
    ("alt_text", "People in pictures", {}),
    ("captions", "People in pictures", {}),
    ("retouched", "People in pictures", {}),
    ("words", "", {"words": "unique\nguarantee\nfree", "asks_why": True}),
    ("too_often", "", {}),
    ("sensitive_days", "", {"days": "07-22 Remembrance of 22 July"}),
)
