"""Where do the figures come from, and how was anything worked out?"""
