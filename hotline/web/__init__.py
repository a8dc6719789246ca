"""Requests in, answers out: each view calls one service."""
