"""Everything heavy that answers need, imported in one go: whoever comes second waits, and never sees a module that is half there."""

import charts
from routes import boundaries, extract

__all__ = ["boundaries", "charts", "extract"]
