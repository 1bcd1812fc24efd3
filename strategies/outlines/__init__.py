"""Filled strategies to begin from. Adding one is one file here and one entry in ``OUTLINES``."""

from strategies.outlines.shape import ChannelDraft, DayOfPeriod, Outline, RowDraft
from strategies.outlines.small_shop import SMALL_SHOP

OUTLINES: dict[str, Outline] = {outline.code: outline for outline in (SMALL_SHOP,)}

__all__ = ["OUTLINES", "ChannelDraft", "DayOfPeriod", "Outline", "RowDraft"]
