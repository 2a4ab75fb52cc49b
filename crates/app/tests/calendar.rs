//! Calendar files in twelve zones around the change of their clocks, and one with everything that a
//! text can hold. The files are kept: what people received before must not change by accident.
//!
//! `calendar/times.tsv` says which instant a local time is; it was made with another library than
//! ours. The files are read back by `calcard` here, and by Python's `icalendar` in `tools/test calendars`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use app::calendar::{Invitation, Method, Party};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarProperty,
    ICalendarValue,
};
use domain::{appointment::Slots, time::Timestamp};

const CHANGED_AT: &str = "2026-11-22T09:00:00Z";

struct Row {
    name: String,
    zone: String,
    local: String,
    utc: Timestamp,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/calendar")
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(folder().join("times.tsv")).expect("the table");
    let rows: Vec<Row> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                name: cells[0].to_owned(),
                zone: cells[1].to_owned(),
                local: cells[2].to_owned(),
                utc: at(cells[3]),
            }
        })
        .collect();
    let zones: BTreeSet<&str> = rows.iter().map(|row| row.zone.as_str()).collect();
    assert_eq!((rows.len(), zones.len()), (24, 12));
    rows
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The instant that our own reading of a local time gives, beside two times that make a choice.
fn read(row: &Row) -> Timestamp {
    let others = ["2026-12-01T10:00", "2026-12-02T10:00"];
    let written: Vec<String> = [others[0], others[1], &row.local].map(str::to_owned).into();
    let slots = Slots::read(&written, &row.zone, 30, at(CHANGED_AT)).expect("slots");
    slots.iter().last().expect("three")
}

fn party(name: &str, email: &str) -> Party {
    Party {
        name: name.to_owned(),
        email: email.parse().expect("an address"),
    }
}

/// The first invitation before the change of the clocks, the move to a day after it.
fn invitation(row: &Row, starts_at: Timestamp) -> Invitation {
    Invitation {
        uid: format!("{}@references.example.com", row.zone.replace('/', "-")),
        sequence: u32::from(row.name.ends_with("_after")),
        method: Method::Request,
        changed_at: at(CHANGED_AT),
        starts_at,
        minutes: 30,
        summary: "Reference call arranged by Dana Reyes at Brightwater".to_owned(),
        description: "Arranged by Dana Reyes at Brightwater.".to_owned(),
        place: Some("https://meet.example.com/abc?pin=1".to_owned()),
        organizer: Some(party("Dana Reyes", "dana@brightwater.example")),
        reader: Some(party("Ann Advocate", "ann@meridian.example")),
    }
}

const AWKWARD: &str = "Grüße; a, b\\c: 株式会社 🦀 and a line that is much longer than seventy-five bytes so that it must be folded, twice if need be";

fn awkward() -> Invitation {
    Invitation {
        uid: "awkward@references.example.com".to_owned(),
        sequence: 2,
        method: Method::Cancel,
        changed_at: at(CHANGED_AT),
        starts_at: at("2027-01-04T08:00:00Z"),
        minutes: 45,
        summary: format!("{AWKWARD}\r\nATTENDEE:mailto:everyone@example.com"),
        description: format!("{AWKWARD}\nSecond line"),
        place: Some("Room 1, 2nd floor; ask\r\nEND:VEVENT".to_owned()),
        organizer: Some(party(
            "Reyes, Dana \"D\"; Ltd: x",
            "dana@brightwater.example",
        )),
        reader: Some(party("Ann", "ann@meridian.example")),
    }
}

/// Compares with the kept file; `GOODWORD_WRITE_GOLDEN=1` writes it.
#[expect(
    clippy::disallowed_methods,
    reason = "the environment says whether the kept files are made anew"
)]
fn same_as_kept(name: &str, text: &str) {
    let path = folder().join("golden").join(format!("{name}.ics"));
    if std::env::var("GOODWORD_WRITE_GOLDEN").is_ok() {
        fs::write(&path, text).expect("written");
    }
    let kept = fs::read_to_string(&path).expect("a kept file");
    assert_eq!(text, kept, "{name}");
}

