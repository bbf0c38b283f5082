"""Answers of portals in JSON: cubes, and rows listed one by one."""
