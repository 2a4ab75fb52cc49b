//! Whether a use took place: the requester records it, the advocate confirms it through the link.
//!
//! What did not take place stays on record with its day, takes no use from anybody, and the request
//! is looked at again. Refuses to know how a use was graded.

use domain::{
    candidate::CandidateState,
    record::{Action, RecordKind},
    reference_use::UseOutcome,
};
use serde_json::json;
use storage::{Tx, candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{appointment, event, line, notify, step};
use crate::{App, change::Changes, error::Error};

/// Why the candidate left, as the request shows it.
const REASON: &str = "It did not take place.";

/// Ends a candidate whose time came without a use: the reservation is free from here on, and the
/// request goes on to the next in line. The caller holds the locks of the line.
pub(super) async fn record_no_show(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    row: &mut Candidate,
    used: &ReferenceUse,
    comment: Option<&str>,
) -> Result<(), Error> {
    // An hour that is over needs no cancellation in anybody's calendar.
    let is_ahead = appointment::of(tx, row.id)
        .await?
        .is_some_and(|found| found.booked_at().is_none_or(|at| at > tx.now()));
    if is_ahead && appointment::can_be_arranged(row.state) {
        appointment::release(app, tx, request, row, Changes::default(), Some(REASON)).await?;
    }
    let before = step(row, CandidateState::Replaced, tx.now())?;
    row.reason = Some(REASON.to_owned());
    row.due_on = None;
    row.is_in_line = false;
    storage::candidate::save(tx, row).await?;
    tx.record(
        event(Action::DidNotTakePlace, request, row)
            .link(RecordKind::Use, used.id)
            .detail(
                before
                    .changes(row)
                    .beside(json!({ "used_on": used.used_on, "comment": comment })),
            ),
    );
    notify::owner(
        app,
        tx,
        row.owner_id,
        "A reference did not take place",
        "Your customer is free again. Ask them whether something went wrong.",
        request,
    )
    .await?;
    line::settle(app, tx, request).await
}

/// The advocate says that what the requester recorded did not take place.
pub(super) async fn deny(
    app: &App,
    tx: &mut Tx,
    request: &mut Request,
    row: &mut Candidate,
    mut used: ReferenceUse,
    comment: Option<&str>,
) -> Result<(), Error> {
    used.outcome = Some(UseOutcome::NoShow);
    storage::reference_use::save(tx, &mut used).await?;
    record_no_show(app, tx, request, row, &used, comment).await?;
    notify::requester(
        app,
        tx,
        "The advocate says it did not take place",
        "It does not count as a use, and the request is open again.",
        request,
    )
    .await
}
