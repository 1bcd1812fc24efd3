"""The mix that the themes add up to, each with its share of all posts. Pure."""

from core.enums import ContentCategory
from strategies.domain.answers import Answers


def mix_of_themes(answers: Answers) -> tuple[int, ...] | None:
    """Return the percents of the categories, in their order, as the themes have them.

    None where a theme has no share or no category, or the shares are not 100 together.
    """
    themes = answers.pillars
    if any(theme.percent is None or not theme.category for theme in themes):
        return None
    if sum(theme.percent or 0 for theme in themes) != 100:
        return None
    return tuple(
        sum(theme.percent or 0 for theme in themes if theme.category == category)
        for category in ContentCategory
    )
