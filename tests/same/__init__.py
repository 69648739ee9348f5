"""What must not show in a site: the machine, the time, who built it, and what was not meant to be published."""
