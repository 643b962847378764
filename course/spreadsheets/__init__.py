"""Tables as offices send and open them: read within limits; no text becomes a formula."""
