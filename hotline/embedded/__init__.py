"""The servers that `make run` brings along, and the supervisor of every process."""
