"""Accounts and the clinic itself, for whoever hosts it. No page here knows a client."""
