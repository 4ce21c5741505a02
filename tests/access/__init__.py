"""Programs that ask for what is somebody else's, thousands of times, over every address that there is."""
