"""`okrsite serve` as its users have it: a process, asked over its socket."""
