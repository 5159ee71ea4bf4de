"""Scenario files and what comes beside them: loading, histories, the schema, the starter."""
