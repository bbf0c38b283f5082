"""What stands out in a release: worked out by the build, a release at a time, and never changed by a later one."""
