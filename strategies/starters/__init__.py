"""Filled strategies to begin from. Adding one is one file here and one entry in ``STARTERS``."""

from strategies.starters.shape import ChannelDraft, DayOfPeriod, RowDraft, Starter
from strategies.starters.small_shop import SMALL_SHOP

STARTERS: dict[str, Starter] = {starter.code: starter for starter in (SMALL_SHOP,)}

__all__ = ["STARTERS", "ChannelDraft", "DayOfPeriod", "RowDraft", "Starter"]
