"""Questions about symptoms: who sees them is said first; anything may be left out."""
