"""Draws a flow, one picture for each part of it."""
