"""Data by stable address: extracts, boundaries, catalogue. Stateless, so that any copy of the server answers."""

from routes.addresses import extract_address, page_address
from routes.boundaries import boundaries_address

__all__ = ["boundaries_address", "extract_address", "page_address"]
