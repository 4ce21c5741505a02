"""When somebody may not be safe: one flag with an owner, a review, a plan of the client's own, who to call."""
