"""The questionnaire: an XLSForm read into a typed `Form`, its routing, bases, length and lint."""
