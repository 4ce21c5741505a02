"""What everything on the web stands on: words, keys, accounts, the trail, the look. Knows no room by name."""
