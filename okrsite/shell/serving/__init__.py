"""Serving a site while it is being written: it is made in memory, page by page as they are asked for."""
