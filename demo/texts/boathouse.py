"""A strategy that has only just been begun."""

from strategies.starters import RowDraft

JUST_BEGUN = (
    RowDraft(
        "goal",
        {
            "title": "The new boathouse is full on its first three Saturdays",
            "detail": "120 places each.",
        },
    ),
    RowDraft(
        "audience",
        {
            "name": "People who own a wooden boat",
            "needs": "Somewhere to ask before the varnish is bought.",
        },
    ),
    RowDraft("audience", {"name": "Neighbours along the quay"}),
)
