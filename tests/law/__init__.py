"""The law of incremental builds: whatever was edited, a build over an old site is a build from nothing."""
