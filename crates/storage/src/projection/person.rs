//! An advocate whole, as matching and protection read them: what belongs to some thousand advocates comes
//! as one value, for there are many rows to an advocate.

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::{
    advocate::AdvocateStatus,
    consent::Consent,
    id::{AccountId, AdvocateId, ContactId, TermId},
    protection::Willingness,
    time::Day,
};
use sea_orm::{FromQueryResult, sea_query::Value};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    error::StorageError,
    packed,
    record::{self, Source},
};

/// An advocate with the account they speak for, in the order of the columns of [`WHOLE`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Person {
    pub id: AdvocateId,
    pub contact_id: ContactId,
    pub account_id: AccountId,
    pub status: AdvocateStatus,
    pub headline: Option<String>,
    pub story: Option<String>,
    pub limit_per_year: Option<i64>,
    pub limit_per_quarter: Option<i64>,
    #[serde(deserialize_with = "packed::one_or_zero")]
    pub is_restricted: bool,
    pub verified_on: Option<Day>,
    /// The first day on which they do not work for the account any more.
    pub left_on: Option<Day>,
    #[serde(deserialize_with = "packed::list")]
    pub willing: Vec<Willingness>,
    /// Statements, in their order.
    #[serde(deserialize_with = "packed::list")]
    pub outcomes: Vec<String>,
    /// Their consent record, oldest entry first.
    #[serde(deserialize_with = "packed::list")]
    pub consents: Vec<Consent>,
    #[serde(deserialize_with = "packed::list")]
    pub no_go: Vec<AccountId>,
    /// What they, their contact and their account hold.
    #[serde(deserialize_with = "packed::list")]
    pub terms: Vec<TermId>,
}

impl Person {
    /// What they are on a day: whoever left the company speaks for it no more than one who retired.
    pub fn status_on(&self, day: Day) -> AdvocateStatus {
        if self.left_on.is_some_and(|left| left <= day) {
            AdvocateStatus::Retired
        } else {
            self.status
        }
    }
}

const WHOLE: &str = "
select cast(ROWS(ROW(
  ID(advocates.id), ID(advocates.contact_id), ID(contacts.account_id), advocates.status,
  advocates.headline, advocates.story, advocates.limit_per_year, advocates.limit_per_quarter,
  case when advocates.is_restricted then 1 else 0 end, advocates.verified_on, contacts.left_on,
  (select ROWS(ROW(activity, limit_per_year) order by activity) from advocate_activities
    where advocate_id = advocates.id),
  (select ROWS(statement order by position) from outcomes where advocate_id = advocates.id),
  (select ROWS(ROW(kind, activity, valid_from, valid_until) order by id) from consents
    where advocate_id = advocates.id and use_channel is null and region_id is null),
  (select ROWS(ID(account_id)) from no_go_accounts where advocate_id = advocates.id),
  (select ROWS(ID(term_id)) from tags where term_id is not null and (
    (record_kind = 'advocate' and record_id = advocates.id)
    or (record_kind = 'contact' and record_id = advocates.contact_id)
    or (record_kind = 'account' and record_id = contacts.account_id)))
)) as text) as packed
from advocates
join contacts on contacts.id = advocates.contact_id
where contacts.account_id is not null and ";

async fn whole(
    source: &impl Source,
    which: &str,
    values: Vec<Value>,
) -> Result<Vec<Person>, StorageError> {
    packed::all(source, "advocates", &format!("{WHOLE}{which}"), values).await
}

/// The advocates of some accounts; at most some thousand accounts.
pub(super) async fn of_accounts(
    source: &impl Source,
    accounts: &[AccountId],
) -> Result<Vec<Person>, StorageError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let which = format!(
        "contacts.account_id in ({})",
        record::places(accounts.len())
    );
    let values = accounts.iter().map(|id| (*id).into()).collect();
    whole(source, &which, values).await
}

/// Every so many advocates the id of one.
const BOUNDS: &str = "
select id
from (select id, row_number() over (order by id) as number from advocates) numbered
where number % 2048 = 0
order by id";

#[derive(FromQueryResult)]
struct Bound {
    id: Uuid,
}

/// All advocates in pages, which any number of readers take one after the other.
pub(super) struct Pages {
    bounds: Vec<Uuid>,
    next: AtomicUsize,
}

impl Pages {
    pub(super) async fn of(source: &impl Source) -> Result<Self, StorageError> {
        let found: Vec<Bound> = record::all(source, BOUNDS, vec![]).await?;
        let mut bounds = vec![Uuid::nil()];
        bounds.extend(found.into_iter().map(|bound| bound.id));
        bounds.push(Uuid::max());
        let next = AtomicUsize::new(0);
        Ok(Self { bounds, next })
    }

    /// The pages that nobody else takes.
    pub(super) async fn read(&self, source: &impl Source) -> Result<Vec<Person>, StorageError> {
        let mut people = Vec::new();
        loop {
            let page = self.next.fetch_add(1, Ordering::Relaxed);
            let Some([after, until]) = self.bounds.get(page..page + 2) else {
                return Ok(people);
            };
            let values = vec![(*after).into(), (*until).into()];
            let which = "advocates.id > $1 and advocates.id <= $2";
            people.extend(whole(source, which, values).await?);
        }
    }
}
