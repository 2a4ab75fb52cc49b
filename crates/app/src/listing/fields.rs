//! The fields of a list as its reader may ask them: those of the record and the facets of the taxonomy.

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
    taxonomy::Taxonomy,
    time::Day,
};
use import::kind::Kind;
use serde::Serialize;
use storage::filter::{self, Field, FieldKind, Sight, Sorting};

use super::{
    Choice,
    filter::{Is, read, sight},
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    policy::{self, Permission},
    setting,
};

/// Before the key of a facet, so that no facet can stand in for a field.
const FACET: &str = "facet:";

/// A field of a list, for whoever builds a filter.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ListField {
    pub key: String,
    /// What people call a facet; the fields of records have their names in the app's words.
    pub name: Option<String>,
    /// `text`, `number`, `money`, `day`, `person`, `word`, `flag` or `facet`.
    #[schema(value_type = String)]
    pub kind: &'static str,
    /// The words to choose from, where there is a list of them.
    #[schema(value_type = Vec<String>)]
    pub words: Vec<&'static str>,
    /// What may be asked.
    #[schema(value_type = Vec<String>)]
    pub questions: Vec<&'static str>,
    /// Whether the list can be sorted by it.
    pub can_sort: bool,
}

/// A facet that records are tagged with.
#[derive(Clone, Debug)]
pub(super) struct FacetField {
    pub id: FacetId,
    key: String,
    name: String,
}

/// A field that the reader may ask.
pub(super) enum Known<'r> {
    Field(&'static Field, Sight),
    Facet(&'r FacetField),
}

impl Known<'_> {
    pub fn questions(&self) -> &'static [Is] {
        match self {
            Self::Field(field, _) => Is::of(&field.kind),
            Self::Facet(_) => Is::TAGS,
        }
    }
}

/// Who asks a list of one kind of record, and what there is to ask for them.
pub(super) struct Reader<'a> {
    pub actor: &'a Actor,
    pub kind: RecordKind,
    pub today: Day,
    names_shown: bool,
    facets: Vec<FacetField>,
    taxonomy: Taxonomy,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// [`Error::Invalid`] for a kind of record whose list has no fields to ask.
    pub async fn new(app: &App, actor: &'a Actor, kind: RecordKind) -> Result<Self, Error> {
        let program = setting::read::<setting::Program>(&app.store).await?.value;
        // Colleagues are not tagged.
        let facets = if kind == RecordKind::User {
            Vec::new()
        } else {
            storage::term::facets(&app.store).await?
        };
        Ok(Self {
            actor,
            kind,
            today: app.clock.today(),
            names_shown: program.shows_names,
            facets: facets
                .into_iter()
                .map(|facet| FacetField {
                    id: facet.id,
                    key: format!("{FACET}{}", facet.facet_key),
                    name: facet.name,
                })
                .collect(),
            taxonomy: app.index.taxonomy(app).await?,
        })
    }

    fn seen(&self) -> impl Iterator<Item = (&'static Field, Sight)> + '_ {
        filter::fields(self.kind).iter().filter_map(|field| {
            let sight = sight(self.actor, field.class, self.names_shown)?;
            Some((field, sight))
        })
    }

    pub fn field(&self, key: &str) -> Option<Known<'_>> {
        if let Some(facet) = self.facets.iter().find(|facet| facet.key == key) {
            return Some(Known::Facet(facet));
        }
        let (field, sight) = self.seen().find(|(field, _)| field.key == key)?;
        Some(Known::Field(field, sight))
    }

    pub fn keys(&self) -> Vec<&str> {
        let fields = self.seen().map(|(field, _)| field.key);
        fields
            .chain(self.facets.iter().map(|facet| facet.key.as_str()))
            .collect()
    }

    /// The terms with everything below them.
    pub fn terms(&self, ids: &[String]) -> Result<Vec<TermId>, Error> {
        let mut held = Vec::new();
        for id in ids {
            let known = id
                .parse()
                .ok()
                .and_then(|id| self.taxonomy.resolve(id))
                .ok_or_else(|| {
                    Error::field(
                        "filter",
                        format!("There is no term {id}. Choose one from the taxonomy."),
                    )
                })?;
            held.extend(crate::tagging::standing_for(&self.taxonomy, known));
        }
        Ok(held)
    }

    fn sorting(&self, choice: &Choice) -> Result<Option<Sorting>, Error> {
        let Some(key) = &choice.sort else {
            return Ok(None);
        };
        let found = self
            .seen()
            .find(|(field, _)| field.key == key && can_sort(field));
        let (field, sight) = found.ok_or_else(|| {
            let keys: Vec<&str> = self
                .seen()
                .filter(|(field, _)| can_sort(field))
                .map(|(field, _)| field.key)
                .collect();
            Error::field(
                "sort",
                format!(
                    "This list is not sorted by \"{key}\". Choose one of: {}.",
                    keys.join(", ")
                ),
            )
        })?;
        Ok(Some(Sorting {
            kind: self.kind,
            today: self.today,
            field,
            sight,
            direction: choice.direction,
        }))
    }
}

