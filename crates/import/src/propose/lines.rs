//! Whether a file has several lines for one opportunity, and what the amounts on them are.

use std::collections::HashMap;

use crate::{cells, mapping::LineAmounts, table::Table};

use super::Choice;

/// `None` when every opportunity has one line, and when lines of one id have different names:
/// then the id is used twice by mistake.
pub(super) fn find(table: &Table, choices: &[Choice]) -> Option<LineAmounts> {
    let column_of = |name: &str| {
        choices
            .iter()
            .position(|choice| choice.field.is_some_and(|field| field.name == name))
    };
    let key = column_of("opportunity.external_id")?;
    let [amount, name] = ["opportunity.amount", "opportunity.name"].map(column_of);
    let mut first_lines: HashMap<&str, (&str, &str)> = HashMap::new();
    let mut found = None;
    for row in table.rows() {
        let Some(key) = cells::clean(row.first(key)) else {
            continue;
        };
        let written = |column: Option<usize>| column.map(|at| row.first(at)).unwrap_or_default();
        let line = (written(amount), written(name));
        match first_lines.insert(key, line) {
            None => {}
            Some((_, name)) if name != line.1 => return None,
            // One opportunity whose amounts differ shows that lines are parts.
            Some((amount, _)) if amount != line.0 => found = Some(LineAmounts::Sum),
            Some(_) => found = found.or(Some(LineAmounts::Once)),
        }
    }
    found
}
