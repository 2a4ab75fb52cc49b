//! What happened, in words; names a value only where the reader may see it.

use domain::record::{Action, RecordKind};
use serde_json::Value;

use super::FieldChange;
use crate::export::lists::List;

/// "Changed name and owner of the account"; without values, what happened and to what.
pub(super) fn summary(action: Action, kind: RecordKind, changes: Option<&[FieldChange]>) -> String {
    let record = kind.as_str().replace('_', " ");
    let fields: Vec<String> = changes
        .unwrap_or_default()
        .iter()
        .map(|change| change.field.trim_end_matches("_id").replace('_', " "))
        .collect();
    match (action, fields.as_slice()) {
        (Action::Updated, []) => format!("Changed the {record}"),
        (Action::Updated, [only]) => format!("Changed {only} of the {record}"),
        (Action::Updated, [most @ .., last]) => {
            format!("Changed {} and {last} of the {record}", most.join(", "))
        }
        (Action::Verified, [part, ..]) if part != "verified on" => {
            format!("Verified the {part} of the {record}")
        }
        (Action::Moved | Action::Closed, _) => {
            moved(action, &record, changes).unwrap_or_else(|| words(action, &record))
        }
        (Action::Used, _) if kind == RecordKind::Use => {
            "Logged a reference use from outside the system".to_owned()
        }
        (Action::TakenBack, _) if kind == RecordKind::Request => {
            "Took the content back, so the request goes on".to_owned()
        }
        (Action::Undone, _) if kind == RecordKind::Term => {
            "Took back what a value stands for".to_owned()
        }
        (Action::TakenBack, _) if kind == RecordKind::Candidate => {
            "Took back that it did not take place".to_owned()
        }
        // Settings are never added or removed: it is the demo company that comes and goes.
        (Action::Created, _) if kind == RecordKind::Setting => {
            "Made the demo company beside the program".to_owned()
        }
        (Action::Removed, _) if kind == RecordKind::Setting => {
            "Removed the demo company beside the program".to_owned()
        }
        // Settings are never taken along alone: this is the database as a whole.
        (Action::Exported, _) if kind == RecordKind::Setting => {
            "Began a copy of the whole database".to_owned()
        }
        (Action::Exported, _) => exported(&record, changes),
        // Not the comment of the record: one of many.
        (Action::Created, _) if kind == RecordKind::Comment => "Wrote a comment".to_owned(),
        (Action::Removed, _) if kind == RecordKind::Comment => "Removed a comment".to_owned(),
        (Action::Restored, _) if kind == RecordKind::Comment => "Put a comment back".to_owned(),
        _ => of_share(action, kind).unwrap_or_else(|| words(action, &record)),
    }
}

/// A share is content on its way; nobody calls it a share.
fn of_share(action: Action, kind: RecordKind) -> Option<String> {
    if kind != RecordKind::Share {
        return None;
    }
    Some(match action {
        Action::Created => "Sent content by a link".to_owned(),
        Action::Opened => "A buyer opened the content".to_owned(),
        Action::Revoked => "Ended a link to content".to_owned(),
        _ => return None,
    })
}

/// "Moved the request from looking for a match to in progress", where the values may be read.
fn moved(action: Action, record: &str, changes: Option<&[FieldChange]>) -> Option<String> {
    let status = changes?.iter().find(|change| change.field == "status")?;
    let after = step_words(&status.after)?;
    if action == Action::Closed {
        return Some(format!("Closed the {record}: {after}"));
    }
    let before = step_words(&status.before)?;
    Some(format!("Moved the {record} from {before} to {after}"))
}

/// A step of a life cycle as people read it.
fn step_words(step: &Value) -> Option<String> {
    let step = step.as_str()?;
    Some(match step {
        "matching" => "looking for a match".to_owned(),
        "unfilled" => "not filled".to_owned(),
        _ => step.replace('_', " "),
    })
}

