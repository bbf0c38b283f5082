"""Addresses that readers may have saved, and what a reader may type into one."""

from __future__ import annotations

from pathlib import Path

SAVED = [
    line.split("\t")
    for line in Path(__file__).with_name("saved_links.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
HOSTILE = [
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "' OR 1=1 --",
    "🙂" * 50,
    "a" * 4000,
    "{{7*7}}",
    "__import__('os')",
]
TAKING = (
    "trends",
    "map",
    "compare",
    "district",
    "online",
    "claims",
    "download",
    "origin",
)  # pages whose addresses hold choices
NAMES = (
    "measure",
    "category",
    "area",
    "view",
    "from",
    "to",
    "method",
    "release",
    "dataset",
    "format",
    "place",
    "by",
    "anyway",
)
