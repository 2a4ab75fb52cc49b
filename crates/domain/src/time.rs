//! Instants and calendar days, stored the same way on both database engines.

use std::{fmt, str::FromStr};

use jiff::{Span, civil, tz::TimeZone};

/// An instant: microseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub fn from_jiff(value: jiff::Timestamp) -> Self {
        Self(value.as_microsecond())
    }

    /// Values outside the calendar (years -9999 to 9999) saturate at its ends.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// The calendar day in UTC.
    pub fn day(self) -> Day {
        Day(self.to_jiff().to_zoned(TimeZone::UTC).date())
    }

    /// Whole seconds from `earlier` to `self`, negative when `self` is the earlier one.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.6}", self.to_jiff())
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_jiff)
    }
}

/// A calendar day, written `YYYY-MM-DD`; the text sorts as the day does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sql", sea_orm(value_type = "String"))]
pub struct Day(pub civil::Date);

impl Day {
    /// `None` for a day that does not exist or a year outside 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Saturates at the ends of the calendar.
    pub fn plus_days(self, days: i64) -> Self {
        Self(
            self.0
                .saturating_add(Span::new().days(days.clamp(-3_000_000, 3_000_000))),
        )
    }

    /// Days from `earlier` to `self`, negative when `self` is the earlier one.
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from((self.0 - earlier.0).get_days())
    }

    /// Adds working days (Monday to Friday).
    pub fn plus_working_days(self, days: u32) -> Self {
        let mut day = self;
        let mut left = days;
        while left > 0 {
            day = day.plus_days(1);
            if day.is_working_day() {
                left -= 1;
            }
        }
        day
    }

    pub fn is_working_day(self) -> bool {
        !matches!(
            self.0.weekday(),
            civil::Weekday::Saturday | civil::Weekday::Sunday
        )
    }

    /// The instant at which the day starts in UTC.
    pub fn start(self) -> Timestamp {
        self.0
            .to_zoned(TimeZone::UTC)
            .map(|zoned| Timestamp::from_jiff(zoned.timestamp()))
            .unwrap_or(Timestamp(0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The text is not a day of the form `YYYY-MM-DD`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(3, '-');
        let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADay);
        };
        if year.len() != 4
            || month.len() != 2
            || day.len() != 2
            || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Err(NotADay);
        }
        let number = |part: &str| part.parse::<i16>().map_err(|_| NotADay);
        let narrow = |value: i16| i8::try_from(value).map_err(|_| NotADay);
        Self::new(
            number(year)?,
            narrow(number(month)?)?,
            narrow(number(day)?)?,
        )
        .ok_or(NotADay)
    }
}

macro_rules! serde_as_text {
    ($name:ident, $example:literal, $format:expr) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(|_| {
                    serde::de::Error::custom(concat!("expected text such as ", $example))
                })
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::KnownFormat($format)))
                    .examples([$example])
                    .into()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}
    };
}

serde_as_text!(
    Timestamp,
    "2026-11-22T09:30:00Z",
    utoipa::openapi::KnownFormat::DateTime
);
serde_as_text!(Day, "2026-11-22", utoipa::openapi::KnownFormat::Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_only_read_in_its_one_form() {
        assert_eq!(
            "2026-02-28".parse::<Day>(),
            Ok(Day::new(2026, 2, 28).expect("a day"))
        );
        for wrong in [
            "2026-2-28",
            "2026-02-30",
            "28-02-2026",
            "",
            "2026-02-28T00:00",
            "+026-02-28",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(NotADay), "{wrong}");
        }
    }

    #[test]
    fn five_working_days_after_a_thursday_is_the_next_thursday() {
        let thursday = Day::new(2026, 11, 19).expect("a day");
        assert_eq!(
            thursday.plus_working_days(5),
            Day::new(2026, 11, 26).expect("a day")
        );
    }

    #[test]
    fn an_instant_reads_back_as_it_was_written() {
        let instant = Timestamp(1_795_339_800_123_456);
        assert_eq!(
            instant
                .to_string()
                .parse::<Timestamp>()
                .expect("an instant"),
            instant
        );
    }
}
