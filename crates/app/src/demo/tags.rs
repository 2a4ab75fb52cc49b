//! Terms of the taxonomy by name. A name that the taxonomy does not know is a broken demo, and said so.

use domain::{
    id::{FacetId, TermId},
    record::RecordKind,
};
use storage::{StorageError, tag::Tag};
use uuid::Uuid;

use crate::{App, error::Error, taxonomy::Mapper};

pub(super) struct Tagger(Mapper);

impl Tagger {
    pub(super) async fn load(app: &App) -> Result<Self, Error> {
        Ok(Self(Mapper::load(&app.store).await?))
    }

    fn facet(&self, key: &str) -> Result<FacetId, Error> {
        self.0.facet(key).ok_or_else(|| missing("facet", key))
    }

    /// A tag whose value must be a term.
    pub(super) fn tag(
        &self,
        kind: RecordKind,
        id: impl Into<Uuid>,
        facet: &str,
        written: &str,
    ) -> Result<Tag, Error> {
        let tag = self.as_written(kind, id, facet, written)?;
        match tag.term_id {
            Some(_) => Ok(tag),
            None => Err(missing(facet, written)),
        }
    }

    /// The term that a name stands for.
    pub(super) fn term(&self, facet: &str, written: &str) -> Result<TermId, Error> {
        let tag = self.as_written(RecordKind::Need, Uuid::nil(), facet, written)?;
        tag.term_id.ok_or_else(|| missing(facet, written))
    }

    /// A tag with whatever somebody typed; unmapped where no term is known by it.
    pub(super) fn as_written(
        &self,
        kind: RecordKind,
        id: impl Into<Uuid>,
        facet: &str,
        written: &str,
    ) -> Result<Tag, Error> {
        Ok(self.0.tag((kind, id.into()), self.facet(facet)?, written))
    }

    /// The persona and seniority of a job title, as tags that keep the title.
    pub(super) fn persona(
        &self,
        kind: RecordKind,
        id: impl Into<Uuid>,
        title: &str,
    ) -> Result<Vec<Tag>, Error> {
        let id = id.into();
        let (persona, seniority) = self.0.persona(title);
        let mut tags = Vec::new();
        for (facet, term) in [("persona", persona), ("seniority", seniority)] {
            let mut tag = self.0.tag((kind, id), self.facet(facet)?, title);
            if term.is_some() {
                tag.term_id = term;
                tags.push(tag);
            }
        }
        Ok(tags)
    }
}

fn missing(facet: &str, written: &str) -> Error {
    StorageError::BadRow {
        table: "terms",
        problem: format!("the demo company needs \"{written}\" in {facet}"),
    }
    .into()
}
