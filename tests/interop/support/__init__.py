"""What the scenarios of all clients share."""
