"""Conversations as data: flows, prompts, and a pure engine that plays them on any channel."""
