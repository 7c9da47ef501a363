"""Reads a letter from standard input with the library of Python, and its calendar entry with `icalendar`; prints what it found."""

import email
import email.policy
import json
import sys

import icalendar

letter = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
found = {
    "id": letter["message-id"],
    "references": letter["references"],
    "reply_to": letter["in-reply-to"],
    "subject": letter["subject"],
    "plain": letter.get_body(("plain",)).get_content(),
    "html": letter.get_body(("html",)).get_content(),
    "defects": [str(defect) for part in letter.walk() for defect in part.defects],
    "events": [],
}
for part in letter.walk():
    if part.get_content_type() == "text/calendar":
        calendar = icalendar.Calendar.from_ical(part.get_content())
        for event in calendar.walk("VEVENT"):
            found["events"].append(
                {
                    "file": part.get_filename(),
                    "uid": str(event["uid"]),
                    "sequence": int(event["sequence"]) if "sequence" in event else None,
                    "status": str(event["status"]) if "status" in event else None,
                    "start": event.decoded("dtstart").isoformat(),
                    "end": event.decoded("dtend").isoformat(),
                    "summary": str(event["summary"]),
                    "description": str(event["description"]),
                    "method": str(calendar["method"]),
                    "errors": [str(error) for error in event.errors],
                }
            )
print(json.dumps(found))
