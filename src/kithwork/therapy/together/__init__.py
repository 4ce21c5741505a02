"""Home, overview and progress: what the two see first, and what was shared since last time. Keeps no records."""
