"""What figures say, in three lengths: ``finding`` for everything that a page shows, ``subtitle`` for what stands under
its headline."""

from language.findings.lengths import finding, subtitle

__all__ = ["finding", "subtitle"]
