"""What the Nu HTML checker says of every built page (`make markup`)."""
