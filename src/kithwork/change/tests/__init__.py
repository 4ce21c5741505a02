"""What the arithmetic of change promises."""
