//! Days as plain numbers, because a search asks about a hundred thousand advocates at a time.

use crate::{activity::NoticeUnit, time::Day};

/// Days since 1970-01-01.
pub(super) fn number(day: Day) -> i64 {
    // Years begin in March here, so that the leap day is the last one (Howard Hinnant's days_from_civil).
    let (year, month) = (i64::from(day.0.year()), i64::from(day.0.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.0.day()) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The first day that gives the notice.
pub(super) fn earliest(today: i64, notice: i64, unit: NoticeUnit) -> i64 {
    let notice = notice.clamp(0, DAYS_MAX);
    match unit {
        NoticeUnit::Days => today + notice,
        NoticeUnit::WorkingDays => plus_working_days(today, notice),
    }
}

/// Longer windows, rests and notices than this are cut to it: beyond the calendar all are alike.
pub(super) const DAYS_MAX: i64 = 1_000_000;

fn plus_working_days(day: i64, days: i64) -> i64 {
    if days == 0 {
        return day;
    }
    // Day 0 was a Thursday; Monday is 0. A weekend counts as the Friday before it.
    let weekday = (day + 3).rem_euclid(7);
    let monday = day - weekday;
    let total = weekday.min(4) + days;
    monday + total / 5 * 7 + total % 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_day_counts_every_day_of_the_calendar() {
        let epoch = Day::new(1970, 1, 1).expect("a day");
        for offset in (-700_000..700_000).step_by(97) {
            let day = epoch.plus_days(offset);
            assert_eq!(number(day), offset, "{day}");
            assert_eq!(number(day.plus_days(1)), offset + 1, "{day}");
        }
    }

    #[test]
    fn working_days_are_counted_as_the_calendar_counts_them() {
        for start in 0..14 {
            let today = Day::new(2026, 11, 16).expect("a day").plus_days(start);
            for days in 0..30_u32 {
                let counted = earliest(number(today), i64::from(days), NoticeUnit::WorkingDays);
                assert_eq!(
                    counted,
                    number(today.plus_working_days(days)),
                    "{today} {days}"
                );
            }
        }
    }
}
