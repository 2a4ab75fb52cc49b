//! A mapping checked against its table: every column found, every order and mark decided.

use crate::{
    amount::{self, DecimalMark},
    cells,
    column::{self, Answer},
    day::DateOrder,
    field::{self, Field, ValueKind},
    kind::Kind,
    mapping::{Constant, MappedColumn},
    problem::MappingProblem,
    propose, salesforce,
    table::Table,
    value::Value,
};

use super::convert::Reader;

/// A mapped column with everything decided.
pub(super) struct Planned {
    pub(super) column: usize,
    pub(super) field: &'static Field,
    pub(super) order: Option<DateOrder>,
    pub(super) mark: DecimalMark,
    pub(super) mapped: MappedColumn,
}

pub(super) fn column(
    kind: Kind,
    table: &Table,
    mapped: &MappedColumn,
) -> Result<Planned, MappingProblem> {
    let column = table
        .column(&mapped.column)
        .ok_or_else(|| MappingProblem::NoSuchColumn {
            column: mapped.column.clone(),
        })?;
    let field = find_field(kind, &mapped.field)?;
    let mut order = mapped.date_order;
    let mut mark = mapped.decimal_mark;
    let decision = match field.value {
        ValueKind::Day if order.is_none() => column::date_order(table, column),
        ValueKind::Money if mark.is_none() => column::decimal_mark(table, column),
        _ => Ok(None),
    };
    match decision.map_err(|question| propose::unanswered(&question))? {
        Some(Answer::DateOrder(found)) => order = Some(found),
        Some(Answer::DecimalMark(found)) => mark = Some(found),
        None => {}
    }
    let mut mapped = mapped.clone();
    if field.value == ValueKind::Id && !mapped.salesforce_ids {
        let mut ids = table.values(column).filter_map(cells::clean).peekable();
        mapped.salesforce_ids = ids.peek().is_some() && ids.all(salesforce::is_id);
    }
    Ok(Planned {
        column,
        field,
        order,
        mark: mark.unwrap_or(DecimalMark::Dot),
        mapped,
    })
}

fn find_field(kind: Kind, name: &str) -> Result<&'static Field, MappingProblem> {
    field::find(kind, name).ok_or_else(|| MappingProblem::NoSuchField {
        field: name.to_owned(),
        kind: kind.label(),
    })
}

pub(super) fn constant_value(
    kind: Kind,
    constant: &Constant,
    reader: &Reader,
) -> Result<(&'static Field, Value), MappingProblem> {
    let field = find_field(kind, &constant.field)?;
    let planned = Planned {
        column: 0,
        field,
        order: None,
        mark: DecimalMark::Dot,
        mapped: MappedColumn::new("", field.name),
    };
    let wrong = || MappingProblem::Constant {
        field: field.label.to_owned(),
        value: constant.value.clone(),
    };
    let part = reader
        .part(&planned, constant.value.trim(), None)
        .map_err(|_| wrong())?;
    Ok((field, part.finish().ok_or_else(wrong)?))
}

/// Amounts without any currency in sight are refused before the first row is read.
pub(super) fn check_currency(
    table: &Table,
    columns: &[Planned],
    reader: &Reader,
) -> Result<(), MappingProblem> {
    if reader.default_currency.is_some()
        || columns
            .iter()
            .any(|planned| planned.field.value == ValueKind::Currency)
    {
        return Ok(());
    }
    let bare = columns
        .iter()
        .filter(|planned| {
            planned.field.value == ValueKind::Money && planned.mapped.currency.is_none()
        })
        .find(|planned| {
            table
                .values(planned.column)
                .filter_map(cells::clean)
                .any(|text| {
                    amount::read(text, planned.mark).is_some_and(|amount| amount.currency.is_none())
                })
        });
    match bare {
        Some(planned) => Err(MappingProblem::NoCurrency {
            column: planned.mapped.column.clone(),
        }),
        None => Ok(()),
    }
}
