"""What keeps a reporter unknown: keyed names, seals, keys, and the scrubbing of words."""
