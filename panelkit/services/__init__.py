"""What people do, one class for each role."""
