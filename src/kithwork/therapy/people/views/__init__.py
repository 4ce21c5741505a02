"""The people's pages: the list and the table, the circles, a card, and the small acts on them."""
