"""A long day of writing with `okrsite serve` beside it: random edits, and an independent look at what is shown."""
