"""What stands beside the board: the turn, the players, what may be done, and the log."""
