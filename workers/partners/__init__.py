"""One module per way of reaching a partner, behind one port."""
