"""What the clinic does with the work; reads across the rooms."""
