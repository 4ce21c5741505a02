"""What crosses rooms: the rulebook, stories, rules of the house, numbers from other programs."""
