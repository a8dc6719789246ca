"""One use case per function, one transaction each."""
