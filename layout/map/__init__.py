"""Where is it higher or lower?"""