/// Several words of one record have no order.
fn can_sort(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Words(_))
}

/// What a reader's choice means to the database.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    pub narrowing: Option<filter::Narrowing>,
    pub sorting: Option<Sorting>,
}

/// Checks a choice against what the reader may ask of the list.
pub(crate) async fn chosen(
    app: &App,
    actor: &Actor,
    kind: RecordKind,
    choice: &Choice,
) -> Result<Chosen, Error> {
    let filter = choice.filter.as_deref().filter(|text| !text.is_empty());
    if filter.is_none() && choice.sort.is_none() {
        return Ok(Chosen::default());
    }
    let reader = Reader::new(app, actor, kind).await?;
    Ok(Chosen {
        narrowing: filter.map(|text| read(&reader, text)).transpose()?,
        sorting: reader.sorting(choice)?,
    })
}

/// The kind of record that a list shows, and who reads it.
pub(crate) fn list_of(kind: Kind) -> Result<(RecordKind, Permission), Error> {
    match kind {
        Kind::Accounts => Ok((RecordKind::Account, Permission::AccountRead)),
        Kind::Contacts => Ok((RecordKind::Contact, Permission::ContactRead)),
        Kind::Advocates => Ok((RecordKind::Advocate, Permission::AdvocateRead)),
        Kind::Opportunities => Ok((RecordKind::Opportunity, Permission::OpportunityRead)),
        Kind::Content => Ok((RecordKind::Content, Permission::ContentRead)),
        Kind::Users => Ok((RecordKind::User, Permission::UserRead)),
        Kind::Uses | Kind::Terms => Err(Error::field(
            "kind",
            "Choose one of: accounts, contacts, advocates, opportunities, content, users.",
        )),
    }
}

/// The fields that the reader may narrow and sort a list by.
pub async fn fields(app: &App, actor: &Actor, kind: Kind) -> Result<Vec<ListField>, Error> {
    let (record, permission) = list_of(kind)?;
    policy::require(actor, permission)?;
    let reader = Reader::new(app, actor, record).await?;
    let questions = |of: &[Is]| of.iter().map(|is| is.as_str()).collect();
    let mut fields: Vec<ListField> = reader
        .seen()
        .map(|(field, _)| ListField {
            key: field.key.to_owned(),
            name: None,
            kind: kind_word(&field.kind),
            words: match field.kind {
                FieldKind::Word(words) | FieldKind::Words(words) => words(),
                _ => Vec::new(),
            },
            questions: questions(Is::of(&field.kind)),
            can_sort: can_sort(field),
        })
        .collect();
    fields.extend(reader.facets.iter().map(|facet| ListField {
        key: facet.key.clone(),
        name: Some(facet.name.clone()),
        kind: "facet",
        words: Vec::new(),
        questions: questions(Is::TAGS),
        can_sort: false,
    }));
    Ok(fields)
}

fn kind_word(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Folded | FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Money { .. } => "money",
        FieldKind::Day | FieldKind::Instant => "day",
        FieldKind::Person => "person",
        FieldKind::Word(_) | FieldKind::Words(_) => "word",
        FieldKind::Flag => "flag",
    }
}
