"""Reminders: off until the client asks for them, at her hours, in words that tell nobody anything."""
