"""All that is kept, and the only SQL."""
