//! The match workbench of the program team: one need, the ranking with weights tried on the spot, what
//! limits still leave, and who is not among the matches and why.
//!
//! For those who propose candidates only: the reasons name rules, caps and locks that other roles do
//! not see. Writes nothing; a need that finds nobody is not kept as unmet demand here.

use std::collections::BTreeMap;

use domain::{
    id::{OpportunityId, RequestId},
    protection::{Conflict, Refusal, Verdict},
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Excluded, Query};
use serde::{Deserialize, Serialize};

use super::{
    FindReferences, MatchAnswer, Prepared, answer, card, deal_of, page, prepare,
    weights::{MatchWeights, WEIGHT_MAX, WEIGHT_MIN},
};
use crate::{
    App,
    actor::Actor,
    error::{Error, FieldProblem},
    people,
    policy::{self, Permission},
    request,
};

/// Advocates that are explained although they do not match.
const EXCLUDED_MAX: usize = 30;
/// The name under which the weight of the free text is given.
const TEXT: &str = "text";

/// A need on the workbench.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WorkbenchAsk {
    /// What is looked for. With a request, what is absent comes from it.
    pub ask: FindReferences,
    /// The open request to find somebody for; whoever was proposed on it is left out.
    pub request_id: Option<RequestId>,
    /// Weights to try, by the key of the facet, or `text`; each from 1 to 100. Others keep theirs.
    pub weights: BTreeMap<String, u32>,
}

/// How far the rules let an advocate be asked on the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LimitsView {
    /// Uses that all caps and own limits leave on the day, this one included.
    pub uses_left: i64,
    /// The first day without a rule in the way; null where time alone does not help.
    pub next_free: Option<Day>,
    /// The notice is shorter than the rule.
    pub is_rush: bool,
}

impl From<&Verdict> for LimitsView {
    fn from(verdict: &Verdict) -> Self {
        Self {
            uses_left: verdict.uses_left.max(0),
            next_free: verdict.next_free,
            is_rush: verdict.is_rush,
        }
    }
}

/// An advocate who is not among the matches.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ExcludedAdvocate)]
pub struct ExcludedRow {
    #[serde(flatten)]
    pub row: card::MatchRow,
    /// Everything that stands in the way, in words; at least one.
    pub excluded_by: Vec<String>,
}

/// How much a criterion counts on the workbench.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WeighedCriterion {
    /// The key of the facet, or `text`.
    pub key: String,
    pub name: String,
    pub weight: u32,
    /// What it counts by the setting of the program.
    pub standard: u32,
}

/// The answer of the workbench.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Workbench {
    pub answer: MatchAnswer,
    /// The request it is for.
    pub request_id: Option<RequestId>,
    pub opportunity_id: Option<OpportunityId>,
    /// One per criterion, the text last.
    pub weights: Vec<WeighedCriterion>,
    /// By the id of each advocate of the answer's rows.
    pub limits: BTreeMap<String, LimitsView>,
    /// The best of each account among those who do not match, at most 30, what fits best first.
    pub excluded: Vec<ExcludedRow>,
}

/// Ranks a need with the weights that are tried, and explains who is not in the ranking.
pub async fn open(app: &App, actor: &Actor, ask: WorkbenchAsk) -> Result<Workbench, Error> {
    policy::require(actor, Permission::CandidatePropose)?;
    let WorkbenchAsk {
        ask,
        request_id,
        weights,
    } = ask;
    let (deal, ask) = match request_id {
        Some(id) => request::propose::need(app, actor, id, ask).await?,
        None => (deal_of(app, actor, &ask).await?, ask),
    };
    let opportunity_id = deal.as_ref().map(|deal| deal.id);
    let mut prepared = prepare(app, actor, ask, deal).await?;
    weigh(&prepared.now.taxonomy, &mut prepared.query, &weights)?;
    let (now, query) = (&prepared.now, &prepared.query);
    let (found, verdicts, excluded) = now.ask(|index| {
        let found = page::read(index, query)?;
        let rows = found
            .matches
            .rows
            .iter()
            .chain(found.matches.near.iter().map(|near| &near.row));
        let verdicts: Vec<_> = rows
            .filter_map(|row| Some((row.advocate, index.verdict(query, row)?)))
            .collect();
        let excluded = index.excluded(query, EXCLUDED_MAX)?;
        Ok((found, verdicts, excluded))
    })?;
    let excluded = explained(app, actor, &prepared, excluded).await?;
    let weights = weighed(&now.taxonomy, query, &now.weights);
    let answer = answer::build(app, actor, &prepared, found).await?;
    let limits = verdicts.iter();
    Ok(Workbench {
        request_id,
        opportunity_id,
        weights,
        limits: limits
            .map(|(id, verdict)| (id.to_string(), verdict.into()))
            .collect(),
        excluded,
        answer,
    })
}

