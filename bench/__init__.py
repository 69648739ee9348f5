"""Is okrsite fast? The same made-up company is built with it and with Hugo, in turn: `python -m bench --help`."""
