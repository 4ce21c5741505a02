"""The techniques as sheets: data of ``ipt``, drawn, filled in, shared and printed by one engine."""
