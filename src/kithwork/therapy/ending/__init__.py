"""A good ending: then and now, what changed and who did it, warning signs, the plan, and a keepsake."""
