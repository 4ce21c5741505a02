"""Tests against a real server process on real files: what is durable, and what happens when it is killed."""
