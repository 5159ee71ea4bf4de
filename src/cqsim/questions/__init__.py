"""What planners ask next: verbs over scenarios and their answers."""
