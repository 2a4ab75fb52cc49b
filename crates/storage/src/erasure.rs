//! Forgetting a person: every column that may hold something about them, in one place.
//!
//! Refuses to know who may ask for it. What is left is a pseudonym, so that uses keep counting; the
//! event log forgets through [`crate::log::erase`].

use domain::{
    id::{AdvocateId, ContactId, ImportId},
    record::RecordKind,
    text::fold,
};
use sea_orm::{FromQueryResult, sea_query::Value};
use uuid::Uuid;

use crate::{
    error::StorageError,
    import, log,
    record::{self, Source},
    tx::Tx,
};

/// Whose traces are removed.
#[derive(Clone, Debug)]
pub struct Person {
    pub contact: ContactId,
    pub advocate: Option<AdvocateId>,
    /// What the person is called from here on.
    pub pseudonym: String,
    /// What names the person in texts that others wrote: name, address, number.
    pub traces: Vec<String>,
}

/// What stands in a text in place of a trace.
const GONE: &str = "[erased]";

const CONTACT: &str = "
update contacts set version = version + 1, external_id = null, account_written = null, name = $1,
    name_folded = $2, email = null, phone = null, title = null, time_zone = null, left_on = null,
    refused_email = null, refused_on = null,
    updated_at = $3, erased_at = $3
where id = $4";

/// Statements about the advocate, each with the advocate's id as its one value.
const OF_ADVOCATE: &[&str] = &[
    "update advocates set version = version + 1, status = 'retired', status_reason = null,
        headline = null, story = null, topics_can = '', topics_cannot = '', notes = null,
        source = null, verified_on = null
     where id = $1",
    "delete from outcomes where advocate_id = $1",
    "delete from profile_checks where advocate_id = $1",
    "delete from no_go_accounts where advocate_id = $1",
    "delete from advocate_activities where advocate_id = $1",
    "update candidates set version = version + 1, reason = null, override_reason = null,
        owner_condition = null
     where advocate_id = $1",
    "delete from answer_links
     where candidate_id in (select id from candidates where advocate_id = $1)",
    "update uses set version = version + 1, comment = null, comment_advocate = null,
        comment_buyer = null
     where advocate_id = $1",
    "delete from content_file_pieces
     where file_id in (
        select content_files.id
        from content_files
        join content on content.id = content_files.content_id
        where content.advocate_id = $1
     )",
    "delete from content_files
     where content_id in (select id from content where advocate_id = $1)",
    "update content set version = version + 1, status = 'retired', title = 'Erased content',
        title_folded = 'erased content', url = null, body = null, external_id = null
     where advocate_id = $1",
];

/// Content in the trash that the person tells goes for good; what stands in a table stays without a word.
const TRASHED_FILES: &str = "
delete from trash_file_pieces
where trash_id in (select id from trash where record_kind = 'content' and body like $1 escape '\\')";
const TRASHED: &str =
    "delete from trash where record_kind = 'content' and body like $1 escape '\\'";

const BUYER: &str =
    "update appointments set version = version + 1, buyer_email = null where buyer_email = $1";

/// Merges that took a person in, however many went before, cannot be undone once the person is erased.
const MERGES: &str = "
with recursive part (id, loser_id) as (
  select id, loser_id from merges where record_kind = 'contact' and winner_id = $1
  union
  select merges.id, merges.loser_id
  from part
  join merges on merges.record_kind = 'contact' and merges.winner_id = part.loser_id
)
update merges
set body = '', external_id = null, name_folded = '', mark = null
where id in (select id from part)";

/// What stands on a record by its kind and id, without a foreign key.
const ON_RECORD: [&str; 2] = [
    "delete from tags where record_kind = $1 and record_id = $2",
    // Colleagues wrote about the person there, by name or not.
    "delete from comments where record_kind = $1 and record_id = $2",
];

/// Columns of texts that people or files wrote, and whether the row has a version to raise.
const TEXTS: &[(&str, &str, bool)] = &[
    ("requests", "note", true),
    ("requests", "criteria", true),
    ("candidates", "reason", true),
    ("candidates", "override_reason", true),
    ("candidates", "owner_condition", true),
    ("uses", "comment", true),
    ("uses", "comment_advocate", true),
    ("uses", "comment_buyer", true),
    ("appointments", "place", true),
    ("comments", "body", false),
    ("content", "title", true),
    ("content", "title_folded", true),
    ("content", "url", true),
    ("content", "body", true),
    ("advocates", "status_reason", true),
    ("advocates", "headline", true),
    ("advocates", "story", true),
    ("advocates", "topics_can", true),
    ("advocates", "topics_cannot", true),
    ("advocates", "notes", true),
    ("advocates", "source", true),
    ("outcomes", "statement", false),
    ("account_locks", "note", false),
    ("opportunities", "not_needed_reason", true),
    ("notices", "title", false),
    ("notices", "body", false),
    ("jobs", "payload", false),
    ("jobs", "last_error", false),
    ("imports", "report", true),
    ("imports", "file_name", true),
    ("bulk_changes", "change", true),
    ("trash", "name", false),
    ("trash", "body", false),
    ("unmet_searches", "criteria", false),
    ("saved_searches", "name", true),
    ("saved_searches", "ask", true),
    ("list_views", "name", true),
    ("list_views", "state", true),
    ("plan_versions", "why", false),
    ("recruiting_targets", "note", true),
    ("recruiting_targets", "close_reason", true),
    ("scenarios", "name", false),
    ("growth_goals", "name", false),
    ("needs", "title", false),
    ("needs", "note", true),
    ("needs", "close_reason", true),
];

