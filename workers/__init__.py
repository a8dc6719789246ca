"""What runs beside the web: deliveries, and the duties of the clock."""
