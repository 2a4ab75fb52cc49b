//! Events of a calendar file (RFC 5545) as far as they say what happens on which day.
//!
//! Decides how lines, parameters and escapes are read. Refuses to know time zones and rules: a day is
//! the one that is written, and an event that repeats only says that it does.

use domain::time::Day;

/// Bytes of a file at most.
pub const BYTES_MAX: usize = 1_048_576;
/// Events of a file at most.
pub const EVENTS_MAX: usize = 500;
/// Bytes of a line at most, its continuations included.
const LINE_MAX: usize = 65_536;

/// Why a calendar file is refused whole, in words for the person who brought it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    #[error(
        "This is not a calendar file: it does not begin with BEGIN:VCALENDAR. Export the calendar as iCalendar (.ics)."
    )]
    NotACalendar,
    #[error("The file is larger than 1 MB. Export fewer months.")]
    TooManyBytes,
    #[error("The file has more than {EVENTS_MAX} events. Export fewer months.")]
    TooManyEvents,
    #[error("Line {line} is longer than a calendar file allows. Export the calendar again.")]
    TooLong { line: usize },
    #[error("The file ends within an event, so it is cut off. Export the calendar again.")]
    CutOff,
}

/// An event as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarEvent {
    pub uid: Option<String>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub categories: Vec<String>,
    /// How the first day is written; empty where none is.
    pub starts: String,
    pub is_cancelled: bool,
    /// It has a rule or further days, or is a single one of an event that has.
    pub repeats: bool,
}

impl CalendarEvent {
    /// The first day, in the zone in which it is written.
    pub fn day(&self) -> Option<Day> {
        let digits = self.starts.get(..8)?;
        let rest = self.starts.get(8..)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit())
            || !(rest.is_empty() || rest.starts_with('T'))
        {
            return None;
        }
        let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
        format!("{year}-{month}-{day}").parse().ok()
    }
}

/// Reads the events of a calendar, in the order of the file. Other components are passed over.
pub fn events(text: &str) -> Result<Vec<CalendarEvent>, CalendarProblem> {
    if text.len() > BYTES_MAX {
        return Err(CalendarProblem::TooManyBytes);
    }
    let lines = unfolded(text.trim_start_matches('\u{feff}'))?;
    let is_line = |line: &String, wanted: &str| line.trim().eq_ignore_ascii_case(wanted);
    if !lines
        .first()
        .is_some_and(|line| is_line(line, "BEGIN:VCALENDAR"))
    {
        return Err(CalendarProblem::NotACalendar);
    }
    let mut found = Vec::new();
    let mut event: Option<CalendarEvent> = None;
    // Components within the event, such as an alarm, whose lines are not the event's.
    let mut within = 0_usize;
    for line in &lines {
        let Some(current) = &mut event else {
            if is_line(line, "BEGIN:VEVENT") {
                event = Some(CalendarEvent::default());
            }
            continue;
        };
        let (name, value) = named(line);
        match name.as_str() {
            "END" if within == 0 => {
                found.extend(event.take());
                if found.len() > EVENTS_MAX {
                    return Err(CalendarProblem::TooManyEvents);
                }
            }
            "BEGIN" => within += 1,
            "END" => within -= 1,
            _ if within == 0 => put(current, &name, value),
            _ => {}
        }
    }
    if event.is_some() {
        return Err(CalendarProblem::CutOff);
    }
    Ok(found)
}

fn put(event: &mut CalendarEvent, name: &str, value: &str) {
    let filled = || Some(plain(value)).filter(|text| !text.is_empty());
    match name {
        "UID" => event.uid = Some(value.trim().to_owned()).filter(|uid| !uid.is_empty()),
        "SUMMARY" => event.title = filled(),
        "DESCRIPTION" => event.text = filled(),
        "CATEGORIES" => {
            let words = value.split(',').map(plain).filter(|word| !word.is_empty());
            event.categories.extend(words);
        }
        "DTSTART" => value.trim().clone_into(&mut event.starts),
        "STATUS" => event.is_cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
        "RRULE" | "RDATE" | "RECURRENCE-ID" => event.repeats = true,
        _ => {}
    }
}

