"""What a comparison of systems says, in every format."""
