//! Content with files, sent by links; long jobs; and what a plan reads.

use domain::{
    content::ContentKind,
    id::{AdvocateId, ContentId, OpportunityId},
    opportunity::OpportunityKind,
    record::RecordKind,
    time::Timestamp,
};
use storage::{
    content::{self, Content, Filter, Sight},
    content_file::{self, ContentFile, PIECE_BYTES},
    job::{self, Job},
    opportunity::{self, Opportunity},
    page::Page,
    pipeline, projection,
    share::{self, Share, ShareView},
    tag,
};
use testkit::{NOW, build, build::id, day};

fn sent(number: u64, expires_on: &str) -> Share {
    Share {
        id: id(number),
        version: 1,
        content_id: id(1),
        opportunity_id: id(1),
        token_hash: format!("hash {number}"),
        created_by: None,
        expires_on: day(expires_on),
        created_at: NOW,
        revoked_at: None,
        opening_count: 0,
        first_opened_on: None,
        last_opened_on: None,
    }
}

fn file(number: u64, bytes: &[u8]) -> ContentFile {
    ContentFile {
        id: id(number),
        content_id: id(1),
        name: "story.pdf".into(),
        media_type: "application/pdf".into(),
        byte_count: i64::try_from(bytes.len()).expect("small"),
        digest: format!("digest {number}"),
        created_at: NOW,
    }
}

fn long_job(number: u64) -> Job {
    Job {
        id: id(number),
        kind: "apply_import".into(),
        payload: "{}".into(),
        run_at: NOW,
        attempts: 0,
        claimed_until: None,
        done_at: None,
        dead_at: None,
        last_error: None,
        created_at: NOW,
    }
}

