"""Stories: the articles that tell of one event."""
