//! How past asks went, step by step: what forecasts and the honest odds go by.

use domain::{
    activity::Activity,
    id::{RequestId, ShareId},
    request::RequestStatus,
    time::Timestamp,
};

use crate::{error::StorageError, packed, record::Source};

/// How far a candidate of a past ask came; a request without candidates is one row without stamps.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct PastStep {
    pub request_id: RequestId,
    #[serde(deserialize_with = "packed::instant")]
    pub requested_at: Timestamp,
    pub status: RequestStatus,
    #[serde(deserialize_with = "packed::maybe_instant")]
    pub owner_asked_at: Option<Timestamp>,
    #[serde(deserialize_with = "packed::maybe_instant")]
    pub advocate_asked_at: Option<Timestamp>,
    #[serde(deserialize_with = "packed::maybe_instant")]
    pub accepted_at: Option<Timestamp>,
    /// Content answered the ask in place of a customer.
    pub share_id: Option<ShareId>,
}

/// How asks for an activity, or for all, went since an instant, the newest first; the rows of one ask
/// stand together.
pub async fn past_steps(
    source: &impl Source,
    activity: Option<Activity>,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<PastStep>, StorageError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values = vec![since.into(), limit.into()];
    let of_activity = match activity {
        Some(activity) => {
            values.push(activity.into());
            "and activity = $3"
        }
        None => "",
    };
    packed::all(source, "candidates", &past(of_activity), values).await
}

/// The newest asks come first, as their index has them: no more candidates are read than are answered.
fn past(of_activity: &str) -> String {
    format!(
        "
select cast(ROWS(ROW(
  ID(request_id), requested_at, status, owner_asked_at, advocate_asked_at, accepted_at,
  case when share_id is null then null else ID(share_id) end
)) as text) as packed
from (
  select newest.id as request_id, newest.created_at as requested_at, newest.status as status,
    candidates.owner_asked_at as owner_asked_at, candidates.advocate_asked_at as advocate_asked_at,
    candidates.accepted_at as accepted_at, newest.share_id as share_id
  from (
    select id, created_at, status, share_id
    from requests
    where created_at >= $1 and status <> 'draft' {of_activity}
    order by created_at desc, id desc
    limit $2
  ) newest
  left join candidates on candidates.request_id = newest.id
  order by newest.created_at desc, newest.id desc, candidates.id
  limit $2
) steps"
    )
}
