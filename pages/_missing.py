"""What does a reader see who asks for a page that does not exist?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks
from layout.frame.missing import show_missing
from layout.frame.reader import Reader


def article(reader: Reader) -> Blocks:
    yield from show_missing(reader)


if __name__ == "__main__":
    show(__file__)
