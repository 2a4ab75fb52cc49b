//! What a list can be narrowed to and sorted by: the fields of each kind of record, and conditions
//! on them. Decides how a checked condition is asked of the database; refuses to know who may ask it
//! and how it was written.

mod fields;
mod sorting;

use domain::{
    access::FieldClass,
    id::{FacetId, TermId, UserId},
    record::RecordKind,
    text::fold,
    time::Day,
};
use sea_orm::{
    Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait, LikeExpr, SimpleExpr},
};

pub use sorting::Sorting;

/// What a field holds, which says how it is compared and sorted.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A name, in a column of its folded form.
    Folded,
    /// Other text; case does not count for the letters A to Z.
    Text,
    Number,
    /// Minor units; asked in whole units of whichever currency the record has.
    Money {
        currency: &'static str,
    },
    Day,
    Instant,
    /// A colleague.
    Person,
    /// One word of a list.
    Word(fn() -> Vec<&'static str>),
    /// Any number of words, as rows of another table that `WORD` stands in.
    Words(fn() -> Vec<&'static str>),
    Flag,
}

/// Where records without a value stand in a sorted list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absent {
    /// Last, whichever way the list runs.
    Last,
    /// Below every value.
    Least,
    /// Nowhere: every record has one.
    Never,
}

/// A field that a list of one kind of record can be narrowed to and sorted by.
#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub kind: FieldKind,
    /// Who sees it; `None` for a field that everybody sees who sees the record.
    pub class: Option<FieldClass>,
    /// Fixed text over the tables of the list; `TODAY` stands for the day of the question.
    sql: &'static str,
    absent: Absent,
}

/// The fields of a kind of record; none for a kind without a list of this sort.
pub fn fields(kind: RecordKind) -> &'static [Field] {
    match kind {
        RecordKind::Account => fields::ACCOUNT,
        RecordKind::Contact => fields::CONTACT,
        RecordKind::Advocate => fields::ADVOCATE,
        RecordKind::Opportunity => fields::OPPORTUNITY,
        RecordKind::Content => fields::CONTENT,
        RecordKind::User => fields::USER,
        _ => &[],
    }
}

/// Who owns a record of the kind or its account, for fields that only the owner sees.
fn owner_sql(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Opportunity => "opportunities.owner_id",
        RecordKind::Contact => {
            "(select accounts.owner_id from accounts where accounts.id = contacts.account_id)"
        }
        RecordKind::Content => {
            "(select accounts.owner_id from accounts where accounts.id = content.account_id)"
        }
        _ => "accounts.owner_id",
    }
}

/// On which rows the reader sees a field; on the others it counts as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// Only where this colleague owns the account.
    Own(UserId),
}

/// One question about a field, with values that fit its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    Contains(String),
    Lacks(String),
    StartsWith(String),
    Equals(String),
    AtLeast(i64),
    AtMost(i64),
    EqualTo(i64),
    From(Day),
    Until(Day),
    Between(Day, Day),
    AnyWord(Vec<String>),
    NoWord(Vec<String>),
    AnyPerson(Vec<UserId>),
    NoPerson(Vec<UserId>),
    Yes,
    No,
    Empty,
    Filled,
}

/// A question about the tags of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagTest {
    Any(Vec<TermId>),
    None(Vec<TermId>),
    Empty,
    Filled,
}

/// A filter whose fields and values were checked.
#[derive(Clone, Debug)]
pub enum Tree {
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Field(&'static Field, Sight, Test),
    Tag(FacetId, TagTest),
}

/// A filter on a list of one kind of record, as of a day.
#[derive(Clone, Debug)]
pub struct Narrowing {
    pub kind: RecordKind,
    pub today: Day,
    pub tree: Tree,
}

/// The selection with the reader's own filter, where there is one.
pub(crate) fn narrowed<E: EntityTrait>(
    select: Select<E>,
    narrowing: Option<&Narrowing>,
) -> Select<E> {
    match narrowing {
        Some(narrowing) => select.filter(narrowing.condition()),
        None => select,
    }
}

impl Narrowing {
    pub(crate) fn condition(&self) -> Condition {
        self.of(&self.tree)
    }

    fn of(&self, tree: &Tree) -> Condition {
        match tree {
            Tree::All(parts) => parts
                .iter()
                .fold(Condition::all(), |all, part| all.add(self.of(part))),
            // A group of nothing asks for nothing; it must not hide everything.
            Tree::Any(parts) if parts.is_empty() => Condition::all(),
            Tree::Any(parts) => parts
                .iter()
                .fold(Condition::any(), |any, part| any.add(self.of(part))),
            Tree::Field(field, sight, test) => self.field(field, sight, test),
            Tree::Tag(facet, test) => tagged(self.kind, *facet, test),
        }
    }

