"""The session room: agenda, the week linked to mood and people, note and summary, something to try."""
