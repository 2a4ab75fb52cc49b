//! Calendar invitations as text (RFC 5545, RFC 5546): one event, one reader, instants in UTC, so that
//! no rule of a time zone stands between the writer and the reader.
//!
//! Decides what an invitation says; refuses to know who is invited and how it travels. The same
//! input gives the same text, so a letter that is sent again is the same letter.

use domain::{text::EmailAddress, time::Timestamp};
use icalendar::{Calendar, Component, Event, EventLike, Property};

/// What is done to the reader's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Method {
    Request,
    Cancel,
}

impl Method {
    /// The word of RFC 5546.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// One person of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub email: EmailAddress,
}

/// One event for one reader. Nobody but the organizer and the reader is named in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The same for every invitation to the same event, to every reader.
    pub uid: String,
    /// 0 for the first; one more for each change and for the cancellation.
    pub sequence: u32,
    pub method: Method,
    /// When the event last changed.
    pub changed_at: Timestamp,
    pub starts_at: Timestamp,
    pub minutes: i64,
    pub summary: String,
    pub description: String,
    pub place: Option<String>,
    pub organizer: Option<Party>,
    pub reader: Option<Party>,
}

impl Invitation {
    /// The text of the file, with CRLF line ends and no line over 75 bytes.
    pub fn text(&self) -> String {
        let mut event = Event::new();
        event
            .uid(&self.uid)
            .sequence(self.sequence)
            .add_property("DTSTAMP", utc(self.changed_at))
            .add_property("LAST-MODIFIED", utc(self.changed_at))
            .add_property("DTSTART", utc(self.starts_at))
            .add_property("DTEND", utc(self.starts_at.plus_seconds(self.minutes * 60)))
            .add_property("STATUS", status(self.method))
            .summary(&one_line(&self.summary))
            .description(&lines(&self.description));
        if let Some(place) = &self.place {
            event.location(&one_line(place));
        }
        if let Some(organizer) = &self.organizer {
            event.append_property(person("ORGANIZER", organizer));
        }
        if let Some(reader) = &self.reader {
            let mut attendee = person("ATTENDEE", reader);
            attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
            if self.method == Method::Request {
                attendee.add_parameter("PARTSTAT", "NEEDS-ACTION");
                attendee.add_parameter("RSVP", "TRUE");
            }
            event.append_multi_property(attendee);
        }
        let mut calendar = Calendar::empty();
        for (key, value) in [
            ("VERSION", "2.0"),
            ("PRODID", "-//Goodword//Goodword//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", self.method.as_str()),
        ] {
            calendar.append_property(Property::new(key, value));
        }
        calendar.push(event);
        calendar.to_string()
    }
}

fn status(method: Method) -> &'static str {
    match method {
        Method::Request => "CONFIRMED",
        Method::Cancel => "CANCELLED",
    }
}

pub(crate) fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn person(key: &str, party: &Party) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", party.email));
    // A double quote cannot stand in a parameter at all.
    property.add_parameter("CN", &one_line(&party.name).replace('"', "'"));
    property
}

/// Control characters could end the line and begin a property of their own.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

pub(crate) fn lines(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}
