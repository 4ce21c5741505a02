"""The diary's pages: entries and spans of days, and what there is of it without a network."""
