"""What each page shows, worked out before its template: labels, sentences, addresses."""
