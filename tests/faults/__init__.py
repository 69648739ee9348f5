"""Builds whose system calls fail and builds that are killed: all or nothing."""
