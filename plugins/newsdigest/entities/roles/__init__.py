"""What the copy says a person is: "le ministre", "présidente de la régie"."""
