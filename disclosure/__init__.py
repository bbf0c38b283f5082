"""What may be shown: the guard turns observations into the only table that measures accept."""

from disclosure.guard import guard
from disclosure.safe_table import STATUS_WORDS, Block, Dense, SafeTable, Series
from loaders.statuses import STATUSES, WITHOUT_VALUE

__all__ = ["STATUSES", "STATUS_WORDS", "WITHOUT_VALUE", "Block", "Dense", "SafeTable", "Series", "guard"]
