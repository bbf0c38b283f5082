"""What may be shown: the guard turns observations into the only table that measures accept."""

from disclosure.guard import guard
from disclosure.safetable import STATUSES, WITHOUT_VALUE, SafeTable, Series

__all__ = ["STATUSES", "WITHOUT_VALUE", "SafeTable", "Series", "guard"]
