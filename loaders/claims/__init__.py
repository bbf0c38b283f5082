"""Published statements and the register of systems, as read."""
