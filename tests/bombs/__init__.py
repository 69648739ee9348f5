"""Content that is meant to take for ever: nothing an author writes in 64 KiB costs more than a moment."""
