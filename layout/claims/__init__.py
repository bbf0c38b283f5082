"""Does a headline hold?"""
