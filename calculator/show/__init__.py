"""What a person takes away from an Assessment: a picture, a calendar file, a text to send. Text in, text out."""

from calculator.show.ics import calendar
from calculator.show.summary import asked_for, summary
from calculator.show.timeline import timeline

__all__ = ["asked_for", "calendar", "summary", "timeline"]