    fn field(&self, field: &Field, sight: &Sight, test: &Test) -> Condition {
        if let FieldKind::Words(known) = field.kind {
            return words(field, &known(), test);
        }
        let value = || seen(self.kind, field, sight, self.today);
        let one = |test: SimpleExpr| Condition::all().add(test);
        match test {
            Test::Contains(text) => one(like(field, value(), "%", text, "%")),
            Test::Lacks(text) => Condition::any()
                .add(value().is_null())
                .add(like(field, value(), "%", text, "%").not()),
            Test::StartsWith(text) => one(like(field, value(), "", text, "%")),
            Test::Equals(text) => one(like(field, value(), "", text, "")),
            Test::AtLeast(number) => one(value().gte(scaled(field, *number))),
            Test::AtMost(number) => one(value().lte(scaled(field, *number))),
            Test::EqualTo(number) => one(value().eq(scaled(field, *number))),
            Test::From(day) => one(from(field, value(), *day)),
            Test::Until(day) => one(until(field, value(), *day)),
            Test::Between(first, last) => {
                one(from(field, value(), *first)).add(until(field, value(), *last))
            }
            Test::AnyWord(words) => one(value().is_in(words.clone())),
            Test::NoWord(words) => Condition::any()
                .add(value().is_null())
                .add(value().is_not_in(words.clone())),
            Test::AnyPerson(people) => one(value().is_in(people.clone())),
            Test::NoPerson(people) => Condition::any()
                .add(value().is_null())
                .add(value().is_not_in(people.clone())),
            Test::Yes => one(value()),
            Test::No => one(value().not()),
            Test::Empty => Condition::any()
                .add(value().is_null())
                .add_option(is_text(field).then(|| value().eq(""))),
            Test::Filled => {
                one(value().is_not_null()).add_option(is_text(field).then(|| value().ne("")))
            }
        }
    }
}

fn is_text(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Folded | FieldKind::Text)
}

/// The value where the reader sees it, else nothing.
fn seen(kind: RecordKind, field: &Field, sight: &Sight, today: Day) -> SimpleExpr {
    let sql = match field.kind {
        FieldKind::Money { currency } => thousandths(field.sql, currency),
        _ => field.sql.replace("TODAY", &format!("'{today}'")),
    };
    masked(kind, &sql, sight)
}

fn masked(kind: RecordKind, sql: &str, sight: &Sight) -> SimpleExpr {
    match sight {
        Sight::Everything => Expr::cust(format!("({sql})")),
        Sight::Own(user) => Expr::case(
            Expr::cust(owner_sql(kind)).eq(*user),
            Expr::cust(format!("({sql})")),
        )
        .into(),
    }
}

/// An amount in thousandths of its currency's unit, so that currencies of any digits compare.
fn thousandths(minor: &str, currency: &str) -> String {
    let listed = |digits: u16| {
        let codes = domain::money::Currency::codes_with_digits(digits);
        codes.join("', '")
    };
    format!(
        "{minor} * (case when {currency} in ('{}') then 1000 when {currency} in ('{}') then 1 else 10 end)",
        listed(0),
        listed(3)
    )
}

fn scaled(field: &Field, number: i64) -> i64 {
    match field.kind {
        FieldKind::Money { .. } => number.saturating_mul(1_000),
        _ => number,
    }
}

/// Wildcards in the text are plain characters.
fn like(field: &Field, value: SimpleExpr, before: &str, text: &str, after: &str) -> SimpleExpr {
    let (value, text) = match field.kind {
        FieldKind::Folded => (value, fold(text)),
        _ => (
            sea_orm::sea_query::Func::lower(value).into(),
            text.to_ascii_lowercase(),
        ),
    };
    let text = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    value.like(LikeExpr::new(format!("{before}{text}{after}")).escape('\\'))
}

fn from(field: &Field, value: SimpleExpr, day: Day) -> SimpleExpr {
    match field.kind {
        FieldKind::Instant => value.gte(day.start().0),
        _ => value.gte(day.to_string()),
    }
}

fn until(field: &Field, value: SimpleExpr, day: Day) -> SimpleExpr {
    match field.kind {
        FieldKind::Instant => value.lt(day.plus_days(1).start().0),
        _ => value.lte(day.to_string()),
    }
}

/// A question about rows of another table: `WORD` stands where the words are compared. Only words of
/// the field's own list get into the text.
fn words(field: &Field, known: &[&'static str], test: &Test) -> Condition {
    let having = |compared: &str| Expr::cust(field.sql.replace("WORD", compared));
    let listed = |values: &[String]| {
        let asked: Vec<&str> = known
            .iter()
            .copied()
            .filter(|word| values.iter().any(|value| value == word))
            .collect();
        having(&format!("in ('{}')", asked.join("', '")))
    };
    Condition::all().add(match test {
        Test::AnyWord(values) => listed(values),
        Test::NoWord(values) => listed(values).not(),
        Test::Empty => having("is not null").not(),
        _ => having("is not null"),
    })
}

fn tagged(kind: RecordKind, facet: FacetId, test: &TagTest) -> Condition {
    use crate::tag::entity::Column;
    let tags = || {
        sea_orm::sea_query::Query::select()
            .expr(Expr::val(1))
            .from(crate::tag::entity::Entity)
            .and_where(Expr::col((crate::tag::entity::Entity, Column::RecordKind)).eq(kind))
            .and_where(
                Expr::col((crate::tag::entity::Entity, Column::RecordId))
                    .eq(Expr::cust(record_id(kind))),
            )
            .and_where(Expr::col((crate::tag::entity::Entity, Column::FacetId)).eq(facet))
            .to_owned()
    };
    let term = || Expr::col((crate::tag::entity::Entity, Column::TermId));
    Condition::all().add(match test {
        TagTest::Any(terms) => {
            Expr::exists(tags().and_where(term().is_in(terms.clone())).to_owned())
        }
        TagTest::None(terms) => {
            Expr::exists(tags().and_where(term().is_in(terms.clone())).to_owned()).not()
        }
        TagTest::Empty => Expr::exists(tags()).not(),
        TagTest::Filled => Expr::exists(tags()),
    })
}

fn record_id(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Account => "accounts.id",
        RecordKind::Contact => "contacts.id",
        RecordKind::Advocate => "advocates.id",
        RecordKind::Opportunity => "opportunities.id",
        _ => "content.id",
    }
}
