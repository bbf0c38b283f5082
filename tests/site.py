"""The pages of the site, by the files that draw them, and by their addresses: the front page's is empty."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "pages"
PAGES = sorted(path.stem for path in FOLDER.glob("[!_]*.py"))
ADDRESSES = ["" if page == "home" else page for page in PAGES]
DRAWN = ("trends", "map", "compare", "district", "online", "notable")  # pages with a chart
