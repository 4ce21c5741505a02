"""What a translator works with: every string of Kithwork gathered, and catalogues read and written."""
