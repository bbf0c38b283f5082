"""Steps of the check and of the build, timed without a server."""
