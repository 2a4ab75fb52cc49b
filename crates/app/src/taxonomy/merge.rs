//! Merging two terms and taking it back. A merge is a pointer: no record is written again.

use domain::{
    id::TermId,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{NewEvent, term};

use super::{TermView, locked, refuse_fixed, view};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// Lets a term stand for another one. Refused across facets and where it would lead in a circle.
pub async fn merge(
    app: &App,
    actor: &Actor,
    id: TermId,
    version: i64,
    into: TermId,
) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let (facet, known, mut row) = locked(&tx, id, version).await?;
    refuse_fixed(&facet)?;
    if row.merged_into_id.is_some() {
        return Err(Error::MoveNotAllowed(
            "This term was merged already. Undo that merge first.".to_owned(),
        ));
    }
    let target = known
        .term(into)
        .ok_or_else(|| Error::field("into", "There is no such term. Choose one from the list."))?;
    if target.facet_id != facet.id {
        return Err(Error::field(
            "into",
            "Terms of different facets cannot be merged. Choose a term of the same facet.",
        ));
    }
    if known.leads_to(into, id, |row| row.merged_into_id) {
        return Err(Error::field(
            "into",
            "The two terms stand for each other already, so this merge would go in a circle.",
        ));
    }
    row.merged_into_id = Some(into);
    term::save(&tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Merged, RecordKind::Term, id)
            .link(RecordKind::Term, into)
            .detail(json!({ "into": into, "name": row.name, "into_name": target.name })),
    );
    tx.commit().await?;
    view(app, id).await
}

/// Takes a merge back: the term stands for itself again, with everything it tagged.
pub async fn unmerge(
    app: &App,
    actor: &Actor,
    id: TermId,
    version: i64,
) -> Result<TermView, Error> {
    policy::require(actor, Permission::TaxonomyEdit)?;
    let mut tx = app.begin(actor).await?;
    let (_, _, mut row) = locked(&tx, id, version).await?;
    let Some(into) = row.merged_into_id.take() else {
        return Err(Error::MoveNotAllowed(
            "This term was not merged, so there is nothing to undo.".to_owned(),
        ));
    };
    term::save(&tx, &mut row).await?;
    tx.record(
        NewEvent::new(Action::Unmerged, RecordKind::Term, id)
            .link(RecordKind::Term, into)
            .detail(json!({ "from": into })),
    );
    tx.commit().await?;
    view(app, id).await
}
