"""Comparisons, stories, answers and checked drafts to take along: terminal lines, Markdown, one HTML file."""
