//! The rows that the promises are read off.

use domain::{access::Scope, id::AccountId};
use storage::{
    candidate::Candidate,
    hold::Hold,
    page::Page,
    reference_use::ReferenceUse,
    request::{self, Request},
};
use testkit::{build::id, day};

use crate::{
    ahead,
    world::{CUSTOMERS, World},
};

/// All requests and candidates there are.
pub async fn rows(world: &World) -> (Vec<Request>, Vec<Candidate>) {
    let store = &world.test.db.store;
    let page = Page {
        limit: 10_000,
        after: None,
    };
    let requests = request::list(
        store,
        &Scope::Everything,
        &request::Filter::default(),
        &page,
    )
    .await
    .expect("the requests")
    .items;
    let ids = requests.iter().map(|row| row.id).collect();
    let by_request = storage::candidate::of_requests(store, ids)
        .await
        .expect("the candidates");
    let mut candidates: Vec<Candidate> = by_request.into_values().flatten().collect();
    candidates.sort_by_key(|row| row.id);
    (requests, candidates)
}

/// All rows of one moment.
pub struct Moment {
    pub requests: Vec<Request>,
    pub candidates: Vec<Candidate>,
    pub uses: Vec<ReferenceUse>,
    pub holds: Vec<Hold>,
}

impl Moment {
    /// What was cut off while it committed may come through between two
    /// readings, and every commit moves the log.
    pub async fn read(world: &World) -> Self {
        let store = &world.test.db.store;
        let head = async || storage::log::head(store).await.expect("the head");
        loop {
            let before = head().await;
            let (requests, candidates) = rows(world).await;
            let holds = ahead::open(world).await;
            let accounts = (1..=CUSTOMERS).map(id::<AccountId>).collect();
            let uses =
                storage::reference_use::of_accounts_since(store, accounts, day("2020-01-01"))
                    .await
                    .expect("the uses");
            if head().await == before {
                return Self {
                    requests,
                    candidates,
                    uses,
                    holds,
                };
            }
        }
    }
}
