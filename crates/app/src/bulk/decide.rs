//! What one change makes of one record.

use domain::{
    activity::Activity,
    id::{AdvocateId, FacetId, TermId, UserId},
    opportunity::DealStage,
    record::RecordKind,
    taxonomy::Taxonomy,
    text::fold,
    time::Day,
};
use storage::{Source, advocate::Willingness, tag::Tag};
use uuid::Uuid;

use super::{BulkField, WhyRefused, moves::Move};
use crate::{
    App,
    error::Error,
    import::desk::{Desk, OF_ACCOUNT, OF_PERSON},
};

/// Terms or activities in one change at most.
const CHOICES_MAX: usize = 50;

/// What a change does to a record.
pub(super) enum Verdict {
    Changes,
    /// The record is like that already.
    Stays,
    Refused(WhyRefused),
}

impl Verdict {
    pub(super) fn of(is_changed: bool) -> Self {
        if is_changed {
            Self::Changes
        } else {
            Self::Stays
        }
    }
}

/// A change that fits the kind of record, with what it names looked up.
pub(super) struct Checked {
    kind: RecordKind,
    does: Does,
    today: Day,
}

enum Does {
    Owner(Option<UserId>),
    Team(Option<String>),
    Manager(Option<UserId>),
    Terms(Terms),
    Activities { named: Vec<Activity>, adds: bool },
    Stage(Option<DealStage>),
    LastDay(Option<Day>),
    Move(Move),
}

struct Terms {
    facet: (FacetId, String),
    /// The terms that merges lead to, with their names.
    named: Vec<(TermId, String)>,
    taxonomy: Taxonomy,
    adds: bool,
}

impl Checked {
    /// # Errors
    /// [`Error::Invalid`] for a change that this kind of record cannot have, or that names what is
    /// not there.
    pub(super) async fn new(
        app: &App,
        source: &impl Source,
        kind: RecordKind,
        change: &BulkField,
    ) -> Result<Self, Error> {
        let does = match (kind, change) {
            (RecordKind::Account | RecordKind::Opportunity, BulkField::Owner { owner_id }) => {
                Does::Owner(colleague(source, "owner_id", *owner_id).await?)
            }
            (RecordKind::User, _) => of_colleagues(source, change).await?,
            (_, BulkField::AddTerms { terms }) => {
                Does::Terms(Terms::of(app, kind, terms, true).await?)
            }
            (_, BulkField::RemoveTerms { terms }) => {
                Does::Terms(Terms::of(app, kind, terms, false).await?)
            }
            (RecordKind::Advocate, BulkField::AddActivities { activities }) => Does::Activities {
                named: some("activities", activities)?,
                adds: true,
            },
            (RecordKind::Advocate, BulkField::RemoveActivities { activities }) => {
                Does::Activities {
                    named: some("activities", activities)?,
                    adds: false,
                }
            }
            (RecordKind::Content, BulkField::DealStage { stage }) => Does::Stage(*stage),
            (RecordKind::Opportunity, BulkField::DealStage { stage }) => {
                Does::Move(Move::Stage(*stage))
            }
            (RecordKind::Opportunity, BulkField::DealStatus { status }) => {
                Does::Move(Move::Deal(*status))
            }
            (RecordKind::Content, BulkField::ContentStatus { to }) => {
                Does::Move(Move::of_content(*to))
            }
            (RecordKind::Advocate, BulkField::AdvocateStatus { to, reason }) => {
                Does::Move(Move::of_advocate(*to, reason.as_deref())?)
            }
            (RecordKind::Content, BulkField::LastDay { expires_on }) => {
                if expires_on.is_some_and(|last| last < app.clock.today()) {
                    return Err(Error::field(
                        "change.expires_on",
                        "The last day must not be over already. Choose today or a later day.",
                    ));
                }
                Does::LastDay(*expires_on)
            }
            (
                _,
                BulkField::Owner { .. }
                | BulkField::Team { .. }
                | BulkField::Manager { .. }
                | BulkField::AddActivities { .. }
                | BulkField::RemoveActivities { .. }
                | BulkField::DealStage { .. }
                | BulkField::LastDay { .. }
                | BulkField::DealStatus { .. }
                | BulkField::ContentStatus { .. }
                | BulkField::AdvocateStatus { .. },
            ) => return Err(no_such_field()),
        };
        Ok(Self {
            kind,
            does,
            today: app.clock.today(),
        })
    }

    /// Reads what deciding needs beside the records on the desk.
    pub(super) async fn look(&mut self, source: &impl Source, desk: &Desk) -> Result<(), Error> {
        match &mut self.does {
            Does::Move(kind) => kind.look(source, desk, self.today).await,
            _ => Ok(()),
        }
    }

    /// Changes the record on the desk, where it can be.
    pub(super) fn decide(&self, desk: &mut Desk, id: Uuid) -> Verdict {
        let changed = match &self.does {
            Does::Owner(owner) if self.kind == RecordKind::Account => {
                desk.accounts.edit(id, |row| row.owner_id = *owner)
            }
            Does::Owner(owner) => desk.opportunities.edit(id, |row| row.owner_id = *owner),
            Does::Team(team) => desk.users.edit(id, |row| row.team.clone_from(team)),
            Does::Manager(manager) if manager.is_some_and(|manager| manager.0 == id) => {
                return Verdict::Refused(WhyRefused::OwnManager);
            }
            Does::Manager(manager) => desk.users.edit(id, |row| row.manager_id = *manager),
            Does::Terms(terms) => terms.put(desk, self.kind, id),
            Does::Activities { named, adds } => activities(desk, id, named, *adds),
            Does::Stage(stage) => desk.content.edit(id, |row| row.stage = *stage),
            Does::LastDay(last) => {
                let embargo = desk.content.row(id).and_then(|row| row.embargo_until);
                if last.is_some_and(|last| embargo.is_some_and(|first| last < first)) {
                    return Verdict::Refused(WhyRefused::EmbargoLater);
                }
                desk.content.edit(id, |row| row.expires_on = *last)
            }
            Does::Move(kind) => return kind.decide(desk, id, self.today),
        };
        Verdict::of(changed)
    }
}

