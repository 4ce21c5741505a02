"""The shelf keeps no records of its own yet."""
