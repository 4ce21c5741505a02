"""The people in a life: cards, closeness circles now and as wished, lines, and dated snapshots."""
