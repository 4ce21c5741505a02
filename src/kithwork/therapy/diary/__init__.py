"""How today was: a mood in one tap, who was in it, a few words, and who each of them is for."""
