//! The values of a prepared row by field, in the types that records hold.

use std::str::FromStr;

use domain::{
    money::{Currency, Money},
    text::{EmailAddress, web_domain},
    time::Day,
};
use import::{prepare::PreparedRow, value::Value};
use uuid::Uuid;

/// A row to be decided.
#[derive(Clone, Copy)]
pub(crate) struct Values<'r>(pub(crate) &'r PreparedRow);

impl<'r> Values<'r> {
    /// Whether the program wrote the row itself: it describes its own record, names others, and
    /// nothing follows from it that it does not say.
    pub(crate) fn is_export(self) -> bool {
        self.0.is_export
    }

    /// Our own id of a record, as an export gives it.
    pub(crate) fn id<T: From<Uuid>>(self, field: &str) -> Option<T> {
        let id = Uuid::parse_str(self.text(field)?).ok()?;
        Some(T::from(id))
    }
    pub(crate) fn text(self, field: &str) -> Option<&'r str> {
        let text = self.0.get(field).and_then(Value::as_text);
        let text = if self.is_export() {
            text
        } else {
            text.map(str::trim)
        };
        text.filter(|text| !text.is_empty())
    }

    pub(crate) fn email(self, field: &str) -> Option<&'r EmailAddress> {
        match self.0.get(field) {
            Some(Value::Email(address)) => Some(address),
            Some(_) | None => None,
        }
    }

    pub(crate) fn day(self, field: &str) -> Option<Day> {
        match self.0.get(field) {
            Some(Value::Day(day)) => Some(*day),
            Some(_) | None => None,
        }
    }

    pub(crate) fn money(self, field: &str) -> Option<Money> {
        match self.0.get(field) {
            Some(Value::Money(money)) => Some(*money),
            Some(_) | None => None,
        }
    }

    pub(crate) fn currency(self, field: &str) -> Option<Currency> {
        match self.0.get(field) {
            Some(Value::Currency(currency)) => Some(*currency),
            Some(_) | None => None,
        }
    }

    pub(crate) fn whole(self, field: &str) -> Option<i64> {
        match self.0.get(field) {
            Some(Value::Whole(number)) => Some(*number),
            Some(_) | None => None,
        }
    }

    pub(crate) fn yes(self, field: &str) -> bool {
        self.yes_no(field) == Some(true)
    }

    /// `None` where the file does not say.
    pub(crate) fn yes_no(self, field: &str) -> Option<bool> {
        match self.0.get(field) {
            Some(Value::YesNo(answer)) => Some(*answer),
            Some(_) | None => None,
        }
    }

    /// A word of a closed list of the domain.
    pub(crate) fn word<T: FromStr>(self, field: &str) -> Option<T> {
        self.text(field).and_then(|word| word.parse().ok())
    }

    pub(crate) fn words<T: FromStr>(self, field: &str) -> Option<Vec<T>> {
        match self.0.get(field) {
            Some(Value::Words(words)) => {
                Some(words.iter().filter_map(|word| word.parse().ok()).collect())
            }
            Some(_) | None => None,
        }
    }

    /// A list, or the lines of a text.
    pub(crate) fn list(self, field: &str) -> Option<Vec<String>> {
        let keep = |lines: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            lines
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect()
        };
        match self.0.get(field)? {
            Value::List(list) if self.is_export() => Some(list.clone()),
            Value::List(list) => Some(keep(&mut list.iter().map(String::as_str))),
            other => other.as_text().map(|text| keep(&mut text.lines())),
        }
    }

    /// The bare domain of a web address.
    pub(crate) fn domain(self, field: &str) -> Option<String> {
        self.text(field).and_then(web_domain)
    }

    /// The values of every facet that the row names.
    pub(crate) fn terms(self) -> impl Iterator<Item = (&'static str, &'r [String])> {
        self.0.values.iter().filter_map(|(name, value)| {
            let facet = name.strip_prefix("terms:")?;
            match value {
                Value::Terms(written) => Some((facet, written.as_slice())),
                _ => None,
            }
        })
    }

    pub(crate) fn says(self, facet: &str) -> bool {
        self.terms().any(|(named, _)| named == facet)
    }
}

/// Hosts that belong to nobody in particular: an address there does not name a company.
const SHARED_HOSTS: &[&str] = &[
    "163.com",
    "aol.com",
    "bitbucket.org",
    "blogspot.com",
    "facebook.com",
    "fastmail.com",
    "free.fr",
    "github.com",
    "github.io",
    "gitlab.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "google.com",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "icloud.com",
    "instagram.com",
    "laposte.net",
    "libero.it",
    "linkedin.com",
    "linktr.ee",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "medium.com",
    "msn.com",
    "naver.com",
    "netlify.app",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "t-online.de",
    "twitter.com",
    "vercel.app",
    "web.de",
    "wikipedia.org",
    "wordpress.com",
    "x.com",
    "yahoo.co.in",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "youtube.com",
    "zoho.com",
];

/// Whether a domain names one company.
pub(crate) fn names_company(domain: &str) -> bool {
    !SHARED_HOSTS.iter().any(|host| {
        domain == *host
            || domain
                .strip_suffix(host)
                .is_some_and(|front| front.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::names_company;

    #[test]
    fn free_mail_and_shared_hosts_name_no_company() {
        for shared in ["gmail.com", "acme.github.io", "de.wikipedia.org"] {
            assert!(!names_company(shared), "{shared}");
        }
        for own in ["acme.com", "notgmail.com", "x.company"] {
            assert!(names_company(own), "{own}");
        }
    }
}
