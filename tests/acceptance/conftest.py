"""The data routes, asked as a reader's browser asks them."""

from tests.routes.conftest import get

__all__ = ["get"]
