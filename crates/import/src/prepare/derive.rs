//! What follows from several values of a row: whole names from parts, a status from a stage,
//! a person, a title and a company from one line.

use domain::text::fold;

use crate::{kind::Kind, value::Value, words};

use super::{PreparedRow, Problem, plan::Planned};

/// Last parts of a line that are a department, not a company.
const DEPARTMENTS: &[&str] = &[
    "devops",
    "it",
    "engineering",
    "research",
    "development",
    "sales",
    "marketing",
    "finance",
    "hr",
    "operations",
    "support",
    "security",
    "infrastructure",
    "platform",
    "qa",
    "data",
    "cloud",
    "technology",
    "product",
];

/// Whether the column gives this field beside its own.
pub(super) fn also_gives(planned: &Planned, name: &str) -> bool {
    planned.mapped.splits
        && match planned.field.name {
            "contact.name" => matches!(name, "contact.title" | "account.name"),
            "account.name" => name == "account.website",
            _ => false,
        }
}

/// Takes cells with several facts apart: the account first, because the person's line may end
/// with its name.
pub(super) fn split(lines: &[(&'static str, String)], row: &mut PreparedRow) {
    let line_of = |wanted: &str| {
        lines
            .iter()
            .find(|(field, _)| *field == wanted)
            .map(|(_, line)| line.as_str())
    };
    if let Some(line) = line_of("account.name") {
        split_account(line, row);
    }
    if let Some(line) = line_of("contact.name") {
        split_person(line, row);
    }
}

/// Adds what follows from the values together.
pub(super) fn complete(kind: Kind, row: &mut PreparedRow) {
    join_name(row, "contact");
    join_name(row, "user");
    if kind == Kind::Opportunities {
        status(row);
    }
    if row.take("record.deleted") == Some(Value::YesNo(true)) {
        row.problems.push(Problem {
            column: None,
            field: "record.deleted",
            message: "The record is marked as deleted where it was exported. Leave the row out or restore it there.".to_owned(),
            blocks: true,
        });
    }
}

fn text_of<'r>(row: &'r PreparedRow, field: &str) -> Option<&'r str> {
    row.get(field).and_then(Value::as_text)
}

fn put(row: &mut PreparedRow, field: &'static str, value: Value) {
    if row.get(field).is_none() {
        row.values.push((field, value));
    }
}

fn put_text(row: &mut PreparedRow, field: &'static str, text: &str) {
    if !text.is_empty() {
        put(row, field, Value::Text(text.to_owned()));
    }
}

/// `KP Labs,<https://www.kplabs.pl/en/>`, `Name, [name.ch](https://name.ch/)`, or the name alone.
fn split_account(line: &str, row: &mut PreparedRow) {
    let start = line.find("http").or_else(|| line.find("www."));
    let Some(start) = start else {
        put_text(row, "account.name", line.trim_end_matches('.').trim());
        return;
    };
    let address: String = line[start..]
        .chars()
        .take_while(|character| !character.is_whitespace() && !"<>)],".contains(*character))
        .collect();
    let front = line[..start].split(['<', '[']).next().unwrap_or_default();
    put_text(
        row,
        "account.name",
        front.trim().trim_end_matches([',', ':', '-']).trim(),
    );
    put(row, "account.website", Value::Url(address));
}

/// `Maciej Nowak, Software Engineer, KP Labs`.
fn split_person(line: &str, row: &mut PreparedRow) {
    let mut parts: Vec<&str> = line
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        return;
    }
    let name = parts.remove(0);
    let account = text_of(row, "account.name").map(fold);
    if let Some(last) = parts.last().copied() {
        let last_folded = fold(last);
        let is_company = match &account {
            Some(account) => {
                account.contains(&last_folded) || last_folded.contains(account.as_str())
            }
            None => {
                parts.len() > 1
                    && !last_folded
                        .split(' ')
                        .any(|word| DEPARTMENTS.contains(&word))
            }
        };
        if is_company {
            parts.pop();
            put_text(row, "account.name", last);
        }
    }
    // `Ann Lee. Principal Engineer` has its comma replaced by a full stop.
    let (name, title) = match name.split_once(". ") {
        Some((name, title)) if parts.is_empty() && name.contains(' ') => (name, title.to_owned()),
        Some(_) | None => (name, parts.join(", ")),
    };
    put_text(row, "contact.name", name);
    put_text(row, "contact.title", &title);
}

/// First and last name make the name; the parts are not given on.
fn join_name(row: &mut PreparedRow, record: &str) {
    let (name, first, last) = match record {
        "user" => ("user.name", "user.first_name", "user.last_name"),
        _ => ("contact.name", "contact.first_name", "contact.last_name"),
    };
    let parts = [row.take(first), row.take(last)];
    let joined: Vec<&str> = parts.iter().flatten().filter_map(Value::as_text).collect();
    if !joined.is_empty() {
        put(row, name, Value::Text(joined.join(" ")));
    }
}

/// What the CRM says outright beats a status column, and that beats the name of the stage.
fn status(row: &mut PreparedRow) {
    let is_won = row.take("opportunity.is_won");
    let is_closed = row.take("opportunity.is_closed");
    let said = row.take("opportunity.status");
    let stage = text_of(row, "opportunity.stage").map(of_stage);
    let status = match (is_won, is_closed, said) {
        (Some(Value::YesNo(true)), _, _) => "won",
        (Some(Value::YesNo(false)), Some(Value::YesNo(true)), _) => "lost",
        (_, Some(Value::YesNo(false)), _) => "open",
        (_, _, Some(Value::Word(word))) => word,
        (_, _, _) => stage.unwrap_or("open"),
    };
    row.values.push(("opportunity.status", Value::Word(status)));
}

fn of_stage(stage: &str) -> &'static str {
    let folded = fold(stage);
    let has = |wanted: &str| folded.split(' ').any(|word| word == wanted);
    match words::find(words::OPPORTUNITY_STATUS, stage) {
        Some(status) => status,
        None if has("lost") || has("dead") => "lost",
        None if has("won") && !has("not") => "won",
        None if has("closed") => "lost",
        None => "open",
    }
}

#[cfg(test)]
mod tests {
    use super::of_stage;

    #[test]
    fn the_status_of_a_deal_shows_in_its_stage() {
        for (stage, expected) in [
            ("Closed Won", "won"),
            ("Won", "won"),
            ("closedwon", "won"),
            ("6 - Closed Won", "won"),
            ("Closed Lost", "lost"),
            ("Lost to competitor", "lost"),
            ("Closed - duplicate", "lost"),
            ("Engaging", "open"),
            ("Proposal/Price Quote", "open"),
            ("", "open"),
        ] {
            assert_eq!(of_stage(stage), expected, "{stage}");
        }
    }
}
