"""What the work is on: one of four difficulties, and a second only with a reason."""
