"""What the editor asks at the terminal, apart from building: inspect, show, review, check, preview."""
