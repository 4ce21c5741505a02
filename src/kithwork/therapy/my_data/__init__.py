"""What is kept of somebody, and what they can do with it: take a copy, stop sharing, have it erased."""
