"""A therapist's morning: today's sessions, what needs a look, the caseload; and beginning with somebody new."""
