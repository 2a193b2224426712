"""The commands of `rashomon`, a file for each thing that people do."""
