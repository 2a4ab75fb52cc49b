//! Questions in words.

use app::{
    Error,
    find::{self, CriterionInput, FindReferences, NamedBy, buyer_questions},
};
use domain::{access::Role, record::RecordKind};
use testkit::build::id;

use crate::world::*;

testkit::on_both_engines! {
    async fn words_become_criteria_and_what_is_left_is_looked_for_in_stories(db: TestDb) {
        let world = World::on(db).await;
        let answer = world.ask("health care cloud migration midwest CIO downtime").await;
        assert_eq!(
            criteria(&answer),
            [
                ("industry", vec!["Healthcare"]),
                ("use_case", vec!["Migration"]),
                ("region", vec!["Midwest"]),
                ("persona", vec!["CIO"]),
            ]
        );
        assert_eq!(answer.text.as_deref(), Some("downtime"));
        let places: Vec<_> = answer.recognised.iter().map(|one| (one.start, one.end)).collect();
        assert_eq!(places, [(0, 11), (12, 27), (28, 35), (36, 39)]);
        assert_eq!(answer.recognised[1].term.by, NamedBy::Synonym);
        assert_eq!(answer.recognised[1].term.why, "Synonym: Cloud migration");
        assert_eq!(first(&answer), "Customer 3");
        assert!(answer.recognised_applied);
        assert_eq!(answer.total, 3, "wishes rank, they keep nobody out");
    }

    async fn a_story_that_migrated_is_found_by_migration_when_the_word_is_kept_as_text(db: TestDb) {
        let world = World::on(db).await;
        let answer = world
            .search(FindReferences { plain: vec!["Migration".to_owned()], ..about("migration") })
            .await;
        assert_eq!((answer.text.as_deref(), answer.criteria.len()), (Some("migration"), 0));
        assert_eq!(first(&answer), "Customer 3");
        assert_eq!(answer.rows[0].relevance, Some(1.0));
        assert_eq!((answer.total, answer.fit_all), (1, 1), "the other stories do not say it");
    }

    async fn a_card_says_first_what_gives_most_and_last_what_does_not_fit(db: TestDb) {
        let world = World::on(db).await;
        let answer = world.ask("banking migration midwest").await;
        assert_eq!(first(&answer), "Customer 2");
        let reasons: Vec<_> = answer.rows[0].reasons.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(
            reasons,
            ["Same industry: Banking", "Same region: Midwest", "Use case not known"]
        );
        let points: f64 = answer.rows[0].reasons.iter().map(|one| one.points).sum();
        assert!((points - answer.rows[0].relevance.expect("a share") * 100.0).abs() < 1e-9);
    }

    async fn who_fits_all_comes_before_who_comes_near_also_where_several_terms_share_a_facet(db: TestDb) {
        let world = World::on(db).await;
        let tx = world.test.db.begin().await;
        let both = world.tag(RecordKind::Account, id(HOSPITAL), "industry", "Banking");
        storage::tag::insert_all(&tx, vec![both]).await.expect("written");
        tx.commit().await.expect("committed");
        let wish = |facet: &str, names: &[&str], weight: u32| CriterionInput {
            facet: facet.to_owned(),
            terms: names
                .iter()
                .map(|name| world.terms[&(facet.to_owned(), (*name).to_owned())].1)
                .collect(),
            must: false,
            weight: Some(weight),
        };
        let criteria = vec![
            wish("industry", &["Hospitals", "Banking"], 10),
            wish("region", &["Midwest"], 1),
        ];
        let ask = FindReferences { criteria: Some(criteria), ..FindReferences::default() };
        let whole = world.search(ask.clone()).await;
        assert_eq!((whole.total, whole.fit_all), (3, 1));
        let shown: Vec<_> = whole.rows.iter().map(|row| (row.account_name.as_str(), row.fits_all)).collect();
        // The hospital that is a bank, too, is the most relevant and still lacks the region.
        assert_eq!(shown, [("Customer 2", true), ("Customer 1", false), ("Customer 3", false)]);
        assert!(whole.rows[1].relevance > whole.rows[0].relevance);
        // Page by page the order is the same, and nobody comes twice.
        let mut cursor = None;
        for row in &whole.rows {
            let page = FindReferences { limit: Some(1), cursor, ..ask.clone() };
            let page = world.search(page).await;
            assert_eq!(page.rows[0].advocate, row.advocate);
            cursor = page.next_cursor;
        }
        assert_eq!(cursor, None);
    }

    async fn a_search_that_is_being_typed_is_not_kept_as_unmet_demand(db: TestDb) {
        let world = World::on(db).await;
        let typed = world
            .search(FindReferences { keep_unmet: Some(false), ..about("quantum") })
            .await;
        assert_eq!((typed.total, typed.unmet_recorded), (0, false));
        assert!(world.ask("quantum").await.unmet_recorded, "nobody's story says it");
        assert!(!world.ask("").await.unmet_recorded, "nothing was asked");
    }

    async fn words_that_name_terms_are_shown_but_not_used_when_told_so(db: TestDb) {
        let world = World::on(db).await;
        let ask = FindReferences { read_text: Some(false), ..about("banking") };
        let answer = world.search(ask).await;
        assert_eq!(answer.recognised[0].term.name, "Banking");
        assert!(!answer.recognised_applied && answer.criteria.is_empty());
        assert_eq!(answer.text.as_deref(), Some("banking"));
    }

    async fn an_ambiguous_word_says_what_else_it_may_mean(db: TestDb) {
        let world = World::on(db).await;
        let answer = world.ask("migration").await;
        let one = &answer.recognised[0];
        assert_eq!(one.term.facet, "use_case");
        let others: Vec<_> = one.others.iter().map(|other| other.facet.as_str()).collect();
        assert_eq!(others, ["buyer_concern"]);
    }

    async fn words_beat_what_the_deal_suggests_and_join_what_was_asked_for(db: TestDb) {
        let world = World::on(db).await;
        let suggested = world.for_deal("").await;
        assert_eq!(
            criteria(&suggested),
            [("industry", vec!["Banking"]), ("region", vec!["Midwest"])]
        );
        let asked = world.for_deal("hospitals").await;
        assert_eq!(
            criteria(&asked),
            [("region", vec!["Midwest"]), ("industry", vec!["Hospitals"])]
        );
        let (_, banking) = world.terms[&("industry".to_owned(), "Banking".to_owned())];
        let chosen = CriterionInput {
            facet: "industry".to_owned(),
            terms: vec![banking],
            must: false,
            weight: None,
        };
        let ask = FindReferences { criteria: Some(vec![chosen]), ..about("hospitals") };
        let joined = world.search(ask).await;
        assert_eq!(criteria(&joined), [("industry", vec!["Banking", "Hospitals"])]);
    }

    async fn a_synonym_that_is_added_is_read_by_the_next_search(db: TestDb) {
        let world = World::on(db).await;
        assert_eq!(world.ask("money houses").await.criteria.len(), 0);
        let program = world.test.colleague(2, "Pia Program", &[Role::Program]).await;
        let (_, banking) = world.terms[&("industry".to_owned(), "Banking".to_owned())];
        let term = app::taxonomy::get(&world.test.app, &program, banking).await.expect("a term");
        let mut synonyms = term.synonyms;
        synonyms.push("Money house".to_owned());
        let change = app::taxonomy::EditTerm { synonyms: Some(synonyms), ..Default::default() };
        app::taxonomy::edit(&world.test.app, &program, banking, term.version, change)
            .await
            .expect("edited");
        let answer = world.ask("money houses").await;
        assert_eq!(criteria(&answer), [("industry", vec!["Banking"])]);
        assert_eq!(first(&answer), "Customer 2");
    }

    async fn each_question_of_a_buyer_names_who_and_what_answers_it(db: TestDb) {
        let world = World::on(db).await;
        let asked = buyer_questions::AskQuestions {
            text: "1. Who migrated without downtime?\n2. Any bank in the Midwest?\n3. What about xylophones?".to_owned(),
            opportunity_id: Some(testkit::build::id(DEAL)),
            ..buyer_questions::AskQuestions::default()
        };
        let answer = buyer_questions::answer(&world.test.app, &world.seller, asked).await;
        let answer = answer.expect("an answer");
        let who: Vec<(&str, Vec<&str>)> = answer
            .questions
            .iter()
            .map(|one| {
                let people = one.people.iter().map(|row| row.account_name.as_str());
                (one.question.as_str(), people.collect())
            })
            .collect();
        assert_eq!(
            who,
            [
                ("Who migrated without downtime?", vec!["Customer 3"]),
                ("Any bank in the Midwest?", vec!["Customer 2"]),
                ("What about xylophones?", vec![]),
            ]
        );
        assert_eq!(answer.unanswered, 1);
        assert_eq!(answer.questions[1].recognised.len(), 2);
    }

    async fn a_text_that_is_too_long_is_refused_at_its_field(db: TestDb) {
        let world = World::on(db).await;
        let refused = find::search(&world.test.app, &world.seller, about(&"a".repeat(10_001))).await;
        let Err(Error::Invalid(problems)) = refused else {
            panic!("refused");
        };
        assert_eq!(problems[0].field, "text");
        assert!(problems[0].message.contains("10000"), "{}", problems[0].message);
    }
}
