"""One course of therapy: who, with whom, how long it was agreed to be; and the only door to its record."""
