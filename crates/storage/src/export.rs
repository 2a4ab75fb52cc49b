//! Which rows an export holds, decided once before its first row is written.

use domain::{access::Scope, id::FacetId, record::RecordKind};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    content::Sight,
    error::StorageError,
    record::{self, Source},
};

/// What narrows an export beside the kind.
#[derive(Clone, Debug)]
pub struct Reach {
    pub scope: Scope,
    /// Whether private and blackout profiles are in it.
    pub restricted: bool,
    /// Which content is in it.
    pub content: Sight,
}

#[derive(FromQueryResult)]
struct IdOnly {
    id: Uuid,
}

const ACCOUNTS: &str = "
select accounts.id as id
from accounts
where OWNER
order by accounts.name_folded, accounts.id";
const CONTACTS: &str = "
select contacts.id as id
from contacts
left join accounts on accounts.id = contacts.account_id
where OWNER
order by contacts.name_folded, contacts.id";
const USERS: &str = "select users.id as id from users order by users.name_folded, users.id";
const OPPORTUNITIES: &str = "
select opportunities.id as id
from opportunities
where OWNER
order by opportunities.name_folded, opportunities.id";
const ADVOCATES: &str = "
select advocates.id as id
from advocates
join contacts on contacts.id = advocates.contact_id
left join accounts on accounts.id = contacts.account_id
where OWNER and NARROWED
order by advocates.created_at, advocates.id";
const CONTENT: &str = "
select content.id as id
from content
left join accounts on accounts.id = content.account_id
where OWNER and NARROWED
order by content.title_folded, content.id";
const USES: &str = "
select uses.id as id
from uses
join accounts on accounts.id = uses.account_id
where OWNER
order by uses.used_on, uses.id";
const TERMS: &str = "
select terms.id as id
from terms
join facets on facets.id = terms.facet_id
where terms.merged_into_id is null
order by facets.position, terms.rank, terms.name_folded, terms.id";

/// The ids of every record of a kind in reach, in the order in which people read them.
///
/// # Errors
/// [`StorageError::BadRow`] for a kind that is not exported.
pub async fn ids(
    source: &impl Source,
    kind: RecordKind,
    reach: &Reach,
) -> Result<Vec<Uuid>, StorageError> {
    let (sql, owner) = match kind {
        RecordKind::Account => (ACCOUNTS, "accounts.owner_id"),
        RecordKind::Contact => (CONTACTS, "accounts.owner_id"),
        RecordKind::User => (USERS, ""),
        RecordKind::Opportunity => (OPPORTUNITIES, "opportunities.owner_id"),
        RecordKind::Advocate => (ADVOCATES, "accounts.owner_id"),
        RecordKind::Content => (CONTENT, "accounts.owner_id"),
        RecordKind::Use => (USES, "accounts.owner_id"),
        RecordKind::Term => (TERMS, ""),
        other => {
            return Err(StorageError::BadRow {
                table: "exports",
                problem: format!("records of the kind {other} are not exported"),
            });
        }
    };
    let mut values: Vec<Value> = Vec::new();
    let owned = match &reach.scope {
        Scope::Everything => "1 = 1".to_owned(),
        // Users and terms have no owner: whoever may export them, exports them all.
        Scope::Own(people) if !people.is_empty() && !owner.is_empty() => {
            values.extend(people.iter().map(|person| (*person).into()));
            format!("{owner} in ({})", record::places(people.len()))
        }
        Scope::Own(_) | Scope::Nothing => "1 = 0".to_owned(),
    };
    let narrowed = match (kind, reach.content) {
        (RecordKind::Advocate, _) if !reach.restricted => {
            values.push(false.into());
            format!("advocates.is_restricted = ${}", values.len())
        }
        (RecordKind::Content, Sight::UsableOn(today)) => {
            values.push(today.into());
            let day = values.len();
            format!(
                "content.status = 'approved'
    and (content.embargo_until is null or content.embargo_until <= ${day})
    and (content.expires_on is null or content.expires_on >= ${day})"
            )
        }
        (_, _) => "1 = 1".to_owned(),
    };
    let sql = sql.replace("OWNER", &owned).replace("NARROWED", &narrowed);
    let rows: Vec<IdOnly> = record::all(source, &sql, values).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(FromQueryResult)]
struct FacetOnly {
    facet_id: FacetId,
}

const FACETS_IN_USE: &str = "
select distinct facet_id
from tags
where record_kind = $1
order by facet_id";

/// The facets that records of a kind carry values of.
pub async fn facets_in_use(
    source: &impl Source,
    kind: RecordKind,
) -> Result<Vec<FacetId>, StorageError> {
    let rows: Vec<FacetOnly> =
        record::all(source, FACETS_IN_USE, vec![kind.as_str().into()]).await?;
    Ok(rows.into_iter().map(|row| row.facet_id).collect())
}
