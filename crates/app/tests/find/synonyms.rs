//! Synonyms of terms: what a change of them would do to kept searches is shown before it is saved.

use app::{
    Actor, Error,
    find::{
        FindReferences,
        synonyms::{self, PreviewSynonyms, RereadSearch, SynonymPreview},
    },
    saved_search::{self, SaveSearch},
};
use domain::{access::Role, id::TermId, record::RecordKind};
use storage::tag::{self, Tag};
use testkit::build::id;

use crate::world::*;

impl World {
    async fn team(&self) -> Actor {
        self.test
            .colleague(2, "Pat Program", &[Role::Program])
            .await
    }

    fn term_of(&self, facet: &str, name: &str) -> TermId {
        self.terms[&(facet.to_owned(), name.to_owned())].1
    }

    async fn tried(&self, who: &Actor, words: &[&str]) -> Result<SynonymPreview, Error> {
        let synonyms = words.iter().map(|word| (*word).to_owned()).collect();
        let term = self.term_of("industry", "Hospitals");
        synonyms::preview(&self.test.app, who, term, PreviewSynonyms { synonyms }).await
    }
}

fn words(text: &str) -> FindReferences {
    FindReferences {
        text: Some(text.to_owned()),
        ..FindReferences::default()
    }
}

fn reread(name: Option<&str>, text: &str, before: usize, after: usize) -> RereadSearch {
    RereadSearch {
        name: name.map(str::to_owned),
        text: text.to_owned(),
        total_before: before,
        total_after: after,
    }
}

testkit::on_both_engines! {
    async fn a_new_synonym_shows_whom_searches_that_found_nobody_would_find(db: TestDb) {
        let world = World::on(db).await;
        for text in ["sickbays", "spaceports", "sickbays"] {
            assert!(world.search(words(text)).await.unmet_recorded, "{text}");
        }
        let tx = world.test.db.begin().await;
        let tag = world.tag(RecordKind::Account, id(9), "industry", "Hospitals");
        let waits = Tag { folded: "sickbays".into(), written: "Sickbays".into(), term_id: None, ..tag };
        tag::insert_all(&tx, vec![waits]).await.expect("written");
        tx.commit().await.expect("committed");
        let team = world.team().await;
        let shown = world.tried(&team, &["Sickbays"]).await.expect("a preview");
        assert_eq!(shown, SynonymPreview { read: 2, changed: vec![reread(None, "sickbays", 0, 2)], records: 1 });
        let nothing = world.tried(&team, &["Infirmaries"]).await.expect("a preview");
        assert_eq!(nothing, SynonymPreview { read: 2, changed: vec![], records: 0 });
        assert_eq!(world.search(words("sickbays")).await.total, 0, "nothing was saved");
    }

    async fn a_synonym_that_is_taken_away_shows_what_saved_searches_would_lose(db: TestDb) {
        let world = World::on(db).await;
        let team = world.team().await;
        let ask = SaveSearch { name: "Clinics".into(), ask: words("clinics"), alerts: false };
        saved_search::save(&world.test.app, &team, ask, None).await.expect("saved");
        let shown = world.tried(&team, &[]).await.expect("a preview");
        assert_eq!(shown, SynonymPreview { read: 1, changed: vec![reread(Some("Clinics"), "clinics", 2, 0)], records: 0 });
        let other = world.test.colleague(3, "Paula Program", &[Role::Program]).await;
        let shown = world.tried(&other, &[]).await.expect("a preview");
        assert_eq!(shown.read, 0, "what others saved is theirs");
    }

    async fn a_preview_takes_no_word_of_another_term_and_is_for_those_who_edit_terms(db: TestDb) {
        let world = World::on(db).await;
        let team = world.team().await;
        match world.tried(&team, &["Clinics", "Banking"]).await {
            Err(Error::Invalid(problems)) => assert_eq!(problems[0].field, "synonyms[1]"),
            other => panic!("{other:?}"),
        }
        assert!(matches!(world.tried(&world.seller, &[]).await, Err(Error::Forbidden)));
        let ask = PreviewSynonyms::default();
        let gone = synonyms::preview(&world.test.app, &team, id(77), ask).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    }
}
