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

const PAST_STEPS: &str = "
select cast(ROWS(ROW(
  ID(request_id), requested_at, status, owner_asked_at, advocate_asked_at, accepted_at,
  case when share_id is null then null else ID(share_id) end
)) as text) as packed
from (
  select requests.id as request_id, requests.created_at as requested_at, requests.status as status,
    candidates.owner_asked_at as owner_asked_at, candidates.advocate_asked_at as advocate_asked_at,
    candidates.accepted_at as accepted_at, requests.share_id as share_id
  from requests
  left join candidates on candidates.request_id = requests.id
  where requests.created_at >= $1 and requests.status <> 'draft'
    and requests.activity = coalesce($3, requests.activity)
  order by requests.created_at desc, requests.id, candidates.id
  limit $2
) steps";

/// How asks for an activity, or for all, went since an instant, the newest first; the rows of one ask
/// stand together.
pub async fn past_steps(
    source: &impl Source,
    activity: Option<Activity>,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<PastStep>, StorageError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    packed::all(
        source,
        "candidates",
        PAST_STEPS,
        vec![since.into(), limit.into(), activity.into()],
    )
    .await
}
