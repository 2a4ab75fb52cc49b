//! A list of the report to its end, named part by part.

use std::{collections::HashMap, vec::IntoIter};

use domain::{access::Scope, id::AdvocateId, protection::Rules};
use storage::load::Burden;

use super::{ListName, Listed, Lists, LoadRow, burdens, row};
use crate::{App, actor::Actor, error::Error, people, setting};

/// Everybody on a list as of one moment.
pub(crate) struct Whole {
    pub(crate) total: usize,
    rest: IntoIter<Listed>,
    burdens: HashMap<AdvocateId, Burden>,
}

impl Whole {
    /// One of the lists for the advocates in reach.
    pub(crate) async fn open(app: &App, scope: &Scope, name: ListName) -> Result<Self, Error> {
        let rules = setting::read::<Rules>(&app.store).await?.value;
        let burdens = burdens(app, scope, &rules, app.clock.today()).await?;
        let lists = Lists::of(app, scope, &rules, &burdens).await?;
        let mut listed = lists.take(name);
        let burdens: HashMap<AdvocateId, Burden> = burdens
            .into_iter()
            .map(|burden| (burden.advocate_id, burden))
            .collect();
        // As on the screen: somebody who tired and is active no more carries no load.
        listed.retain(|(id, _)| burdens.contains_key(id));
        Ok(Self {
            total: listed.len(),
            rest: listed.into_iter(),
            burdens,
        })
    }

    /// The next rows, as the actor sees them.
    pub(crate) async fn next(
        &mut self,
        app: &App,
        actor: &Actor,
        limit: usize,
    ) -> Result<Vec<LoadRow>, Error> {
        let part: Vec<Listed> = self.rest.by_ref().take(limit).collect();
        let people = people::load(app, actor, part.iter().map(|(id, _)| *id).collect()).await?;
        let rows = part
            .iter()
            .filter_map(|(id, reasons)| Some(row(people.get(id)?, self.burdens.get(id)?, reasons)));
        Ok(rows.collect())
    }
}
