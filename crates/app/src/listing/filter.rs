//! Filters as callers write them: groups of conditions on the fields that a list has for its reader.
//!
//! Decides which fields a reader may ask at all and what each word means; refuses whatever it does not
//! know by name, with the words that would have been right. A field that a role does not see is not
//! there for it; one that it sees on its own records counts as empty on all others.

use domain::{access::FieldClass, id::UserId, time::Day, word_list};
use serde_json::{Map, Value};
use storage::filter::{Field, FieldKind, Narrowing, Sight, TagTest, Test, Tree};

use super::{Reader, fields::Known};
use crate::{
    error::Error,
    policy::{self, Standing},
};

/// Groups in groups: three that people build, and one that a list puts around them.
const DEPTH_MAX: usize = 4;
const CONDITIONS_MAX: usize = 50;
const TEXT_MAX: usize = 8_000;
const VALUES_MAX: usize = 200;

word_list! {
    /// What is asked about a field.
    Is {
        Contains, Lacks, StartsWith, Equals,
        AtLeast, AtMost,
        From, Until,
        /// Within so many days before today, today included.
        InLast,
        /// Within so many days after today, today included.
        InNext,
        /// Longer than so many days ago.
        Before,
        AnyOf, NoneOf, Yes, No, Empty, Filled,
    }
}

impl Is {
    /// The questions that fit a kind of field, in the order in which people are offered them.
    pub(super) fn of(kind: &FieldKind) -> &'static [Self] {
        match kind {
            FieldKind::Folded | FieldKind::Text => &[
                Self::Contains,
                Self::Lacks,
                Self::StartsWith,
                Self::Equals,
                Self::Empty,
                Self::Filled,
            ],
            FieldKind::Number | FieldKind::Money { .. } => &[
                Self::AtLeast,
                Self::AtMost,
                Self::Equals,
                Self::Empty,
                Self::Filled,
            ],
            FieldKind::Day | FieldKind::Instant => &[
                Self::InLast,
                Self::InNext,
                Self::Before,
                Self::From,
                Self::Until,
                Self::Empty,
                Self::Filled,
            ],
            FieldKind::Flag => &[Self::Yes, Self::No],
            FieldKind::Person | FieldKind::Word(_) | FieldKind::Words(_) => Self::TAGS,
        }
    }

    pub(super) const TAGS: &'static [Self] =
        &[Self::AnyOf, Self::NoneOf, Self::Empty, Self::Filled];
}

fn wrong(message: impl Into<String>) -> Error {
    Error::field("filter", message)
}

/// Reads a filter and checks it against what the reader may ask.
pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Narrowing, Error> {
    if text.len() > TEXT_MAX {
        return Err(wrong(format!(
            "The filter is longer than {TEXT_MAX} characters. Use fewer conditions."
        )));
    }
    let value: Value = serde_json::from_str(text).map_err(|_| {
        wrong("The filter is not JSON. Write a condition, or a group such as {\"all\": [...]}.")
    })?;
    let mut left = CONDITIONS_MAX;
    Ok(Narrowing {
        kind: reader.kind,
        today: reader.today,
        tree: tree(reader, &value, DEPTH_MAX, &mut left)?,
    })
}

fn tree(reader: &Reader<'_>, value: &Value, depth: usize, left: &mut usize) -> Result<Tree, Error> {
    let object = value.as_object().ok_or_else(|| {
        wrong("Each part of a filter is a condition or a group with \"all\" or \"any\".")
    })?;
    if let Some(parts) = group(object, "all") {
        return Ok(Tree::All(parts_of(reader, parts?, depth, left)?));
    }
    if let Some(parts) = group(object, "any") {
        return Ok(Tree::Any(parts_of(reader, parts?, depth, left)?));
    }
    *left = left.checked_sub(1).ok_or_else(|| {
        wrong(format!(
            "The filter has more than {CONDITIONS_MAX} conditions, which is the most."
        ))
    })?;
    condition(reader, object)
}

fn group<'v>(object: &'v Map<String, Value>, word: &str) -> Option<Result<&'v [Value], Error>> {
    let parts = object.get(word)?;
    if object.len() != 1 {
        return Some(Err(wrong(format!(
            "A group holds \"{word}\" and nothing beside it."
        ))));
    }
    Some(
        parts
            .as_array()
            .map(Vec::as_slice)
            .ok_or_else(|| wrong(format!("\"{word}\" must be a list of conditions."))),
    )
}

fn parts_of(
    reader: &Reader<'_>,
    parts: &[Value],
    depth: usize,
    left: &mut usize,
) -> Result<Vec<Tree>, Error> {
    let deeper = depth.checked_sub(1).ok_or_else(|| {
        wrong(format!(
            "Groups stand in groups at most {DEPTH_MAX} deep. Use fewer levels."
        ))
    })?;
    parts
        .iter()
        .map(|part| tree(reader, part, deeper, left))
        .collect()
}

