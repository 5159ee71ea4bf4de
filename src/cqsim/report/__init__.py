"""How people see a result."""
