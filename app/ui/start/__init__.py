"""What is shown while no form is open."""
