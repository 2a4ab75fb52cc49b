//! The typed values of a prepared row.

use domain::{
    money::{Currency, Money},
    text::EmailAddress,
    time::Day,
};

/// A value of a field, in the type that the field promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Email(EmailAddress),
    Url(String),
    Day(Day),
    Money(Money),
    Currency(Currency),
    Whole(i64),
    YesNo(bool),
    /// A word of a closed list, in its stored form.
    Word(&'static str),
    Words(Vec<&'static str>),
    /// Terms as the file writes them; which term of the taxonomy they mean is the caller's work.
    Terms(Vec<String>),
    List(Vec<String>),
}

impl Value {
    /// The text of a text-like value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Url(text) => Some(text),
            Self::Email(address) => Some(address.as_str()),
            Self::Word(word) => Some(word),
            Self::Day(_)
            | Self::Money(_)
            | Self::Currency(_)
            | Self::Whole(_)
            | Self::YesNo(_)
            | Self::Words(_)
            | Self::Terms(_)
            | Self::List(_) => None,
        }
    }
}
