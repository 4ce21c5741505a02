"""The story's pages: the first session's picture, the timeline, how it goes round, the four kinds of difficulty."""
