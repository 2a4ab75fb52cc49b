//! What each active advocate gives and is asked for: the numbers behind the load report.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::{CandidateState, DeclinedBy},
    id::{AdvocateId, CandidateId, OpportunityId, RequestId, UserId},
    time::{Day, Timestamp},
};
use sea_orm::{FromQueryResult, Value};

use crate::{
    error::StorageError,
    record::{self, Source},
    reference_use::took_place_sql,
};

/// One active advocate.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Burden {
    pub advocate_id: AdvocateId,
    /// The advocate's own limits, stricter than the program's or not.
    pub limit_per_year: Option<i64>,
    pub limit_per_quarter: Option<i64>,
    pub joined_at: Timestamp,
    /// Uses in the last 365 days, in the program's window and in the last 91 days.
    pub uses_year: i64,
    pub uses_window: i64,
    pub uses_quarter: i64,
    pub last_used: Option<Day>,
    /// When somebody last asked for them, whatever came of it.
    pub last_asked: Option<Timestamp>,
}

/// Which days uses are counted back to; a use on the day itself is not in the window.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    pub today: Day,
    pub year_ago: Day,
    pub window_ago: Day,
    pub quarter_ago: Day,
}

const BURDENS: &str = concat!(
    "
select advocates.id as advocate_id, advocates.limit_per_year as limit_per_year,
  advocates.limit_per_quarter as limit_per_quarter, advocates.created_at as joined_at,
  coalesce(used.year, 0) as uses_year, coalesce(used.in_window, 0) as uses_window,
  coalesce(used.quarter, 0) as uses_quarter, used.last_used as last_used, asked.last_asked as last_asked
from advocates
join contacts on contacts.id = advocates.contact_id
left join accounts on accounts.id = contacts.account_id
left join (
  select advocate_id,
    cast(count(distinct coalesce(call_id, id)) filter (where used_on > $1) as bigint) as year,
    cast(count(distinct coalesce(call_id, id)) filter (where used_on > $2) as bigint) as in_window,
    cast(count(distinct coalesce(call_id, id)) filter (where used_on > $3) as bigint) as quarter,
    max(used_on) as last_used
  from uses
  where used_on <= $4 and ",
    took_place_sql!(),
    "
  group by advocate_id
) used on used.advocate_id = advocates.id
left join (
  select advocate_id, max(coalesce(owner_asked_at, advocate_asked_at, accepted_at)) as last_asked
  from candidates
  where coalesce(owner_asked_at, advocate_asked_at, accepted_at) is not null
  group by advocate_id
) asked on asked.advocate_id = advocates.id
where advocates.status = 'active' and OWNER
order by advocates.id"
);

/// Every active advocate in reach. One statement whatever their number.
pub async fn burdens(
    source: &impl Source,
    scope: &Scope,
    windows: Windows,
) -> Result<Vec<Burden>, StorageError> {
    let mut values: Vec<Value> = vec![
        windows.year_ago.into(),
        windows.window_ago.into(),
        windows.quarter_ago.into(),
        windows.today.into(),
    ];
    let sql = BURDENS.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}

/// The condition that the account's owner is in a scope; adds its values.
pub(crate) fn owned(scope: &Scope, values: &mut Vec<Value>) -> String {
    match scope {
        Scope::Everything => "1 = 1".to_owned(),
        Scope::Own(people) if !people.is_empty() => {
            let places: Vec<String> = people
                .iter()
                .map(|person| {
                    values.push((*person).into());
                    format!("${}", values.len())
                })
                .collect();
            format!("accounts.owner_id in ({})", places.join(", "))
        }
        Scope::Own(_) | Scope::Nothing => "1 = 0".to_owned(),
    }
}

/// What came of an ask that reached the advocate.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Answer {
    pub advocate_id: AdvocateId,
    pub state: CandidateState,
    pub declined_by: Option<DeclinedBy>,
    pub advocate_asked_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

const ANSWERS: &str = "
select candidates.advocate_id as advocate_id, candidates.state as state,
  candidates.declined_by as declined_by, candidates.advocate_asked_at as advocate_asked_at,
  candidates.accepted_at as accepted_at, candidates.closed_at as closed_at
from candidates
join advocates on advocates.id = candidates.advocate_id
left join accounts on accounts.id = candidates.account_id
where advocates.status = 'active' and candidates.advocate_asked_at >= $1 and OWNER
order by candidates.advocate_id, candidates.advocate_asked_at, candidates.id";

/// Asks that reached active advocates since an instant, by advocate and oldest first.
pub async fn answers(
    source: &impl Source,
    scope: &Scope,
    since: Timestamp,
) -> Result<Vec<Answer>, StorageError> {
    let mut values: Vec<Value> = vec![since.into()];
    let sql = ANSWERS.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}

/// A grade that an advocate gave a use.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Grade {
    pub advocate_id: AdvocateId,
    /// From 1 to 5.
    pub grade: i64,
}

const GRADES: &str = concat!(
    "
select uses.advocate_id as advocate_id, uses.grade_advocate as grade
from uses
join advocates on advocates.id = uses.advocate_id
left join accounts on accounts.id = uses.account_id
where advocates.status = 'active' and uses.grade_advocate is not null and uses.used_on > $1
  and ",
    took_place_sql!(),
    " and OWNER
order by uses.advocate_id, uses.used_on, uses.id"
);

/// Grades that active advocates gave since a day, by advocate and oldest first.
pub async fn grades(
    source: &impl Source,
    scope: &Scope,
    since: Day,
) -> Result<Vec<Grade>, StorageError> {
    let mut values: Vec<Value> = vec![since.into()];
    let sql = GRADES.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}

/// A time that somebody went past a rule: protection for a candidate, or a gate for a whole request.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Override {
    /// Absent for a gate, like the advocate.
    pub candidate_id: Option<CandidateId>,
    pub request_id: RequestId,
    pub opportunity_id: Option<OpportunityId>,
    pub advocate_id: Option<AdvocateId>,
    pub activity: Activity,
    pub planned_on: Day,
    /// Absent once somebody involved was erased.
    pub reason: Option<String>,
    pub at: Timestamp,
    /// Absent for the person at the machine's command line.
    pub by: Option<UserId>,
}

const OVERRIDES: &str = "
select candidates.id as candidate_id, requests.id as request_id,
  requests.opportunity_id as opportunity_id, candidates.advocate_id as advocate_id,
  coalesce(candidates.activity, requests.activity) as activity,
  coalesce(candidates.planned_on, requests.need_by) as planned_on,
  case when candidates.id is null then requests.override_reason else candidates.override_reason end as reason,
  events.at as at, events.actor_id as by
from events
left join candidates on events.record_kind = 'candidate' and candidates.id = events.record_id
join requests on requests.id = coalesce(candidates.request_id, events.record_id)
left join accounts on accounts.id = candidates.account_id
where events.action = 'overridden' and events.at >= $1 and events.at < $2 and OWNER
order by events.position desc
limit 500";

/// Overrides from an instant to another, latest first, at most 500.
pub async fn overrides(
    source: &impl Source,
    scope: &Scope,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Override>, StorageError> {
    let mut values: Vec<Value> = vec![from.into(), to.into()];
    let sql = OVERRIDES.replace("OWNER", &owned(scope, &mut values));
    record::all(source, &sql, values).await
}
