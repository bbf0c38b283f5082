"""What stands between a connection and its answer: sockets, how much at once, readiness, counts and logs."""
