"""What operators say, as values. Nothing is saved here."""
