"""The peer: a diary as a bare Django project would keep it. No sealing, no trail, no sharing, words in clear."""
