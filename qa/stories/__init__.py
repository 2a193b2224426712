"""Stories told as data: what happened when, and who is quoted."""
