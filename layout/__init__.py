"""What pages share: the blocks that an article is made of, the rooms that make them, and the surfaces that show
them."""
