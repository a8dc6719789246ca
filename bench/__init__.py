"""Measures what a turn of a call costs, against the cheapest request there is."""
