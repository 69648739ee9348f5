"""Content is written by many hands, so it is treated as hostile."""
