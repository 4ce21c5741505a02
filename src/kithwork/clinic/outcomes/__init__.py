"""Counts for a service lead: of courses, never of a person, and no words."""
