"""The check-in's pages: for the client, for the desk, and for a link in a message."""
