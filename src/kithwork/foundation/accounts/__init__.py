"""People who sign in: accounts, dated roles, invitations, second factor, time-outs."""