/// Colleagues are not tagged and own nothing here.
async fn of_colleagues(source: &impl Source, change: &BulkField) -> Result<Does, Error> {
    match change {
        BulkField::Team { team } => {
            let team = team.as_deref().map(crate::user::team).transpose()?;
            Ok(Does::Team(team.flatten()))
        }
        BulkField::Manager { manager_id } => Ok(Does::Manager(
            colleague(source, "manager_id", *manager_id).await?,
        )),
        _ => Err(no_such_field()),
    }
}

fn no_such_field() -> Error {
    Error::field(
        "change.field",
        "Records of this list have no such field. Choose another one.",
    )
}

async fn colleague(
    source: &impl Source,
    field: &str,
    named: Option<UserId>,
) -> Result<Option<UserId>, Error> {
    if let Some(id) = named
        && storage::user::find(source, id).await?.is_none()
    {
        return Err(Error::field(
            &format!("change.{field}"),
            "There is no such colleague. Choose one from the list.",
        ));
    }
    Ok(named)
}

/// What was named, each once.
fn some<T: Copy + Ord>(field: &str, named: &[T]) -> Result<Vec<T>, Error> {
    let mut named = named.to_vec();
    named.sort_unstable();
    named.dedup();
    match named.len() {
        0 => Err(Error::field(
            &format!("change.{field}"),
            "Choose at least one.",
        )),
        1..=CHOICES_MAX => Ok(named),
        _ => Err(Error::field(
            &format!("change.{field}"),
            format!("At most {CHOICES_MAX} fit in one change."),
        )),
    }
}

impl Terms {
    async fn of(app: &App, kind: RecordKind, named: &[TermId], adds: bool) -> Result<Self, Error> {
        let wrong = |text: &str| Error::field("change.terms", text);
        let taxonomy = app.index.taxonomy(app).await?;
        let mut terms: Vec<(TermId, String)> = Vec::new();
        let mut facet = None;
        for id in some("terms", named)? {
            let known = taxonomy.resolve(id).and_then(|id| taxonomy.term(id));
            let known =
                known.ok_or_else(|| wrong("There is no such term. Choose from the taxonomy."))?;
            if *facet.get_or_insert(known.facet) != known.facet {
                return Err(wrong(
                    "Choose terms of one facet; change the other facet afterwards.",
                ));
            }
            if terms.iter().all(|(id, _)| *id != known.id) {
                terms.push((known.id, known.name.clone()));
            }
        }
        let facet = facet
            .and_then(|id| taxonomy.facet(id))
            .ok_or_else(|| wrong("There is no such facet. Choose from the taxonomy."))?;
        let facet = (facet.id, facet.key.clone());
        if !carries(kind, &facet.1) {
            return Err(wrong(
                "Records of this list are not tagged with this facet: companies are tagged with what \
                 describes companies, people with what describes people.",
            ));
        }
        Ok(Self {
            facet,
            named: terms,
            taxonomy,
            adds,
        })
    }

    fn put(&self, desk: &mut Desk, kind: RecordKind, id: Uuid) -> bool {
        let (facet, key) = &self.facet;
        let place = (kind, id, *facet);
        let stands_for = |tag: &Tag| tag.term_id.and_then(|term| self.taxonomy.resolve(term));
        let mut rows = desk.tags.of(place).to_vec();
        for (term, name) in &self.named {
            if !self.adds {
                rows.retain(|tag| stands_for(tag) != Some(*term));
            } else if rows.iter().all(|tag| stands_for(tag) != Some(*term)) {
                let folded = fold(name);
                rows.retain(|tag| tag.folded != folded);
                rows.push(Tag {
                    record_kind: kind,
                    record_id: id,
                    facet_id: *facet,
                    folded,
                    written: name.clone(),
                    term_id: Some(*term),
                });
            }
        }
        desk.tags.put(place, key, rows)
    }
}

/// Whether records of a kind are tagged with a facet. Deals and content are about companies and
/// people alike; an advocate takes over what the account and the contact are tagged with.
fn carries(kind: RecordKind, facet: &str) -> bool {
    let (company, person) = (OF_ACCOUNT.contains(&facet), OF_PERSON.contains(&facet));
    match kind {
        RecordKind::Account => !person,
        RecordKind::Contact => person,
        RecordKind::Advocate => !company && !person,
        _ => true,
    }
}

fn activities(desk: &mut Desk, id: Uuid, named: &[Activity], adds: bool) -> bool {
    let held = desk.sides.willingness.entry(id).or_default();
    let mut rows = held.clone();
    if adds {
        for activity in named {
            if rows.iter().all(|row| row.activity != *activity) {
                rows.push(Willingness {
                    advocate_id: AdvocateId(id),
                    activity: *activity,
                    limit_per_year: None,
                });
            }
        }
        rows.sort_by_key(|row| row.activity);
    } else {
        rows.retain(|row| !named.contains(&row.activity));
    }
    if rows.len() == held.len() {
        return false;
    }
    let before = std::mem::replace(held, rows);
    desk.sides.changed_willingness.entry(id).or_insert(before);
    true
}
