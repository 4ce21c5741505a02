"""The pages of the sessions' room: the list, planning, the room itself, what to talk about, and the note."""
