//! Matching once more, read literally from the rules: slow, short, and without any of the index's
//! shortcuts. Protection and single fits have oracles of their own.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use domain::{
    id::{AccountId, FacetId, TermId},
    protection::{self, Ask, Rules},
    taxonomy::{Fit, Taxonomy},
    text::words,
};
use matching::{
    Change, ContentRow, CriterionRef, Dropped, FacetCounts, Item, MatchRow, Matches, NearMatch,
    Points, Profile, Query, QueryProblem, Relaxation, TermCount,
};

use crate::text_oracle::stem;

pub struct Oracle {
    pub taxonomy: Taxonomy,
    pub rules: Rules,
    pub profiles: Vec<Profile>,
    pub items: Vec<Item>,
}

/// Half up.
fn rounded(sum: f64) -> u32 {
    (sum + 0.5 + 1e-9).floor() as u32
}

impl Oracle {
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Advocate(profile) => {
                self.profiles
                    .retain(|other| other.advocate != profile.advocate);
                self.profiles.push(profile);
            }
            Change::RemoveAdvocate(advocate) => {
                self.profiles.retain(|other| other.advocate != advocate);
            }
            Change::Content(item) => {
                self.items.retain(|other| other.content != item.content);
                self.items.push(item);
            }
            Change::RemoveContent(content) => self.items.retain(|other| other.content != content),
            Change::Taxonomy(taxonomy) => self.taxonomy = taxonomy,
            Change::Rules(rules) => self.rules = rules,
        }
    }

    pub fn query(&self, query: &Query) -> Result<Matches, QueryProblem> {
        for term in query.criteria.iter().flat_map(|criterion| &criterion.terms) {
            self.taxonomy
                .resolve(*term)
                .ok_or(QueryProblem::UnknownTerm(*term))?;
        }
        let seen: Vec<&Profile> = self
            .profiles
            .iter()
            .filter(|each| is_seen(each, query))
            .collect();
        let matching = self.matching(&seen, query);
        let content = self.content(query);
        Ok(Matches {
            rows: self
                .rows(&matching, query)
                .into_iter()
                .skip(query.offset)
                .take(query.limit)
                .collect(),
            total: matching.len(),
            accounts: accounts(&matching).len(),
            facet_counts: self.facet_counts(&matching),
            relaxations: self.relaxations(&seen, query),
            near: if matching.is_empty() {
                self.near(&seen, query)
            } else {
                Vec::new()
            },
            content_total: content.len(),
            content: content.into_iter().take(query.limit.min(20)).collect(),
        })
    }

    fn matching<'a>(&self, seen: &[&'a Profile], query: &Query) -> Vec<&'a Profile> {
        let meets = |profile: &&&Profile| {
            self.failed(&profile.terms, query).is_empty() && self.is_available(profile, query)
        };
        seen.iter().filter(meets).copied().collect()
    }

    fn is_available(&self, profile: &Profile, query: &Query) -> bool {
        let verdict = protection::check(&self.rules, &profile.member, &ask(query));
        !query.only_available || verdict.availability().can_be_had()
    }

    /// The musts without a full fit on any requested term.
    fn failed(&self, held: &[TermId], query: &Query) -> Vec<FacetId> {
        let musts = query.criteria.iter().filter(|criterion| criterion.must);
        let fails = |terms: &[TermId]| {
            let mut pairs = terms
                .iter()
                .flat_map(|term| held.iter().map(move |held| (*term, *held)));
            !pairs.any(|(term, held)| self.taxonomy.fit(term, held).value() == 10_000)
        };
        musts
            .filter(|must| fails(&must.terms))
            .map(|must| must.facet)
            .collect()
    }

    /// Points per criterion, not yet shared out.
    fn fits(&self, held: &[TermId], text: &str, query: &Query) -> Vec<(u32, Points)> {
        let mut fits = Vec::new();
        for criterion in &query.criteria {
            let requested: BTreeSet<TermId> = criterion
                .terms
                .iter()
                .filter_map(|term| self.taxonomy.resolve(*term))
                .collect();
            let of_facet: BTreeSet<TermId> = held
                .iter()
                .filter_map(|term| self.taxonomy.resolve(*term))
                .filter(|term| {
                    self.taxonomy
                        .term(*term)
                        .is_some_and(|info| info.facet == criterion.facet)
                })
                .collect();
            let best = |term: &TermId| {
                let values = of_facet
                    .iter()
                    .map(|held| self.taxonomy.fit(*term, *held).value());
                f64::from(values.max().unwrap_or(0))
            };
            let mean = requested.iter().map(best).sum::<f64>() / requested.len() as f64;
            let answers = requested.iter().flat_map(|term| {
                of_facet
                    .iter()
                    .map(|held| (self.taxonomy.fit(*term, *held), *held))
            });
            let answer = answers.filter(|(fit, _)| *fit != Fit::None).min();
            let points = Points {
                criterion: CriterionRef::Facet(criterion.facet),
                fit: rounded(mean),
                points: 0,
                kind: Some(answer.map_or(Fit::None, |(fit, _)| fit)),
                matched: answer.map(|(_, held)| held),
                missing: of_facet.is_empty(),
            };
            fits.push((criterion.weight, points));
        }
        if let Some(criterion) = &query.text {
            let held: BTreeSet<String> = words(text).iter().map(|word| stem(word)).collect();
            let wanted = self.wanted(&criterion.text);
            let idf = |all: &mut dyn Iterator<Item = &BTreeSet<String>>| {
                all.map(|stems| self.idf(stems)).sum::<f64>()
            };
            let mut met = wanted.iter().filter(|stems| !stems.is_disjoint(&held));
            let points = Points {
                criterion: CriterionRef::Text,
                fit: rounded(10_000.0 * idf(&mut met) / idf(&mut wanted.iter())),
                points: 0,
                kind: None,
                matched: None,
                missing: held.is_empty(),
            };
            fits.push((criterion.weight, points));
        }
        fits
    }

    /// The weighted mean of the fits, and its points.
    fn relevance(&self, held: &[TermId], text: &str, query: &Query) -> (Option<u32>, Vec<Points>) {
        let fits = self.fits(held, text, query);
        let weights: u32 = fits.iter().map(|(weight, _)| weight).sum();
        let running = |count: usize| {
            let sum: u32 = fits[..count]
                .iter()
                .map(|(weight, points)| weight * points.fit)
                .sum();
            rounded(f64::from(sum) / f64::from(weights))
        };
        let points = fits.iter().enumerate().map(|(place, (_, points))| Points {
            points: running(place + 1) - running(place),
            ..*points
        });
        let relevance = (!fits.is_empty()).then(|| running(fits.len()));
        (relevance, points.collect())
    }

    /// Relevance, then lower load, then fresher verification; one row per account.
    fn rows(&self, profiles: &[&Profile], query: &Query) -> Vec<MatchRow> {
        let mut rows: Vec<MatchRow> = profiles.iter().map(|each| self.row(each, query)).collect();
        rows.sort_by_key(|row| {
            let days = row.verified_on.map(|day| query.today.days_since(day));
            let stale = days.map_or(2, |days| u8::from(days > 90) + u8::from(days > 180));
            (Reverse(row.relevance), row.load, stale, row.advocate)
        });
        let mut best: Vec<MatchRow> = Vec::new();
        for row in rows {
            match best.iter_mut().find(|other| other.account == row.account) {
                Some(other) => other.others_at_account += 1,
                None => best.push(row),
            }
        }
        best
    }

    fn row(&self, profile: &Profile, query: &Query) -> MatchRow {
        let (relevance, points) = self.relevance(&profile.terms, &profile.text, query);
        MatchRow {
            advocate: profile.advocate,
            account: profile.account,
            contact: profile.contact,
            relevance,
            points,
            availability: protection::check(&self.rules, &profile.member, &ask(query))
                .availability(),
            load: protection::load(&self.rules, &profile.member, &ask(query)),
            verified_on: profile.verified_on,
            others_at_account: 0,
        }
    }

    fn facet_counts(&self, matching: &[&Profile]) -> Vec<FacetCounts> {
        let mut counts: BTreeMap<TermId, usize> = BTreeMap::new();
        for profile in matching {
            let held = profile
                .terms
                .iter()
                .filter_map(|term| self.taxonomy.resolve(*term));
            let with_ancestors: BTreeSet<TermId> = held
                .flat_map(|term| self.taxonomy.ancestors(term).chain([term]))
                .collect();
            for term in with_ancestors {
                *counts.entry(term).or_default() += 1;
            }
        }
        let of_facet = |facet: FacetId| {
            let of_facet = counts.iter().filter(|(term, _)| {
                self.taxonomy
                    .term(**term)
                    .is_some_and(|info| info.facet == facet)
            });
            let mut terms: Vec<TermCount> = of_facet
                .map(|(term, count)| TermCount {
                    term: *term,
                    count: *count,
                })
                .collect();
            terms.sort_by_key(|each| (Reverse(each.count), each.term));
            FacetCounts { facet, terms }
        };
        let facets = self
            .taxonomy
            .facets()
            .iter()
            .map(|facet| of_facet(facet.id));
        facets.filter(|facet| !facet.terms.is_empty()).collect()
    }

    /// Asks again without a condition, or without two.
    fn relaxations(&self, seen: &[&Profile], query: &Query) -> Vec<Relaxation> {
        let mut conditions: Vec<Dropped> = query
            .criteria
            .iter()
            .filter(|each| each.must)
            .map(|must| Dropped::Must(must.facet))
            .collect();
        conditions.extend(query.only_available.then_some(Dropped::Availability));
        let now = self.matching(seen, query).len();
        let gain = |dropped: Vec<Dropped>| {
            let gain = self.matching(seen, &without(query, &dropped)).len() - now;
            Relaxation { dropped, gain }
        };
        let single = conditions.iter().map(|condition| gain(vec![*condition]));
        let mut gains: Vec<Relaxation> = single.filter(|each| each.gain > 0).collect();
        if gains.is_empty() {
            let places = 0..conditions.len();
            let pairs = places.flat_map(|place| {
                conditions[place + 1..]
                    .iter()
                    .map(move |other| (place, *other))
            });
            let pairs = pairs.map(|(place, other)| gain(vec![conditions[place], other]));
            gains = pairs.filter(|each| each.gain > 0).collect();
        }
        gains.sort_by_key(|each| Reverse(each.gain));
        if gains.first().is_some_and(|first| first.dropped.len() == 2) {
            gains.truncate(10);
        }
        gains
    }

    fn near(&self, seen: &[&Profile], query: &Query) -> Vec<NearMatch> {
        let has_something = |profile: &&&Profile| self.row(profile, query).relevance != Some(0);
        let all: Vec<&Profile> = seen.iter().filter(has_something).copied().collect();
        let available: Vec<&Profile> = all
            .iter()
            .filter(|each| self.is_available(each, query))
            .copied()
            .collect();
        let near = if available.is_empty() { all } else { available };
        let rows = self
            .rows(&near, query)
            .into_iter()
            .take(query.limit.min(10));
        let differs = |row: &MatchRow| {
            let profile = near
                .iter()
                .find(|each| each.advocate == row.advocate)
                .expect("a row of near");
            self.failed(&profile.terms, query)
        };
        rows.map(|row| NearMatch {
            differs: differs(&row),
            row,
        })
        .collect()
    }

    fn content(&self, query: &Query) -> Vec<ContentRow> {
        let shown = self.items.iter().filter(|item| {
            let embargoed = item.embargo_until.is_some_and(|first| first > query.today);
            let expired = item.expires_on.is_some_and(|last| last < query.today);
            let account_is_out = |account: AccountId| {
                query.exclude_accounts.contains(&account) || query.prospect == Some(account)
            };
            let advocate_is_out = item
                .advocate
                .is_some_and(|advocate| query.exclude_advocates.contains(&advocate));
            item.usable
                && !embargoed
                && !expired
                && !item.account.is_some_and(account_is_out)
                && !advocate_is_out
        });
        let row = |item: &Item| {
            let (relevance, points) = self.relevance(&item.terms, &item.text, query);
            ContentRow {
                content: item.content,
                account: item.account,
                advocate: item.advocate,
                relevance,
                points,
                is_of_stage: query.stage.is_some() && item.stage == query.stage,
            }
        };
        let mut rows: Vec<ContentRow> = shown
            .map(row)
            .filter(|row| row.relevance != Some(0))
            .collect();
        rows.sort_by_key(|row| (!row.is_of_stage, Reverse(row.relevance), row.content));
        rows
    }
}

fn ask(query: &Query) -> Ask {
    Ask {
        activity: query.activity,
        day: query.day,
        today: query.today,
        prospect: query.prospect,
        except: None,
    }
}

fn is_seen(profile: &Profile, query: &Query) -> bool {
    (query.restricted_visible || !profile.restricted)
        && !query.exclude_accounts.contains(&profile.account)
        && !query.exclude_advocates.contains(&profile.advocate)
}

fn accounts(profiles: &[&Profile]) -> BTreeSet<AccountId> {
    profiles.iter().map(|profile| profile.account).collect()
}

fn without(query: &Query, dropped: &[Dropped]) -> Query {
    let mut query = query.clone();
    query
        .criteria
        .retain(|criterion| !dropped.contains(&Dropped::Must(criterion.facet)));
    query.only_available &= !dropped.contains(&Dropped::Availability);
    query
}
