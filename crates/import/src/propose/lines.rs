//! Whether a file has several lines for one opportunity, and what the amounts on them are.

use std::collections::HashMap;

use crate::{cells, mapping::LineAmounts, table::Table};

use super::Choice;

/// `None` when every opportunity has one line.
pub(super) fn find(table: &Table, choices: &[Choice]) -> Option<LineAmounts> {
    let column_of = |name: &str| {
        choices
            .iter()
            .position(|choice| choice.field.is_some_and(|field| field.name == name))
    };
    let key = column_of("opportunity.external_id")?;
    let amount = column_of("opportunity.amount");
    let mut first_amounts: HashMap<&str, &str> = HashMap::new();
    let mut repeated = false;
    for row in table.rows() {
        let Some(key) = cells::clean(row.first(key)) else {
            continue;
        };
        let written = amount.map(|amount| row.first(amount)).unwrap_or_default();
        if let Some(first) = first_amounts.insert(key, written) {
            repeated = true;
            // One opportunity whose lines differ shows that lines are parts.
            if first != written {
                return Some(LineAmounts::Sum);
            }
        }
    }
    repeated.then_some(LineAmounts::Once)
}
