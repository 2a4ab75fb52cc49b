//! Which deals may ask for an activity, and who may set that aside with a reason.

use domain::{
    activity::Activity,
    gate::{self, Closed, DealFacts},
    money::Money,
    opportunity::DealStage,
    protection::Rules,
    record::{Action, RecordKind},
};
use serde_json::json;
use storage::{NewEvent, Source, opportunity::Opportunity, request::Request};

use super::owner;
use crate::{
    actor::Actor,
    error::Error,
    plan::assume::{Exchange, PlanAssumptions},
    policy::{self, Permission},
    setting,
};

/// The gates that the deal has not passed, in words; none where nothing is asked on a deal.
pub(super) async fn closed(
    source: &impl Source,
    rules: &Rules,
    activity: Activity,
    deal: Option<&Opportunity>,
) -> Result<Vec<String>, Error> {
    let Some(deal) = deal else {
        return Ok(Vec::new());
    };
    let base = setting::read::<setting::Program>(source)
        .await?
        .value
        .currency;
    let assumptions = setting::read::<PlanAssumptions>(source).await?.value;
    let exchange = Exchange::new(base, &assumptions);
    let amount = deal
        .amount()
        .and_then(|amount| exchange.convert(amount.minor, amount.currency))
        .and_then(|minor| i64::try_from(minor).ok());
    let facts = DealFacts {
        stage: deal.stage,
        amount_minor: amount,
        is_budget_confirmed: deal.is_budget_confirmed,
    };
    let minor_per_unit = 10_i64.pow(base.digits());
    let words = |closed: Closed| match closed {
        Closed::Stage(needs) => stage_words(needs, deal.stage),
        Closed::Budget => {
            "This activity is for deals whose budget is confirmed. Nobody has said so of this one."
                .to_owned()
        }
        Closed::Amount(needs) => {
            let least = Money {
                minor: needs.saturating_mul(minor_per_unit),
                currency: base,
            };
            let is = match amount {
                Some(_) => "This one is smaller.",
                None => "The amount of this one is not known.",
            };
            format!("This activity is for deals of at least {least}. {is}")
        }
    };
    let rules = rules.activities.of(activity);
    Ok(gate::closed(rules, facts, minor_per_unit)
        .into_iter()
        .map(words)
        .collect())
}

fn stage_words(needs: DealStage, stage: Option<DealStage>) -> String {
    let needs = match needs {
        DealStage::Early => "in a known stage",
        DealStage::Middle => "in the middle stage or later",
        DealStage::Late => "in the late stage",
    };
    let is = match stage {
        Some(DealStage::Early) => "This one is in the early stage.",
        Some(DealStage::Middle) => "This one is in the middle stage.",
        Some(DealStage::Late) => "This one is in the late stage.",
        None => "The stage of this one is not known.",
    };
    format!("This activity is for deals {needs}. {is}")
}

/// The reason for which closed gates are set aside; refused without one, and to everybody but the
/// program role. Where every gate is open there is nothing to set aside.
pub(super) fn set_aside(
    actor: &Actor,
    closed: &[String],
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    if closed.is_empty() {
        return Ok(None);
    }
    match owner::overridden(actor, reason)? {
        Some(reason) => Ok(Some(reason)),
        None => Err(Error::GateClosed {
            why: closed.join(" "),
            may_override: policy::may(actor, Permission::Override),
        }),
    }
}

/// The event that puts it on the list for review.
pub(super) fn overridden(request: &Request, reason: &str, closed: &[String]) -> NewEvent {
    let event = NewEvent::new(Action::Overridden, RecordKind::Request, request.id)
        .detail(json!({ "reason": reason, "rules": closed }));
    match request.opportunity_id {
        Some(deal) => event.link(RecordKind::Opportunity, deal),
        None => event,
    }
}