/// `{"field": "employees", "is": "at_least", "value": 1000}`; several values stand in a list.
fn condition(reader: &Reader<'_>, object: &Map<String, Value>) -> Result<Tree, Error> {
    if let Some(other) = object
        .keys()
        .find(|key| !["field", "is", "value"].contains(&key.as_str()))
    {
        return Err(wrong(format!(
            "A condition has \"field\", \"is\" and \"value\"; it has no \"{other}\"."
        )));
    }
    let word = |name: &str| object.get(name).and_then(Value::as_str);
    let key = word("field").ok_or_else(|| wrong("A condition names its \"field\"."))?;
    let known = reader.field(key).ok_or_else(|| {
        wrong(format!(
            "This list has no field \"{key}\" for you. Choose one of: {}.",
            reader.keys().join(", ")
        ))
    })?;
    let asked = word("is").and_then(|word| word.parse::<Is>().ok());
    let offered = known.questions();
    let is = asked.filter(|is| offered.contains(is)).ok_or_else(|| {
        let words: Vec<&str> = offered.iter().map(|is| is.as_str()).collect();
        wrong(format!(
            "\"{key}\" is asked with one of: {}.",
            words.join(", ")
        ))
    })?;
    let given = Given {
        key,
        value: object.get("value").unwrap_or(&Value::Null),
    };
    match known {
        Known::Field(field, sight) => {
            Ok(Tree::Field(field, sight, test(reader, field, is, &given)?))
        }
        Known::Facet(facet) => Ok(Tree::Tag(
            facet.id,
            match is {
                Is::AnyOf => TagTest::Any(reader.terms(&given.texts()?)?),
                Is::NoneOf => TagTest::None(reader.terms(&given.texts()?)?),
                Is::Filled => TagTest::Filled,
                _ => TagTest::Empty,
            },
        )),
    }
}

/// The value of a condition, as it came.
struct Given<'v> {
    key: &'v str,
    value: &'v Value,
}

impl Given<'_> {
    fn text(&self) -> Result<String, Error> {
        match self.value {
            Value::String(text) if !text.trim().is_empty() => Ok(text.clone()),
            _ => Err(wrong(format!(
                "Say which text \"{}\" should have.",
                self.key
            ))),
        }
    }

    /// Web addresses carry numbers as text.
    fn number(&self) -> Result<i64, Error> {
        let number = match self.value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| wrong(format!("Give \"{}\" a whole number.", self.key)))
    }

    fn days(&self) -> Result<i64, Error> {
        self.number()
            .ok()
            .filter(|days| (0..=36_500).contains(days))
            .ok_or_else(|| {
                wrong(format!(
                    "Give \"{}\" a number of days from 0 to 36,500.",
                    self.key
                ))
            })
    }

    fn day(&self) -> Result<Day, Error> {
        let day = self.value.as_str().and_then(|text| text.parse().ok());
        day.ok_or_else(|| wrong(format!("Give \"{}\" a day such as 2026-03-31.", self.key)))
    }

    fn texts(&self) -> Result<Vec<String>, Error> {
        let texts = match self.value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(values) => values
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        };
        texts
            .filter(|texts| !texts.is_empty() && texts.len() <= VALUES_MAX)
            .ok_or_else(|| {
                wrong(format!(
                    "Give \"{}\" a list of 1 to {VALUES_MAX} values.",
                    self.key
                ))
            })
    }
}

fn test(reader: &Reader<'_>, field: &Field, is: Is, given: &Given<'_>) -> Result<Test, Error> {
    let today = reader.today;
    let is_number = matches!(field.kind, FieldKind::Number | FieldKind::Money { .. });
    Ok(match is {
        Is::Contains => Test::Contains(given.text()?),
        Is::Lacks => Test::Lacks(given.text()?),
        Is::StartsWith => Test::StartsWith(given.text()?),
        Is::Equals if is_number => Test::EqualTo(given.number()?),
        Is::Equals => Test::Equals(given.text()?),
        Is::AtLeast => Test::AtLeast(given.number()?),
        Is::AtMost => Test::AtMost(given.number()?),
        Is::From => Test::From(given.day()?),
        Is::Until => Test::Until(given.day()?),
        Is::InLast => Test::Between(today.plus_days(-given.days()?), today),
        Is::InNext => Test::Between(today, today.plus_days(given.days()?)),
        Is::Before => Test::Until(today.plus_days(-given.days()? - 1)),
        Is::Yes => Test::Yes,
        Is::No => Test::No,
        Is::Empty => Test::Empty,
        Is::Filled => Test::Filled,
        Is::AnyOf | Is::NoneOf => listed(reader, field, is == Is::AnyOf, given)?,
    })
}

fn listed(
    reader: &Reader<'_>,
    field: &Field,
    is_any: bool,
    given: &Given<'_>,
) -> Result<Test, Error> {
    let texts = given.texts()?;
    if let FieldKind::Word(words) | FieldKind::Words(words) = field.kind {
        let words = words();
        if let Some(other) = texts.iter().find(|text| !words.contains(&text.as_str())) {
            return Err(wrong(format!(
                "\"{}\" is never \"{other}\". Choose from: {}.",
                given.key,
                words.join(", ")
            )));
        }
        return Ok(if is_any {
            Test::AnyWord(texts)
        } else {
            Test::NoWord(texts)
        });
    }
    let mut people: Vec<UserId> = Vec::new();
    for text in texts {
        match text.as_str() {
            "me" => people.extend(reader.actor.user_id()),
            "my_team" => people.extend(reader.actor.team.iter().copied()),
            id => people.push(id.parse().map_err(|_| {
                wrong(format!(
                    "\"{}\" takes \"me\", \"my_team\" or the id of a colleague.",
                    given.key
                ))
            })?),
        }
    }
    Ok(if is_any {
        Test::AnyPerson(people)
    } else {
        Test::NoPerson(people)
    })
}

/// On which records the reader sees a class of fields; `None` for on none.
pub(super) fn sight(
    actor: &crate::actor::Actor,
    class: Option<FieldClass>,
    names_shown: bool,
) -> Option<Sight> {
    let Some(class) = class else {
        return Some(Sight::Everything);
    };
    let anybody = Standing {
        names_shown,
        ..Standing::default()
    };
    if policy::sees(actor, class, anybody) {
        return Some(Sight::Everything);
    }
    let own = Standing {
        owns_account: true,
        ..anybody
    };
    let user = actor.user_id()?;
    policy::sees(actor, class, own).then_some(Sight::Own(user))
}
