//! When a person's daily letter is due.
//!
//! Decides by the reader's own clock; refuses to know what stands in the letter and who sends it.

use jiff::tz::TimeZone;

use crate::{
    appointment::time_zone,
    time::{Day, Timestamp},
};

/// The hour of the day, from 0 to 23, at which somebody who chose nothing is written to, in UTC.
pub const USUAL_HOUR: i64 = 8;
/// The zone of somebody who chose nothing.
pub const USUAL_ZONE: &str = "UTC";

/// The day that it is for a reader whose hour has come; `None` before that hour. A zone that is not
/// known reads as UTC.
pub fn due_on(now: Timestamp, hour: i64, zone: &str) -> Option<Day> {
    let zone = time_zone(zone).unwrap_or(TimeZone::UTC);
    let local = now.to_jiff().to_zoned(zone);
    (i64::from(local.hour()) >= hour).then(|| Day(local.date()))
}

#[cfg(test)]
mod tests {
    use super::due_on;

    #[test]
    fn the_hour_is_that_of_the_readers_clock_and_so_is_the_day() {
        let due = |now: &str, zone| {
            let now = now.parse().expect("an instant");
            due_on(now, 8, zone).map(|day| day.to_string())
        };
        assert_eq!(due("2026-03-02T06:59:59Z", "Europe/Berlin"), None);
        let monday = Some("2026-03-02".to_owned());
        assert_eq!(due("2026-03-02T07:00:00Z", "Europe/Berlin"), monday);
        assert_eq!(due("2026-03-02T22:59:59Z", "Europe/Berlin"), monday);
        assert_eq!(
            due("2026-03-02T23:00:00Z", "Europe/Berlin"),
            None,
            "the next day has begun"
        );
        assert_eq!(due("2026-03-01T23:00:00Z", "Asia/Tokyo"), monday);
        assert_eq!(
            due("2026-07-01T06:00:00Z", "Europe/Berlin").as_deref(),
            Some("2026-07-01"),
            "in summer an hour earlier"
        );
        assert_eq!(
            due("2026-03-02T08:00:00Z", "no such zone"),
            monday,
            "as in UTC"
        );
    }
}
