"""Reads the kept calendar files with a parser that is not ours.

Each file that the table names must hold one event whose start, seen from its time zone, is the local
time of the table, with the method, the sequence and the length that were written. The awkward file
must hold its texts whole.

Usage: read-calendars.py FOLDER. Prints one line of figures; fails on the first file that reads wrong.
"""

import csv
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar


def event_of(path: Path):
    calendar = Calendar.from_ical(path.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors, (path.name, calendar.errors, event.errors)
    return calendar, event


def check_time(path: Path, row: dict) -> None:
    calendar, event = event_of(path)
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert start.utcoffset() == timedelta(0), (path.name, start)
    assert start == datetime.fromisoformat(row["utc"].replace("Z", "+00:00")), (path.name, start)
    local = start.astimezone(ZoneInfo(row["zone"])).strftime("%Y-%m-%dT%H:%M")
    assert local == row["local"], (path.name, local, row["local"])
    assert end - start == timedelta(minutes=30), (path.name, end)
    assert calendar["METHOD"] == "REQUEST", path.name
    assert event["SEQUENCE"] == int(row["name"].endswith("_after")), (path.name, event["SEQUENCE"])
    assert event["UID"] == row["zone"].replace("/", "-") + "@references.example.com", path.name
    assert event["ATTENDEE"] == "mailto:ann@meridian.example", (path.name, event["ATTENDEE"])


def check_awkward(path: Path) -> None:
    calendar, event = event_of(path)
    assert calendar["METHOD"] == "CANCEL" and event["STATUS"] == "CANCELLED" and event["SEQUENCE"] == 2
    assert event["DTSTART"].dt == datetime(2027, 1, 4, 8, tzinfo=timezone.utc)
    for text in ("Grüße; a, b\\c: 株式会社 🦀", "twice if need be\nSecond line"):
        assert text in event["DESCRIPTION"], event["DESCRIPTION"]
    assert event["LOCATION"] == "Room 1, 2nd floor; ask  END:VEVENT", event["LOCATION"]
    assert event["ORGANIZER"].params["CN"] == "Reyes, Dana 'D'; Ltd: x", event["ORGANIZER"].params
    assert not isinstance(event["ATTENDEE"], list), event["ATTENDEE"]


def main(folder: Path) -> None:
    with (folder / "times.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    files = {path.stem: path for path in (folder / "golden").glob("*.ics")}
    for row in rows:
        check_time(files.pop(row["name"]), row)
    check_awkward(files.pop("awkward_cancel"))
    assert not files, f"not in the table: {sorted(files)}"
    zones = {row["zone"] for row in rows}
    assert len(zones) >= 12, zones
    print(f"{len(rows) + 1} calendar files in {len(zones)} zones read as they were meant.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
