"""Who did and who saw. Rows are only ever added; one keyed hash chain per course, one for events without a course."""
