//! Which other deals a group call serves, as far as the reader may know them.

use std::collections::HashMap;

use domain::id::{AccountId, CandidateId, OpportunityId, RequestId};
use serde::Serialize;
use storage::{account::Account, candidate::Candidate, opportunity::Opportunity, request::Request};

use super::carries;
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
};

/// A deal that the same call serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CallDeal {
    pub request_id: RequestId,
    /// The deal; null for a request without one.
    pub name: Option<String>,
}

/// One use that serves several deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = GroupCall)]
pub struct CallView {
    /// Deals that it serves, this one among them.
    pub serves: usize,
    /// Whether its time is arranged here; on the others it follows.
    pub is_arranged_here: bool,
    /// The other deals, as far as the reader may see them.
    pub others: Vec<CallDeal>,
}

/// What the views of group calls are made from.
#[derive(Default)]
pub(in crate::request) struct Calls {
    rows: Vec<Candidate>,
    requests: HashMap<RequestId, Request>,
    deals: HashMap<OpportunityId, Opportunity>,
    accounts: HashMap<AccountId, Account>,
}

/// Reads these calls in a fixed number of queries.
pub(in crate::request) async fn load(app: &App, calls: Vec<CandidateId>) -> Result<Calls, Error> {
    let store = &app.store;
    if calls.is_empty() {
        return Ok(Calls::default());
    }
    let rows = storage::candidate::of_calls(store, calls).await?;
    let ids = rows.iter().map(|row| row.request_id).collect();
    let requests = storage::request::by_ids(store, ids).await?;
    let deals = requests.values().filter_map(|row| row.opportunity_id);
    let deals = storage::opportunity::by_ids(store, deals.collect()).await?;
    let accounts = deals.values().filter_map(|deal| deal.account_id).collect();
    Ok(Calls {
        accounts: storage::account::by_ids(store, accounts).await?,
        rows,
        requests,
        deals,
    })
}

impl Calls {
    /// Who else is served with this candidate.
    fn others(&self, row: &Candidate) -> impl Iterator<Item = &Candidate> {
        let (id, call) = (row.id, row.call_id);
        self.rows.iter().filter(move |other| {
            call.is_some()
                && other.call_id == call
                && other.id != id
                && other.state.reveals_contact()
        })
    }

    pub(super) fn companies(&self, row: &Candidate) -> impl Iterator<Item = String> {
        self.others(row).filter_map(|other| {
            let request = self.requests.get(&other.request_id)?;
            let deal = self.deals.get(&request.opportunity_id?)?;
            let account = deal.account_id.and_then(|id| self.accounts.get(&id));
            account
                .map(|account| account.name.clone())
                .or_else(|| deal.account_written.clone())
        })
    }

    pub(in crate::request) fn is_arranged_here(&self, row: &Candidate) -> bool {
        let others: Vec<Candidate> = self.others(row).cloned().collect();
        carries(row, &others)
    }
}

pub(in crate::request) fn view(actor: &Actor, calls: &Calls, row: &Candidate) -> Option<CallView> {
    row.call_id?;
    let reads = policy::scope(actor, Permission::RequestRead);
    let others = calls.others(row).filter_map(|other| {
        let request = calls.requests.get(&other.request_id)?;
        let deal = request.opportunity_id.and_then(|id| calls.deals.get(&id));
        reads.reaches(Some(request.requester_id)).then(|| CallDeal {
            request_id: request.id,
            name: deal.map(|deal| deal.name.clone()),
        })
    });
    Some(CallView {
        serves: calls.others(row).count() + 1,
        is_arranged_here: calls.is_arranged_here(row),
        others: others.collect(),
    })
}