fn words(action: Action, record: &str) -> String {
    match action {
        Action::Created => format!("Added the {record}"),
        Action::Updated => format!("Changed the {record}"),
        Action::Moved => format!("Moved the {record} to another step"),
        Action::Verified => format!("Verified the {record}"),
        Action::ConsentRecorded => "Recorded a consent".to_owned(),
        Action::ConsentWithdrawn => "Recorded that consent was withdrawn".to_owned(),
        Action::Locked => format!("Locked the {record}"),
        Action::Unlocked => format!("Lifted a lock of the {record}"),
        Action::Submitted => format!("Submitted the {record}"),
        Action::Withdrawn => format!("Withdrew the {record}"),
        Action::Proposed => "Proposed a candidate".to_owned(),
        Action::OwnerAsked => "Asked the relationship owner".to_owned(),
        Action::OwnerApproved => "The relationship owner approved".to_owned(),
        Action::AdvocateAsked => "Asked the advocate".to_owned(),
        Action::AdvocateAccepted => "The advocate accepted".to_owned(),
        Action::Declined => format!("Declined the {record}"),
        Action::Expired => format!("Time ran out for the {record}"),
        Action::Replaced => "Another candidate took its place".to_owned(),
        Action::Joined => "Joined a group call".to_owned(),
        Action::Spared => "Content answers in place of the candidate".to_owned(),
        Action::Reminded => "Reminded who has to act".to_owned(),
        Action::SlotsOffered => "Offered times to choose from".to_owned(),
        Action::Scheduled => format!("Scheduled the {record}"),
        Action::CalledOff => "Called off the agreed time".to_owned(),
        Action::Used => "Recorded a reference use".to_owned(),
        Action::Thanked => "Told the advocate what came of it".to_owned(),
        Action::TakenBack => "Took back a logged reference use".to_owned(),
        Action::DidNotTakePlace => "Recorded that it did not take place".to_owned(),
        Action::Graded => format!("Graded the {record}"),
        Action::ContactRevealed => "Looked at contact details".to_owned(),
        Action::Closed => format!("Closed the {record}"),
        Action::Merged => format!("Merged the {record}"),
        Action::Unmerged => format!("Undid a merge of the {record}"),
        Action::ToldApart => format!("Said that the {record} is not the same as another one"),
        Action::Retired => format!("Retired the {record}"),
        Action::Deleted => format!("Put the {record} into the trash"),
        Action::Restored => format!("Restored the {record}"),
        Action::Mapped => format!("Mapped a value to the {record}"),
        Action::SignedIn => "Signed in".to_owned(),
        Action::SignInFailed => "A sign-in failed".to_owned(),
        Action::SignedOut => "Signed out".to_owned(),
        Action::ViewBegun => "Began to view as somebody else".to_owned(),
        Action::ViewEnded => "Stopped viewing as somebody else".to_owned(),
        Action::Imported => format!("Imported the {record}"),
        Action::Exported => format!("Exported the {record}"),
        Action::Erased => format!("Erased what was kept about the {record}"),
        Action::Replayed => format!("Gave the {record} another round"),
        Action::Searched => "Searched without a match".to_owned(),
        Action::Overridden => "Went past protection, with a reason".to_owned(),
        Action::LinkIssued => "Made a signed link".to_owned(),
        Action::Revoked => format!("Revoked the {record}"),
        Action::Opened => format!("A buyer opened the {record}"),
        Action::Removed => format!("Removed the {record}"),
        Action::Undone => format!("Undid the {record}"),
        Action::AddressRefused => format!("A mail server refused the address of the {record}"),
        Action::PutOff => format!("Put off a look at the {record}"),
        Action::Resumed => format!("Put the {record} back into the steward queue"),
        Action::FileReplaced => format!("Put a file into the {record}"),
    }
}

/// A list that is no kind of record is called by its name.
fn exported(record: &str, changes: Option<&[FieldChange]>) -> String {
    let list = changes.unwrap_or_default().iter().find_map(|change| {
        let name = change.after.as_str()?;
        let list: List = name.parse().ok()?;
        (change.field == "list").then_some(list)
    });
    match list {
        Some(List::Events) => "Exported the audit log".to_owned(),
        Some(List::Requests) => "Exported the list of requests".to_owned(),
        Some(List::Load) => "Exported the load report".to_owned(),
        Some(List::Steward) => "Exported the steward queue".to_owned(),
        Some(List::Duplicates) => "Exported the queue of duplicates".to_owned(),
        None => format!("Exported the {record}"),
    }
}
