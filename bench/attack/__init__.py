"""The attacks that once stopped the server, sent again."""
