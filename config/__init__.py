"""What an installation can set: its environment, its folders, its partners."""
