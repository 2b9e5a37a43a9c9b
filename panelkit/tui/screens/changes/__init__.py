"""Changes of guidance and forms on screen: walked through one by one, and what was decided of them."""
