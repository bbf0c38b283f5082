"""What is published about a place, and what is not?"""
