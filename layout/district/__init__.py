"""What do the figures say about one district?"""
