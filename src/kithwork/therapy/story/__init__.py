"""How it came about: events with rough dates, earlier times, symptoms, what can be put down, and how it goes round."""
