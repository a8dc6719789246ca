"""Between the wire and the house: what Twilio sends becomes an event, and the number ends here."""
