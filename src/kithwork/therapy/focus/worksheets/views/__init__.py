"""The pages of the sheets: the list and each sheet, filling them in, paper, and what is staff's own."""