/// Lines with their continuations, which begin with a blank or a tab.
fn unfolded(text: &str) -> Result<Vec<String>, CalendarProblem> {
    let mut lines: Vec<String> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            (Some(_) | None, _) => lines.push(line.to_owned()),
        }
        if lines.last().is_some_and(|line| line.len() > LINE_MAX) {
            return Err(CalendarProblem::TooLong { line: place + 1 });
        }
    }
    Ok(lines)
}

/// The name in capitals, without its parameters, and the value. A colon in quotes is a parameter's.
fn named(line: &str) -> (String, &str) {
    let mut is_quoted = false;
    let colon = line.find(|letter| {
        is_quoted ^= letter == '"';
        letter == ':' && !is_quoted
    });
    let (head, value) = colon.map_or((line, ""), |at| (&line[..at], &line[at + 1..]));
    let name = head.split(';').next().unwrap_or_default();
    (name.trim().to_ascii_uppercase(), value)
}

/// The text without its escapes.
fn plain(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(letter),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(lines: &[&str]) -> String {
        let inner = lines.join("\r\n");
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}\r\nEND:VCALENDAR\r\n")
    }

    #[test]
    fn an_event_is_read_with_folds_escapes_and_parameters_and_without_its_alarm() {
        let read = events(&file(&[
            "BEGIN:VEVENT",
            "UID:a-1@example.test",
            "DTSTART;TZID=\"Europe: Berlin\":20260914T090000",
            "SUMMARY;LANGUAGE=en:Summit\\, part",
            "  two",
            "DESCRIPTION:First\\nSecond\\; third",
            "CATEGORIES:Event,Keynote",
            "BEGIN:VALARM",
            "DESCRIPTION:Wake up",
            "END:VALARM",
            "END:VEVENT",
            "BEGIN:VTODO",
            "UID:no",
            "END:VTODO",
        ]))
        .expect("a calendar");
        let expected = CalendarEvent {
            uid: Some("a-1@example.test".to_owned()),
            title: Some("Summit, part two".to_owned()),
            text: Some("First\nSecond; third".to_owned()),
            categories: vec!["Event".to_owned(), "Keynote".to_owned()],
            starts: "20260914T090000".to_owned(),
            ..CalendarEvent::default()
        };
        assert_eq!(read[0].day(), "2026-09-14".parse().ok());
        assert_eq!(read, [expected]);
    }

    #[test]
    fn what_is_no_calendar_or_cut_off_or_too_large_is_refused_whole() {
        assert_eq!(events("UID,Title"), Err(CalendarProblem::NotACalendar));
        assert_eq!(events(""), Err(CalendarProblem::NotACalendar));
        let cut = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1";
        assert_eq!(events(cut), Err(CalendarProblem::CutOff));
        let many = file(&["BEGIN:VEVENT\r\nEND:VEVENT"; EVENTS_MAX + 1]);
        assert_eq!(events(&many), Err(CalendarProblem::TooManyEvents));
        assert_eq!(
            events(&" ".repeat(BYTES_MAX + 1)),
            Err(CalendarProblem::TooManyBytes)
        );
        let long = file(&[
            "BEGIN:VEVENT",
            &format!("SUMMARY:{}", "x".repeat(LINE_MAX)),
            "END:VEVENT",
        ]);
        assert_eq!(events(&long), Err(CalendarProblem::TooLong { line: 4 }));
    }

    #[test]
    fn a_day_that_is_none_is_not_made_up() {
        for starts in [
            "",
            "2026",
            "20261301",
            "tomorrow!",
            "2026-09-14",
            "2026091\u{e4}4",
            "20260914X",
        ] {
            let event = CalendarEvent {
                starts: starts.to_owned(),
                ..CalendarEvent::default()
            };
            assert_eq!(event.day(), None, "{starts}");
        }
    }
}
