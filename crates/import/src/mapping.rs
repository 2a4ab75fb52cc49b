//! The decision which column feeds which field, and how its values are to be read: kept as JSON
//! and used again for the next export of the same shape.

use domain::{money::Currency, word_list};
use serde::{Deserialize, Serialize};

use crate::{amount::DecimalMark, day::DateOrder, kind::Kind};

/// The only version so far.
pub const VERSION: u32 = 1;

/// Columns to fields, with what belongs to all rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    pub version: u32,
    pub kind: Kind,
    pub columns: Vec<MappedColumn>,
    /// Values that every row gets where no column gives one.
    #[serde(default)]
    pub constants: Vec<Constant>,
    /// The currency of amounts that name none; the program's own when absent.
    #[serde(default)]
    pub default_currency: Option<Currency>,
    /// How several lines of one opportunity become one row; every line is a row when absent.
    #[serde(default)]
    pub lines: Option<LineAmounts>,
}

/// A column and the field it feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    pub column: String,
    pub field: String,
    /// Found out from the whole column when absent.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// Found out from the whole column when absent.
    #[serde(default)]
    pub decimal_mark: Option<DecimalMark>,
    /// The currency of every amount of the column.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Whether a cell holds more than the field: `Name, Title, Company` or `Name, <address>`.
    #[serde(default)]
    pub splits: bool,
    /// Whether `&amp;` and the like stand for characters.
    #[serde(default)]
    pub character_references: bool,
    /// Whether the values are Salesforce ids, to be brought to 18 characters. Also found out when
    /// every value of the column is one.
    #[serde(default)]
    pub salesforce_ids: bool,
}

/// A value for all rows, written as a cell would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    pub field: String,
    pub value: String,
}

word_list! {
    /// What the amounts on the lines of one opportunity are: parts of it, or the whole each time.
    LineAmounts { Sum, Once }
}

impl Mapping {
    /// A mapping without columns.
    pub fn new(kind: Kind) -> Self {
        Self {
            version: VERSION,
            kind,
            columns: Vec::new(),
            constants: Vec::new(),
            default_currency: None,
            lines: None,
        }
    }

    /// Adds a column.
    #[must_use]
    pub fn with(mut self, column: &str, field: &str) -> Self {
        self.columns.push(MappedColumn::new(column, field));
        self
    }

    /// Adds a value for all rows.
    #[must_use]
    pub fn with_constant(mut self, field: &str, value: &str) -> Self {
        self.constants.push(Constant {
            field: field.to_owned(),
            value: value.to_owned(),
        });
        self
    }
}

impl MappedColumn {
    pub fn new(column: &str, field: &str) -> Self {
        Self {
            column: column.to_owned(),
            field: field.to_owned(),
            date_order: None,
            decimal_mark: None,
            currency: None,
            splits: false,
            character_references: false,
            salesforce_ids: false,
        }
    }
}
