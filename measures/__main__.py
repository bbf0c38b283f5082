"""``python -m measures build``: what ``make data`` runs."""

import sys

from loaders import data_folder
from measures.build import build

if sys.argv[1:] != ["build"]:
    sys.exit("usage: python -m measures build")
faulty = build(data_folder())
sys.exit(f"{faulty} dataset(s) cannot be shown; their measures stay silent until they are mended." if faulty else 0)
