"""Looking back on the way: when it is done, the arithmetic of change, and what was decided. Staff's own."""
