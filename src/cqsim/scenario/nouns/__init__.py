"""The nouns of a scenario: indicators, targets, histories, events and levers."""
