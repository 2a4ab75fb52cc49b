//! Money: whole minor units and a currency; never a float, never two currencies in one sum.

use std::{fmt, str::FromStr};

use iso_currency::IntoEnumIterator;

/// An ISO 4217 code, such as `USD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sql", sea_orm(value_type = "String"))]
pub struct Currency([u8; 3]);

impl Currency {
    pub const USD: Self = Self(*b"USD");

    /// Digits after the decimal point: 2 for the dollar, 0 for the yen.
    pub fn digits(self) -> u32 {
        iso_currency::Currency::from_code(self.code())
            .and_then(iso_currency::Currency::exponent)
            .map_or(2, u32::from)
    }

    /// The codes of every currency with so many digits after the decimal point.
    pub fn codes_with_digits(digits: u16) -> Vec<&'static str> {
        iso_currency::Currency::iter()
            .filter(|currency| currency.exponent() == Some(digits))
            .map(|currency| currency.code())
            .collect()
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

/// The text is not a currency code of ISO 4217.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a currency code such as USD")]
pub struct NotACurrency;

impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        iso_currency::Currency::from_code(&upper).ok_or(NotACurrency)?;
        upper
            .as_bytes()
            .try_into()
            .map(Self)
            .map_err(|_| NotACurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom("expected a currency code such as USD"))
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Currency {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[A-Z]{3}$"))
            .examples(["USD"])
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Currency {}

/// An amount in minor units of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// The text is not a plain decimal number that the currency can hold.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an amount such as 1234.50")]
pub struct NotAnAmount;

impl Money {
    /// Reads a plain decimal such as `-1234.5`; more digits than the currency has must be zeros.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, NotAnAmount> {
        let digits = currency.digits() as usize;
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !plain(whole)
            || !plain(fraction)
            || (body.contains('.') && fraction.is_empty())
        {
            return Err(NotAnAmount);
        }
        let (kept, surplus) = fraction.split_at(fraction.len().min(digits));
        if surplus.bytes().any(|byte| byte != b'0') {
            return Err(NotAnAmount);
        }
        let minor: i64 = format!("{whole}{kept:0<digits$}")
            .parse()
            .map_err(|_| NotAnAmount)?;
        Ok(Self {
            minor: if negative { -minor } else { minor },
            currency,
        })
    }

    /// The decimal text without the currency, such as `1234.50`.
    pub fn decimal(self) -> String {
        let digits = self.currency.digits();
        if digits == 0 {
            return self.minor.to_string();
        }
        let unit = 10_u64.pow(digits);
        let size = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        format!(
            "{sign}{}.{:0width$}",
            size / unit,
            size % unit,
            width = digits as usize
        )
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_amount_keeps_the_digits_of_its_currency() {
        let yen: Currency = "jpy".parse().expect("a currency");
        assert_eq!(
            Money::parse("10005534", Currency::USD)
                .expect("money")
                .decimal(),
            "10005534.00"
        );
        assert_eq!(
            Money::parse("1200.00", yen).expect("money").decimal(),
            "1200"
        );
        assert_eq!(Money::parse("1200.5", yen), Err(NotAnAmount));
        assert_eq!(
            Money::parse("-0.07", Currency::USD).expect("money").minor,
            -7
        );
        for wrong in ["", "-", "1,200", "1.", ".5", "1e3", "99999999999999999999"] {
            assert_eq!(
                Money::parse(wrong, Currency::USD),
                Err(NotAnAmount),
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor in any::<i32>()) {
            let money = Money { minor: i64::from(minor), currency: Currency::USD };
            prop_assert_eq!(Money::parse(&money.decimal(), Currency::USD), Ok(money));
        }
    }
}
