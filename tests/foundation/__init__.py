"""What every room stands on, tried through the cast: words, keys, the trail."""
