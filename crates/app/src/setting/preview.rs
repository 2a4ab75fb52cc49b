//! What rules would have stopped in the last quarter: the uses of it, judged again one by one as on
//! their day.
//!
//! Refuses to judge consent, locks and conflicts, which no rule here decides.

use std::collections::HashSet;

use domain::{
    activity::Activity,
    id::AdvocateId,
    protection::{self, Ask, Member, QUARTER_DAYS, Refusal, Rules},
    time::Day,
};
use serde::Serialize;
use storage::projection::Taken;

use super::{Setting, read};
use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    member, people,
    policy::{self, Permission},
    request::sentence,
};

/// Uses that a preview names.
const ROWS: usize = 50;
/// Customers that are looked at.
const ACCOUNTS_MAX: u64 = 2_000;

/// A use that the rules would have stopped.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StoppedUse {
    pub advocate_id: AdvocateId,
    pub display_name: String,
    pub account: Option<AccountRef>,
    pub activity: Activity,
    pub used_on: Day,
    /// The first rule in the way, in words.
    pub why: String,
    /// The rules of today would have stopped it too.
    pub stopped_now: bool,
}

/// Rules held against the uses of the last 91 days.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProtectionPreview {
    /// Uses of the last 91 days; those of 2,000 customers at most.
    pub uses: usize,
    /// Those of them that these rules would have stopped.
    pub stopped: usize,
    /// Those of them that the rules of today would have stopped: overrides, and uses that were logged
    /// afterwards.
    pub stopped_now: usize,
    /// 50 at most, the latest first.
    pub rows: Vec<StoppedUse>,
}

/// Tries rules on the last quarter; changes nothing.
pub async fn preview(app: &App, actor: &Actor, rules: Rules) -> Result<ProtectionPreview, Error> {
    policy::require(actor, Permission::SettingEdit)?;
    let problems = rules.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let today = app.clock.today();
    let since = today.plus_days(1 - QUARTER_DAYS);
    let accounts = storage::reference_use::accounts_since(&app.store, since, ACCOUNTS_MAX).await?;
    let from = today.plus_days(-member::USES_SINCE_DAYS);
    let people = storage::projection::load_accounts(&app.store, &accounts, from).await?;
    let members = member::members(&people);
    let now = read::<Rules>(&app.store).await?.value;
    let mut uses: Vec<&Taken> = people.uses.iter().filter(|row| row.day >= since).collect();
    uses.sort_by_key(|row| (row.day, row.advocate_id));
    let mut calls = HashSet::new();
    uses.retain(|row| row.candidate_id.is_none_or(|call| calls.insert(call)));
    uses.reverse();
    let judged: Vec<(&Taken, Option<Refusal>, Option<Refusal>)> = uses
        .iter()
        .filter_map(|row| {
            let before = as_on_its_day(members.get(&row.advocate_id)?, row);
            let by = |rules| first_in_the_way(rules, &before, row);
            Some((*row, by(&rules), by(&now)))
        })
        .collect();
    let stopped: Vec<_> = judged
        .iter()
        .filter_map(|(row, tried, now)| Some((*row, (*tried)?, now.is_some())))
        .collect();
    let shown = stopped.iter().take(ROWS).map(|(row, ..)| row.advocate_id);
    let named = people::load(app, actor, shown.collect()).await?;
    let rows = stopped
        .iter()
        .take(ROWS)
        .filter_map(|(row, why, stopped_now)| {
            let person = named.get(&row.advocate_id)?;
            Some(StoppedUse {
                advocate_id: row.advocate_id,
                display_name: person.display_name(),
                account: person.account_ref(),
                activity: row.activity,
                used_on: row.day,
                why: sentence(*why),
                stopped_now: *stopped_now,
            })
        });
    Ok(ProtectionPreview {
        uses: judged.len(),
        stopped: stopped.len(),
        stopped_now: judged.iter().filter(|(.., now)| now.is_some()).count(),
        rows: rows.collect(),
    })
}

/// What was known of the customer when the use was planned: what had taken place until then, without
/// the use itself.
fn as_on_its_day(member: &Member, row: &Taken) -> Member {
    let mut before = member.clone();
    before
        .occupied
        .retain(|entry| !entry.reserved && entry.day <= row.day);
    let own = before.occupied.iter().position(|entry| {
        entry.day == row.day && entry.activity == row.activity && entry.advocate == row.advocate_id
    });
    if let Some(own) = own {
        before.occupied.swap_remove(own);
    }
    before
}

/// The first cap or rest in the way; what else is in it is nobody's to set here.
fn first_in_the_way(rules: &Rules, member: &Member, row: &Taken) -> Option<Refusal> {
    let ask = Ask {
        activity: row.activity,
        day: row.day,
        today: row.day,
        prospect: None,
        except: None,
    };
    protection::check(rules, member, &ask)
        .refusals
        .into_iter()
        .find(|refusal| refusal.passes_with_time() && !matches!(refusal, Refusal::OwnLimit { .. }))
}
