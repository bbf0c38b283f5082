"""What was announced, and which figures were published about it?"""
