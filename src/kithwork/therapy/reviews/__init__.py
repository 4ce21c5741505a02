"""Looking back on the way: the points at which it is done, the arithmetic of change, and what was decided. Staff's own."""