testkit::on_both_engines! {
    async fn a_share_counts_openings_by_day_and_a_view_counts_once(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        opportunity::insert(&tx, Opportunity::named(id(1), "Deal", NOW)).await.expect("written");
        share::insert(&tx, sent(1, "2026-12-01")).await.expect("written");
        share::insert_all(&tx, vec![sent(2, "2026-12-02"), sent(3, "2026-12-03")]).await.expect("written");
        for (number, started_at) in [(1, NOW), (2, NOW.plus_seconds(-3_600))] {
            share::insert_view(&tx, ShareView { id: id(number), share_id: id(1), started_at }).await.expect("written");
        }
        tx.commit().await.expect("committed");

        let tx = db.begin().await;
        let mut changed = share::find(&tx, id(2)).await.expect("read").expect("a share");
        changed.revoked_at = Some(NOW);
        share::save(&tx, &mut changed).await.expect("saved");
        let third = share::find(&tx, id(3)).await.expect("read").expect("a share");
        share::save_all(&tx, vec![Share { expires_on: day("2026-12-09"), ..third }]).await.expect("saved");
        assert!(!share::take_view(&tx, id(1), id(1), NOW.plus_seconds(-1)).await.expect("asked"), "it started later");
        assert!(share::take_view(&tx, id(1), id(1), NOW).await.expect("asked"));
        assert!(!share::take_view(&tx, id(1), id(1), NOW).await.expect("asked"), "a view counts once");
        assert_eq!(share::forget_views(&tx, NOW).await.expect("asked"), 1);
        let opened = [("2026-11-01", true), ("2026-11-01", false), ("2026-11-03", true), ("2026-11-02", false)];
        for (on, is_first) in opened {
            assert_eq!(share::open(&tx, id(1), day(on)).await.expect("counted"), is_first, "{on}");
        }
        tx.commit().await.expect("committed");

        let found = share::find_by_hash(&db.store, "hash 1").await.expect("read").expect("a share");
        assert_eq!((found.opening_count, found.first_opened_on, found.last_opened_on), (3, Some(day("2026-11-01")), Some(day("2026-11-03"))), "a day before the last opening is a clock that went back");
        assert!(share::find_by_hash(&db.store, "hash 9").await.expect("read").is_none());
        let on_deal = share::on_opportunities(&db.store, vec![id(1)]).await.expect("read");
        assert_eq!(on_deal.iter().map(|row| (row.id, row.revoked_at.is_some(), row.expires_on)).collect::<Vec<_>>(), [
            (id(3), false, day("2026-12-09")), (id(2), true, day("2026-12-02")), (id(1), false, day("2026-12-01")),
        ]);
        let first = share::on_opportunity(&db.store, id(1), &Page { limit: 2, after: None }).await.expect("read");
        assert_eq!((first.total, first.items.iter().map(|row| row.id).collect::<Vec<_>>()), (3, vec![id(3), id(2)]));
        let rest = share::on_opportunity(&db.store, id(1), &Page { limit: 2, after: first.next }).await.expect("read");
        assert_eq!(rest.items.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
        assert!(share::on_opportunities(&db.store, Vec::<OpportunityId>::new()).await.expect("read").is_empty());
        let by_id = share::by_ids(&db.store, vec![id(1), id(3), id(9)]).await.expect("read");
        assert_eq!((by_id.len(), by_id[&id(3)].expires_on), (2, day("2026-12-09")));
        assert!(share::by_ids(&db.store, Vec::new()).await.expect("read").is_empty());
    }

    async fn a_file_is_kept_in_pieces_and_another_takes_its_place_whole(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let (long, short) = (vec![7; PIECE_BYTES + 3], vec![9; 5]);
        let tx = db.begin().await;
        content_file::replace(&tx, file(1, &long), &long).await.expect("kept");
        tx.commit().await.expect("committed");
        let piece = async |file: u64, position| content_file::piece(&db.store, id(file), position).await.expect("read").map(|body| body.len());
        assert_eq!((piece(1, 0).await, piece(1, 1).await, piece(1, 2).await), (Some(PIECE_BYTES), Some(3), None));

        let tx = db.begin().await;
        content_file::replace(&tx, file(2, &short), &short).await.expect("kept");
        tx.commit().await.expect("committed");
        assert_eq!((piece(1, 0).await, piece(2, 0).await), (None, Some(5)));
        let of = content_file::of(&db.store, vec![id(1), id(2)]).await.expect("read");
        assert_eq!(of.iter().map(|(content, file)| (*content, file.id)).collect::<Vec<_>>(), [(id::<ContentId>(1), id(2))]);

        let tx = db.begin().await;
        assert!(content_file::remove(&tx, id(1)).await.expect("asked"));
        assert!(!content_file::remove(&tx, id(1)).await.expect("asked"), "there is none");
        tx.commit().await.expect("committed");
        assert_eq!(piece(2, 0).await, None);
    }

    async fn content_is_counted_by_stage_and_found_by_its_advocate(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        let late = Content { stage: Some(domain::opportunity::DealStage::Late), advocate_id: Some(id(1)), ..Content::titled(id(31), "Clip", ContentKind::Video, NOW) };
        content::insert(&tx, late).await.expect("written");
        tx.commit().await.expect("committed");
        let of_stage = content::stages(&db.store, Sight::Everything, &Filter::default(), day("2026-03-01")).await.expect("counted");
        let late = of_stage.iter().find(|row| row.stage == Some(domain::opportunity::DealStage::Late));
        assert_eq!(late.map(|row| row.total), Some(1));
        let all = content::list(&db.store, Sight::Everything, &Filter::default(), None, day("2026-03-01"), &crate::lists::first(1)).await.expect("a list").total;
        assert_eq!(of_stage.iter().map(|row| row.total).sum::<i64>(), i64::try_from(all).expect("small"));
        let told = projection::content_of(&db.store, &[id(1)]).await.expect("read");
        assert!(told.contains(&id(31)), "{told:?}");
        assert!(projection::content_of(&db.store, &[] as &[AdvocateId]).await.expect("read").is_empty());

        let tx = db.begin().await;
        let row = |written: &str, term: Option<u64>| build::tag(RecordKind::Content, 31, id(1), written, term.map(id));
        tag::insert_all(&tx, vec![row("Health", Some(1)), row("Helth", None), row("Other", None)]).await.expect("written");
        tag::replace_terms(&tx, RecordKind::Content, id::<ContentId>(31).0, vec![row("Helth", Some(1))]).await.expect("replaced");
        tx.commit().await.expect("committed");
        let mut left: Vec<_> = tag::of(&db.store, RecordKind::Content, vec![id::<ContentId>(31).0]).await.expect("read").into_iter().map(|tag| (tag.written, tag.term_id)).collect();
        left.sort();
        assert_eq!(left, [("Helth".to_owned(), Some(id(1))), ("Other".to_owned(), None)]);
    }

    async fn a_long_job_has_a_lane_of_its_own_and_is_held_with_each_step(db: TestDb) {
        let tx = db.begin().await;
        job::insert(&tx, long_job(1)).await.expect("a job");
        tx.commit().await.expect("committed");
        assert_eq!(job::claim(&db.store, NOW).await.expect("an answer"), None, "short work does not wait behind it");
        let mine = job::claim_long(&db.store, NOW).await.expect("an answer").expect("the job");
        assert_eq!(job::claim_long(&db.store, NOW).await.expect("an answer"), None);
        let later: Timestamp = NOW.plus_seconds(3_600);
        let theirs = job::claim_long(&db.store, later).await.expect("an answer").expect("the job, given up");
        let tx = db.begin().await;
        assert!(!job::hold(&tx, &mine).await.expect("asked"), "another worker took it over");
        assert!(job::hold(&tx, &theirs).await.expect("asked"));
        tx.commit().await.expect("committed");
    }

    async fn a_plan_reads_deals_in_reach_with_their_terms_and_what_was_asked(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        let mut mine = Opportunity { account_id: Some(id(1)), owner_id: Some(id(1)), kind: OpportunityKind::New, ..Opportunity::named(id(1), "Mine", NOW) };
        mine.amount_minor = Some(500);
        let renewal = Opportunity { kind: OpportunityKind::Renewal, ..Opportunity::named(id(2), "Renewal", NOW) };
        opportunity::insert_all(&tx, vec![mine, renewal]).await.expect("written");
        let mut request = build::request(41, id(1));
        (request.opportunity_id, request.wanted) = (Some(id(1)), 2);
        storage::request::insert(&tx, request).await.expect("written");
        let tagged = build::tag(RecordKind::Opportunity, 1, id(1), "Hospitals", Some(id(1)));
        tag::insert_all(&tx, vec![tagged]).await.expect("written");
        tx.commit().await.expect("committed");
        let (position, all) = pipeline::load(&db.store).await.expect("read");
        assert_eq!(position, storage::log::head(&db.store).await.expect("read").position);
        let told: Vec<_> = all.deals.iter().map(|deal| (deal.id, deal.amount_minor)).collect();
        assert!(told.contains(&(id(1), Some(500))) && told.is_sorted(), "{told:?}");
        let tagged = |deals: &pipeline::Deals| deals.carried.iter().any(|row| row.record_id == id::<OpportunityId>(1).0 && row.term_id == id(1));
        assert!(tagged(&all));
        assert_eq!(all.asked.iter().map(|row| (row.opportunity_id, row.references_asked)).collect::<Vec<_>>(), [(id(1), 2)]);
        let one = pipeline::load_some(&db.store, &[id(1), id(99)], &[]).await.expect("read");
        assert_eq!((one.deals.as_slice(), &one.asked), (&all.deals[..1], &all.asked));
        assert!(tagged(&one));
        let none = pipeline::load_some(&db.store, &[], &[]).await.expect("read");
        assert!(none.deals.is_empty() && none.asked.is_empty() && none.carried.is_empty());
        let answers = pipeline::answers(&db.store).await.expect("read");
        assert!(answers.accepted <= answers.asked);
        // The deal of the first account is open, and nobody said since when it buys.
        assert!(pipeline::customers(&db.store).await.expect("read").iter().all(|one| one.id != id(1)));
        let tx = db.begin().await;
        let won = Opportunity { account_id: Some(id(1)), status: domain::opportunity::OpportunityStatus::Won, ..Opportunity::named(id(3), "Won", NOW) };
        opportunity::insert_all(&tx, vec![won]).await.expect("written");
        tx.commit().await.expect("committed");
        let customers = pipeline::customers(&db.store).await.expect("read");
        assert_eq!(customers.iter().filter(|one| one.id == id(1)).count(), 1);
    }
}
