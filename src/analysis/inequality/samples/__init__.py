"""What was given: checked, sorted, split into groups; all other rooms build on it."""
