//! Files that the program wrote itself: how they are known, and how their cells are taken.
//!
//! An export is read back as it was written: no blank is trimmed, no word means "nothing", nothing
//! follows from a value that the file does not say. Its first column holds the program's own id of
//! each record, and the heading of that column is what gives the file away.

use std::borrow::Cow;

use crate::{
    delimited,
    field::{self, Field, ValueKind},
    kind::Kind,
    rejected,
    table::{Delimiter, Format, Table},
};

/// What stands between the values of a list in one cell.
const LIST_MARK: &str = "; ";

/// The field of the program's own id of a row's record.
pub fn id_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Accounts => "account.id",
        Kind::Contacts => "contact.id",
        Kind::Users => "user.id",
        Kind::Opportunities => "opportunity.id",
        Kind::Advocates => "advocate.id",
        Kind::Content => "content.id",
        Kind::Uses => "use.id",
        Kind::Terms => "term.id",
    }
}

/// The heading of an export's column; none for a field that files of the kind do not have.
pub fn heading(kind: Kind, field: &str) -> Option<&'static str> {
    field::find(kind, field).map(|field| field.label)
}

/// The field that a column of an export holds.
pub(crate) fn field_of(kind: Kind, heading: &str) -> Option<&'static Field> {
    crate::catalog::fields(kind)
        .iter()
        .find(|field| field.label == heading)
}

/// What an export holds; none for a table that the program did not write.
pub fn kind_of(table: &Table) -> Option<Kind> {
    let first = table.columns().first()?;
    Kind::ALL
        .iter()
        .copied()
        .find(|kind| heading(*kind, id_field(*kind)) == Some(first))
}

/// The delimiter of an export: it stands behind the heading that gives it away.
pub(crate) fn delimiter(text: &str) -> Option<Delimiter> {
    Kind::ALL.iter().find_map(|kind| {
        let rest = text
            .trim_start_matches('"')
            .strip_prefix(heading(*kind, id_field(*kind))?)?;
        let byte = rest.trim_start_matches('"').bytes().next()?;
        let mut known = Delimiter::ALL.iter().copied();
        known.find(|delimiter| delimiter.byte() == byte)
    })
}

/// Whether a field holds several values, which an export writes as a list.
pub fn is_list(field: &Field) -> bool {
    matches!(
        field.value,
        ValueKind::Terms { .. } | ValueKind::List | ValueKind::Lines | ValueKind::Words { .. }
    )
}

/// A list as one cell: the values between semicolons, or a JSON list where that would be unclear.
pub fn join<S: AsRef<str>>(values: &[S]) -> String {
    let unclear = |value: &str| {
        value.is_empty()
            || value.trim() != value
            || value.starts_with('[')
            || value.contains([';', '\n', '\r'])
    };
    if values.iter().any(|value| unclear(value.as_ref())) {
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        serde_json::Value::from(values).to_string()
    } else {
        values
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<_>>()
            .join(LIST_MARK)
    }
}

/// Writes one line of an export that opens safely in a spreadsheet.
pub fn write_line<'a>(cells: impl IntoIterator<Item = &'a str>, out: &mut String) {
    let escaped: Vec<Cow<'_, str>> = cells.into_iter().map(rejected::escape).collect();
    delimited::write_line(escaped.iter().map(Cow::as_ref), out);
}

/// The values of a list in one cell.
pub(crate) fn split(cell: &str) -> Vec<String> {
    if cell.starts_with('[')
        && let Ok(values) = serde_json::from_str::<Vec<String>>(cell)
    {
        return values;
    }
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How the cells of a table are to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cells {
    /// A customer's: blanks and the many ways to write "nothing" are left out.
    Foreign,
    /// Of an export, one cell a field, safe for a spreadsheet.
    Sheet,
    /// Of an export as records, with lists as lists.
    Records,
}

impl Cells {
    pub(crate) fn of(table: &Table, kind: Kind) -> Self {
        if kind_of(table) != Some(kind) {
            return Self::Foreign;
        }
        match table.sources().first().map(|source| source.format) {
            Some(Format::JsonLines | Format::Json | Format::Yaml) => Self::Records,
            Some(Format::Csv | Format::Xlsx) | None => Self::Sheet,
        }
    }

    pub(crate) fn is_export(self) -> bool {
        self != Self::Foreign
    }

    /// The cell of an export as it was before it was made safe.
    pub(crate) fn plain(self, cell: &str) -> Option<&str> {
        let cell = if self == Self::Sheet {
            rejected::unescape(cell)
        } else {
            cell
        };
        (!cell.is_empty()).then_some(cell)
    }

    /// The values of a list.
    pub(crate) fn list(self, cell: &str) -> Vec<String> {
        match self {
            Self::Records => vec![cell.to_owned()],
            Self::Sheet | Self::Foreign => split(cell),
        }
    }
}

/// A row of records as the cells of a sheet, for the error file of an export.
pub(crate) fn sheet_cell(kind: Kind, heading: &str, values: &[&str]) -> String {
    let cell = match field_of(kind, heading) {
        Some(field) if is_list(field) => Cow::Owned(join(values)),
        Some(_) | None => Cow::Borrowed(values.first().copied().unwrap_or_default()),
    };
    rejected::escape(&cell).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_two_fields_of_a_kind_have_one_heading() {
        for kind in Kind::ALL {
            for field in crate::catalog::fields(*kind) {
                let named = field_of(*kind, field.label).map(|found| found.name);
                assert_eq!(named, Some(field.name), "{kind}");
            }
            assert!(heading(*kind, id_field(*kind)).is_some(), "{kind}");
        }
    }

    #[test]
    fn an_export_saved_with_other_delimiters_is_still_known() {
        for (text, expected) in [
            ("Goodword account id,Account", Some(Delimiter::Comma)),
            ("Goodword use id;Date", Some(Delimiter::Semicolon)),
            ("\"Goodword term id\"\tTerm", Some(Delimiter::Tab)),
            ("Account id,Account", None),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_list_reads_back_as_it_was_written(values in prop::collection::vec(any::<String>(), 1..5)) {
            prop_assert_eq!(split(&join(&values)), values);
        }
    }
}