/// Puts the tried weights in the place of those of the program.
fn weigh(
    taxonomy: &Taxonomy,
    query: &mut Query,
    tried: &BTreeMap<String, u32>,
) -> Result<(), Error> {
    let problem = |(key, weight): (&String, &u32)| {
        let message = if key != TEXT && taxonomy.facet_by_key(key).is_none() {
            "There is no facet with this key. Leave the weight out.".to_owned()
        } else if (WEIGHT_MIN..=WEIGHT_MAX).contains(weight) {
            return None;
        } else {
            format!("A weight must be from {WEIGHT_MIN} to {WEIGHT_MAX}.")
        };
        Some(FieldProblem {
            field: format!("weights.{key}"),
            message,
        })
    };
    let problems: Vec<FieldProblem> = tried.iter().filter_map(problem).take(20).collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    for criterion in &mut query.criteria {
        let key = taxonomy.facet(criterion.facet).map(|facet| &facet.key);
        if let Some(weight) = key.and_then(|key| tried.get(key)) {
            criterion.weight = *weight;
        }
    }
    if let (Some(text), Some(weight)) = (&mut query.text, tried.get(TEXT)) {
        text.weight = *weight;
    }
    Ok(())
}

fn weighed(taxonomy: &Taxonomy, query: &Query, held: &MatchWeights) -> Vec<WeighedCriterion> {
    let facets = query.criteria.iter().filter_map(|criterion| {
        let facet = taxonomy.facet(criterion.facet)?;
        Some(WeighedCriterion {
            key: facet.key.clone(),
            name: facet.name.clone(),
            weight: criterion.weight,
            standard: held.of(&facet.key),
        })
    });
    let text = query.text.iter().map(|text| WeighedCriterion {
        key: TEXT.to_owned(),
        name: "Words in stories".to_owned(),
        weight: text.weight,
        standard: held.text,
    });
    facets.chain(text).collect()
}

async fn explained(
    app: &App,
    actor: &Actor,
    prepared: &Prepared,
    excluded: Vec<Excluded>,
) -> Result<Vec<ExcludedRow>, Error> {
    let ids = excluded.iter().map(|one| one.row.advocate).collect();
    let people = people::load_at(app, actor, &prepared.now, ids).await?;
    let taxonomy = &prepared.now.taxonomy;
    let rows = excluded.into_iter().filter_map(|one| {
        let person = people.get(&one.row.advocate)?;
        Some(ExcludedRow {
            row: card::match_row(taxonomy, &prepared.query, &one.row, person, &[]),
            excluded_by: reasons(taxonomy, &one),
        })
    });
    Ok(rows.collect())
}

fn reasons(taxonomy: &Taxonomy, excluded: &Excluded) -> Vec<String> {
    let left_out = excluded
        .is_left_out
        .then(|| "Left out of this search, such as one proposed before".to_owned());
    let facets = excluded.differs.iter().filter_map(|id| taxonomy.facet(*id));
    let differs =
        facets.map(|facet| format!("Must fit and does not: {}", facet.name.to_lowercase()));
    let rules = excluded.refusals.iter().map(|refusal| rule(*refusal));
    left_out.into_iter().chain(differs).chain(rules).collect()
}

/// A rule in the words of the program team, who set it and may see whom it protects.
fn rule(refusal: Refusal) -> String {
    match refusal {
        Refusal::DayIsPast => "The day is over".to_owned(),
        Refusal::NotActive(status) => format!("Not active: {}", status.as_str()),
        Refusal::Departed { on } => format!("Left the company on {on}"),
        Refusal::NoConsent => "No valid consent on the day".to_owned(),
        Refusal::NotWilling => "Does not do this activity".to_owned(),
        Refusal::Locked { reason, until } => {
            let reason = reason.as_str().replace('_', " ");
            match until {
                Some(day) => format!("Account locked until {day}: {reason}"),
                None => format!("Account locked: {reason}"),
            }
        }
        Refusal::Conflict(Conflict::NoGo) => "Does not want to speak to this prospect".to_owned(),
        Refusal::Conflict(Conflict::Competitor) => "Competes with the prospect".to_owned(),
        Refusal::Conflict(Conflict::SameGroup) => "Same group as the prospect".to_owned(),
        Refusal::AccountCap { cap, days } => {
            format!("Account limit reached: {cap} in {days} days")
        }
        Refusal::AdvocateCap { cap, days } => {
            format!("Program limit reached: {cap} uses in {days} days")
        }
        Refusal::OwnLimit { limit, days, .. } => {
            format!("Own limit reached: {limit} in {days} days")
        }
        Refusal::Resting { until } => format!("Rests until {until}"),
    }
}
