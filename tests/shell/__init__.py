"""Tests of what touches the world: files, the output folder, projects, commands."""
