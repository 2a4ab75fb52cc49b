//! Mapping files of Salesforce Data Loader (`.sdl`): Java properties, `COLUMN=Field`.

use crate::{
    catalog, heading,
    kind::Kind,
    mapping::{MappedColumn, Mapping},
    problem::MappingProblem,
    table::Table,
};

/// The mapping that the file describes for this table. Both directions are understood: Data Loader
/// writes `Field=COLUMN` for extracts. Columns that go to a field we do not have are left out.
pub fn read(text: &str, kind: Kind, table: &Table) -> Result<Mapping, MappingProblem> {
    let pairs = properties(text)?;
    let find = |name: &str| {
        let key = heading::key(name);
        table
            .columns()
            .iter()
            .find(|column| heading::key(column) == key)
    };
    let left = pairs
        .iter()
        .filter(|(left, _)| find(left).is_some())
        .count();
    let right = pairs
        .iter()
        .filter(|(_, right)| find(right).is_some())
        .count();
    let mut mapping = Mapping::new(kind);
    let mut taken: Vec<&str> = Vec::new();
    for (first, second) in &pairs {
        let (column, field) = if right > left {
            (second, first)
        } else {
            (first, second)
        };
        let (Some(column), false) = (find(column), field.is_empty()) else {
            continue;
        };
        let best = heading::meanings(kind, field)
            .into_iter()
            .max_by(|a, b| a.score.total_cmp(&b.score));
        let Some(field) = best.map(|best| &catalog::fields(kind)[best.field]) else {
            continue;
        };
        if field.several || !taken.contains(&field.name) {
            taken.push(field.name);
            mapping.columns.push(MappedColumn::new(column, field.name));
        }
    }
    Ok(mapping)
}

/// Keys and values of a Java properties file, in order.
fn properties(text: &str) -> Result<Vec<(String, String)>, MappingProblem> {
    let mut pairs = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let mut whole = line.to_owned();
        // An odd number of backslashes at the end continues the line.
        while whole.len().wrapping_sub(whole.trim_end_matches('\\').len()) % 2 == 1 {
            whole.pop();
            let Some((_, next)) = lines.next() else { break };
            whole.push_str(next.trim_start());
        }
        let end = key_end(&whole).ok_or(MappingProblem::NotProperties { line: number + 1 })?;
        let value = whole[end..].trim_start().trim_start_matches(['=', ':']);
        pairs.push((plain(&whole[..end]), plain(value)));
    }
    Ok(pairs)
}

/// Where the key ends: at the first `=` or `:` (or blank before one) that is not escaped.
fn key_end(line: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in line.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '=' | ':' => return Some(at),
            _ => {}
        }
    }
    None
}

/// Text without escapes, blanks at its ends and the quotes that Data Loader puts around a heading.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.trim().chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('u') => {
                let code: String = characters.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out.trim_matches('"').to_owned()
}
