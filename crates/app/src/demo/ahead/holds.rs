//! Uses that the demo seller holds for deals in the forecast, put by through the command that people use.

use domain::{activity::Activity, advocate::AdvocateStatus, id::AdvocateId};

use super::super::{in_flight::industry_of, requests::World};
use crate::{
    App,
    actor::Actor,
    error::Error,
    request::hold::{self, PutBy},
};

/// Deals that somebody is held for.
const DEALS: usize = 3;
/// Days between the use and the close that it is for.
const DAYS_BEFORE_CLOSE: i64 = 5;
/// Customers who are tried for one deal; a refusal is an answer, and the next one is tried.
const TRIED_MAX: usize = 8;

pub(super) async fn put_by(app: &App, world: &World<'_>) -> Result<(), Error> {
    let today = world.calendar.today;
    let first = world.staff.sellers.first();
    let Some(seller) = first.and_then(|place| world.staff.users.get(*place)) else {
        return Ok(());
    };
    let seller = Actor::of_user(&app.store, seller, today).await?;
    let mut held = 0;
    // Those that close last: there is time to ask for the others.
    for place in world.pipeline.showcase.iter().rev() {
        if held == DEALS {
            break;
        }
        let deal = &world.pipeline.deals[*place];
        let Some(close_on) = deal.close_on else {
            continue;
        };
        for advocate_id in fitting(world, *place).take(TRIED_MAX) {
            let ask = PutBy {
                opportunity_id: deal.id,
                advocate_id,
                activity: Activity::ReferenceCall,
                planned_on: close_on.plus_days(-DAYS_BEFORE_CLOSE),
                expires_on: None,
            };
            match hold::put_by(app, &seller, ask, None).await {
                Ok(_) => {
                    held += 1;
                    break;
                }
                Err(error @ Error::Storage(_)) => return Err(error),
                Err(_) => {}
            }
        }
    }
    Ok(())
}

/// Advocates of the industry that the deal is in.
fn fitting<'a>(world: &'a World<'_>, place: usize) -> impl Iterator<Item = AdvocateId> + 'a {
    let wanted = industry_of(world, place);
    let pool = world.pool.advocates.iter().zip(&world.pool.profiles);
    pool.filter(move |(row, profile)| {
        let industry = world.market.sites[profile.account].industry;
        row.status == AdvocateStatus::Active && industry.name == wanted
    })
    .map(|(row, _)| row.id)
}
