//! Which of many records a scope reaches, asked in one go.

use std::collections::HashSet;

use domain::{access::Scope, record::RecordKind};
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use crate::{
    account, advocate, contact, content, error::StorageError, opportunity, record::Source, user,
};

/// Ids in one statement.
const BATCH: usize = 10_000;

/// Those of the records that are there and in reach. Content and colleagues have no holder: they
/// are reached with everything only. Of a kind without a list, none are.
pub async fn among(
    source: &impl Source,
    kind: RecordKind,
    scope: &Scope,
    restricted_visible: bool,
    ids: &[Uuid],
) -> Result<HashSet<Uuid>, StorageError> {
    let mut found = HashSet::new();
    macro_rules! read {
        ($of:ident, $reach:expr, $batch:expr) => {
            $of::entity::Entity::find()
                .select_only()
                .column($of::entity::Column::Id)
                .filter($of::entity::Column::Id.is_in($batch.iter().copied()))
                .filter($reach)
                .into_tuple::<Uuid>()
                .all(source.connection())
                .await?
        };
    }
    for batch in ids.chunks(BATCH) {
        found.extend(match kind {
            RecordKind::Account => read!(account, account::in_scope(scope), batch),
            RecordKind::Contact => read!(contact, contact::in_scope(scope), batch),
            RecordKind::Opportunity => read!(opportunity, opportunity::in_scope(scope), batch),
            RecordKind::Advocate => {
                read!(
                    advocate,
                    advocate::in_scope(scope, restricted_visible),
                    batch
                )
            }
            RecordKind::Content if *scope == Scope::Everything => {
                read!(content, sea_orm::Condition::all(), batch)
            }
            RecordKind::User if *scope == Scope::Everything => {
                read!(user, sea_orm::Condition::all(), batch)
            }
            _ => Vec::new(),
        });
    }
    Ok(found)
}
