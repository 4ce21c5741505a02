"""When a therapist is away: who stands in, who has agreed to, and what has waited past its time."""
