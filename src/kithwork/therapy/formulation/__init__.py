"""What the two understand together: drafted, commented on, signed in versions; goals come from it."""
