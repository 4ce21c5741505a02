"""SQLite as Django speaks it, with moments read in a twentieth of the time."""
