"""Outputs of the engine made audible or readable, one module per channel."""
