"""Rules by which statistical offices class an indicator as on track or not: points in, a class out, no probability."""
