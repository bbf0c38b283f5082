"""May these figures be set side by side?"""
