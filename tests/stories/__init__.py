"""Two people in two browsers: whole stories, told by clicking and typing in a real Chromium."""
