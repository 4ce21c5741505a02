"""The loop of mood and relationships: estimate it from a diary, and make diaries whose truth is known."""
