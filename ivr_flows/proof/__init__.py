"""Proves over every state that a conversation can reach that nobody is lost, left in silence or kept in a circle."""
