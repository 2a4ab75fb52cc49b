//! Needs as a calendar file (RFC 5545): all-day events, each with an alarm on the last day on which the
//! notice that advocates are due still fits.

use domain::{id::NeedId, time::Day};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};

use super::NeedView;
use crate::calendar::{lines, one_line, utc};

/// The text of the file. The same needs give the same text.
pub(super) fn text(needs: &[NeedView]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Goodword//Goodword//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    for need in needs {
        calendar.push(event(need));
    }
    calendar.to_string()
}

/// What other calendars call a need.
pub(super) fn uid(id: NeedId) -> String {
    format!("need-{id}@goodword")
}

fn event(need: &NeedView) -> Event {
    let mut event = Event::new();
    let kind: &str = need.kind.as_str();
    event
        .uid(&uid(need.id))
        .sequence(u32::try_from(need.version - 1).unwrap_or(u32::MAX))
        .add_property("DTSTAMP", utc(need.created_at))
        .append_property(date("DTSTART", need.need_on))
        .append_property(date("DTEND", need.need_on.plus_days(1)))
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("CATEGORIES", kind.replace('_', " "))
        .summary(&one_line(&need.title))
        .description(&lines(&told(need)));
    let mut at = Property::new("TRIGGER", utc(need.ask_by.start()));
    at.add_parameter("VALUE", "DATE-TIME");
    if let Ok(trigger) = Trigger::try_from(&at) {
        let ask = one_line(&format!("Ask now: {}", need.title));
        event.alarm(Alarm::display(&ask, trigger));
    }
    event.done()
}

/// What it asks for, line by line.
fn told(need: &NeedView) -> String {
    let activity: &str = need.activity.as_str();
    let mut lines = vec![
        format!("{} x {}", need.wanted, activity.replace('_', " ")),
        format!("{} of {} could be served", need.covered, need.wanted),
        format!("Ask by {}", need.ask_by),
    ];
    let terms: Vec<&str> = need
        .terms
        .iter()
        .filter_map(|tag| tag.term_name.as_deref())
        .collect();
    if !terms.is_empty() {
        lines.push(terms.join(", "));
    }
    lines.extend(
        need.account
            .iter()
            .map(|account| format!("Customer: {}", account.name)),
    );
    lines.extend(need.note.clone());
    lines.join("\n")
}

fn date(key: &str, day: Day) -> Property {
    let mut property = Property::new(key, day.to_string().replace('-', ""));
    property.add_parameter("VALUE", "DATE");
    property.done()
}
