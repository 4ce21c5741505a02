"""The forms of IPT that the clinic offers: reading them, making one its own, changing it as a new version."""
