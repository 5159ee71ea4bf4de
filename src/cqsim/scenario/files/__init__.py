"""Scenario files and those beside them: loading, histories, the schema, the starter."""