fn parsed(text: &str) -> (ICalendar, ICalendarComponent) {
    let calendar = ICalendar::parse(text).expect("a calendar");
    let events: Vec<&ICalendarComponent> = calendar
        .components
        .iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent)
        .collect();
    assert_eq!(events.len(), 1);
    let event = events[0].clone();
    (calendar, event)
}

fn value<'a>(component: &'a ICalendarComponent, name: &ICalendarProperty) -> &'a ICalendarValue {
    let found: Vec<&ICalendarValue> = component
        .entries
        .iter()
        .filter(|entry| entry.name == *name)
        .flat_map(|entry| &entry.values)
        .collect();
    assert_eq!(found.len(), 1, "{name:?}");
    found[0]
}

fn instant(component: &ICalendarComponent, name: &ICalendarProperty) -> Timestamp {
    let ICalendarValue::PartialDateTime(found) = value(component, name) else {
        panic!("{name:?} is no instant");
    };
    assert!(
        found.tz_hour == Some(0) && found.tz_minute == Some(0),
        "{found:?} is not in UTC"
    );
    let text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        found.year.expect("a year"),
        found.month.expect("a month"),
        found.day.expect("a day"),
        found.hour.expect("an hour"),
        found.minute.expect("a minute"),
        found.second.expect("a second")
    );
    at(&text)
}

fn text_of<'a>(component: &'a ICalendarComponent, name: &ICalendarProperty) -> &'a str {
    match value(component, name) {
        ICalendarValue::Text(text) => text,
        other => panic!("{name:?} is {other:?}"),
    }
}

#[test]
fn a_local_time_is_the_right_instant_in_every_zone_before_and_after_the_clocks_change() {
    for row in rows() {
        assert_eq!(read(&row), row.utc, "{}", row.name);
    }
}

#[test]
fn the_kept_files_are_what_is_written_and_read_back_as_the_instant() {
    for row in rows() {
        let text = invitation(&row, read(&row)).text();
        same_as_kept(&row.name, &text);
        let (calendar, event) = parsed(&text);
        assert_eq!(instant(&event, &ICalendarProperty::Dtstart), row.utc);
        assert_eq!(
            instant(&event, &ICalendarProperty::Dtend),
            row.utc.plus_seconds(30 * 60)
        );
        assert_eq!(
            *value(&event, &ICalendarProperty::Sequence),
            ICalendarValue::Integer(i64::from(row.name.ends_with("_after")))
        );
        assert_eq!(
            *value(&calendar.components[0], &ICalendarProperty::Method),
            ICalendarValue::Method(ICalendarMethod::Request)
        );
    }
}

#[test]
fn both_files_of_a_zone_are_about_the_same_event() {
    for pair in rows().chunks(2) {
        let uids: BTreeSet<String> = pair
            .iter()
            .map(|row| {
                let (_, event) = parsed(&invitation(row, row.utc).text());
                text_of(&event, &ICalendarProperty::Uid).to_owned()
            })
            .collect();
        assert_eq!(uids.len(), 1);
    }
}

#[test]
fn no_text_breaks_out_of_its_line() {
    let text = awkward().text();
    same_as_kept("awkward_cancel", &text);
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    let (calendar, event) = parsed(&text);
    assert_eq!(
        *value(&calendar.components[0], &ICalendarProperty::Method),
        ICalendarValue::Method(ICalendarMethod::Cancel)
    );
    assert_eq!(
        text_of(&event, &ICalendarProperty::Description),
        format!("{AWKWARD}\nSecond line")
    );
    assert_eq!(
        text_of(&event, &ICalendarProperty::Location),
        "Room 1, 2nd floor; ask  END:VEVENT"
    );
    let attendees = event
        .entries
        .iter()
        .filter(|entry| entry.name == ICalendarProperty::Attendee)
        .count();
    assert_eq!(attendees, 1, "{text}");
}
