"""Everything that anybody writes: sealed, revised, shared or kept. One idea, for every room."""
