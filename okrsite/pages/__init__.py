"""Which pages exist, where they are, and what each says, as values; templates only lay them out."""