/// Removes everything about a person that this program keeps, and replaces their name in what
/// others wrote. Uses, dates, grades and the consent record stay, under the pseudonym.
pub async fn erase(tx: &mut Tx, person: &Person) -> Result<(), StorageError> {
    erase_records(tx, person).await?;
    for trace in written_forms(&person.traces) {
        erase_texts(tx, &trace).await?;
        record::execute(tx, BUYER, vec![trace.into()]).await?;
    }
    erase_files(tx, &person.traces).await?;
    log::erase(tx, RecordKind::Contact, person.contact.0).await?;
    if let Some(advocate) = person.advocate {
        log::erase(tx, RecordKind::Advocate, advocate.0).await?;
    }
    for (kind, id) in mentions(tx, &person.traces).await? {
        log::erase(tx, kind, id).await?;
    }
    Ok(())
}

async fn erase_records(tx: &Tx, person: &Person) -> Result<(), StorageError> {
    let name = person.pseudonym.clone();
    let folded = fold(&name);
    let values = vec![
        name.into(),
        folded.into(),
        tx.now().into(),
        person.contact.into(),
    ];
    record::execute(tx, CONTACT, values).await?;
    record::execute(tx, MERGES, vec![person.contact.into()]).await?;
    for statement in ON_RECORD {
        let values = vec![RecordKind::Contact.into(), person.contact.0.into()];
        record::execute(tx, statement, values).await?;
    }
    let Some(advocate) = person.advocate else {
        return Ok(());
    };
    for statement in ON_RECORD {
        let values = vec![RecordKind::Advocate.into(), advocate.0.into()];
        record::execute(tx, statement, values).await?;
    }
    for statement in OF_ADVOCATE {
        record::execute(tx, statement, vec![advocate.into()]).await?;
    }
    let told_by = anywhere(&format!("\"advocate_id\":\"{advocate}\""));
    for statement in [TRASHED_FILES, TRASHED] {
        record::execute(tx, statement, vec![told_by.clone()]).await?;
    }
    Ok(())
}

/// A trace as it may stand in a text: as it is, folded, and inside JSON.
fn written_forms(traces: &[String]) -> Vec<String> {
    let mut forms = Vec::new();
    for trace in traces.iter().filter(|trace| !trace.trim().is_empty()) {
        let json = serde_json::Value::from(trace.as_str()).to_string();
        for form in [
            trace.clone(),
            fold(trace),
            json.trim_matches('"').to_owned(),
        ] {
            if !form.is_empty() && !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// A pattern for `like` that holds where the text stands anywhere.
fn anywhere(text: &str) -> Value {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%").into()
}

async fn erase_texts(tx: &Tx, trace: &str) -> Result<(), StorageError> {
    for (table, column, is_versioned) in TEXTS {
        let version = if *is_versioned {
            "version = version + 1, "
        } else {
            ""
        };
        let sql = format!(
            "update {table} set {version}{column} = replace({column}, $1, $2) where {column} like $3 escape '\\'"
        );
        let values = vec![trace.into(), GONE.into(), anywhere(trace)];
        record::execute(tx, &sql, values).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Kept {
    id: ImportId,
}

const KEPT_FILES: &str = "select distinct import_id as id from import_chunks order by 1";
const FAIL: &str = "
update imports set version = version + 1, status = 'failed'
where id = $1 and status not in ('done', 'failed')";

/// Uploaded files that name the person are forgotten, and so are packed ones, which cannot be
/// searched: the customer uploads them again without the person.
async fn erase_files(tx: &Tx, traces: &[String]) -> Result<(), StorageError> {
    let kept: Vec<Kept> = record::all(tx, KEPT_FILES, vec![]).await?;
    for row in kept {
        let bytes = import::file(tx, row.id).await?;
        let is_packed = bytes.starts_with(b"PK");
        let text = String::from_utf8_lossy(&bytes);
        let is_unreadable = bytes.contains(&0) && !is_packed;
        let names = traces
            .iter()
            .any(|trace| !trace.is_empty() && text.contains(trace.as_str()));
        if is_packed || is_unreadable || names {
            import::forget_file(tx, row.id).await?;
            record::execute(tx, FAIL, vec![row.id.into()]).await?;
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Mention {
    record_kind: RecordKind,
    record_id: Uuid,
}

const MENTIONS: &str = "
select distinct events.record_kind as record_kind, events.record_id as record_id
from event_details
join events on events.position = event_details.position
where event_details.body like $1 escape '\\'
order by 1, 2";

/// Records of which something was noted that names the person.
async fn mentions(
    source: &impl Source,
    traces: &[String],
) -> Result<Vec<(RecordKind, Uuid)>, StorageError> {
    let mut found = Vec::new();
    for trace in written_forms(traces) {
        let rows: Vec<Mention> = record::all(source, MENTIONS, vec![anywhere(&trace)]).await?;
        for row in rows {
            let record = (row.record_kind, row.record_id);
            if !found.contains(&record) {
                found.push(record);
            }
        }
    }
    Ok(found)
}
