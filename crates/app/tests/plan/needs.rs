//! The needs calendar through its door: whose needs, who could serve them, and what clashes.

use app::{
    Error,
    plan::{
        gaps,
        needs::{self, CreateNeed, EditNeed, NeedView},
    },
    policy::Permission,
    setting,
};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use domain::{
    access::Role,
    activity::Activity,
    need::{NeedAlarm, NeedKind},
    time::Day,
};
use storage::{advocate, term};
use testkit::{TODAY, TestApp, build::id, day};

use super::{by_industry, certain, pipeline};

/// One account in healthcare whose advocate talks on stages.
pub(super) async fn stage(test: &TestApp) {
    pipeline(test).await;
    let willing = advocate::Willingness {
        advocate_id: id(1),
        activity: Activity::Speaking,
        limit_per_year: None,
    };
    let tx = test.db.begin().await;
    advocate::insert_willingness(&tx, vec![willing])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

pub(super) fn in_days(days: i64) -> Day {
    day(TODAY).plus_days(days)
}

pub(super) fn talk(title: &str, on: Day) -> CreateNeed {
    CreateNeed {
        kind: NeedKind::Event,
        title: title.to_owned(),
        activity: Activity::Speaking,
        wanted: None,
        need_on: on,
        account_id: None,
        terms: None,
        note: Some("Keynote, 20 minutes".to_owned()),
    }
}

async fn industry(test: &TestApp, name: &str) -> domain::id::TermId {
    let facets = term::facets(&test.db.store).await.expect("facets");
    let facet = facets.iter().find(|one| one.facet_key == "industry");
    let facet = facet.expect("industry").id;
    let terms = term::terms(&test.db.store).await.expect("terms");
    let found = terms
        .iter()
        .find(|one| one.facet_id == facet && one.name == name);
    found.expect("a term of the starting taxonomy").id
}

fn of<'a>(needs: &'a [NeedView], title: &str) -> &'a NeedView {
    needs.iter().find(|one| one.title == title).expect(title)
}

testkit::on_both_engines! {
    async fn a_year_of_needs_says_who_could_serve_them_what_clashes_and_when_to_begin(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        stage(&test).await;
        let create = async |ask| needs::create(&test.app, &team, ask, None).await.expect("noted");
        let health = industry(&test, "Healthcare").await;
        let retail = industry(&test, "Retail").await;
        create(CreateNeed { terms: Some(vec![health]), ..talk("Forum", in_days(70)) }).await;
        create(CreateNeed { account_id: Some(id(1)), ..talk("Summit", in_days(90)) }).await;
        create(CreateNeed { terms: Some(vec![retail]), ..talk("Shop day", in_days(200)) }).await;
        let found = needs::calendar(&test.app, &team, None).await.expect("read");
        assert_eq!((found.from, found.to), (day("2026-03-01"), day("2027-02-28")));
        let [forum, summit, shop] = ["Forum", "Summit", "Shop day"].map(|title| of(&found.needs, title));
        // One talk in two quarters, and both needs have only one account: the earlier one has it.
        assert_eq!((forum.covered, forum.served_by[0].name.as_str()), (1, "Clinic"));
        assert_eq!((summit.covered, summit.fits, summit.next_free), (0, 1, Some(in_days(70 + 182))));
        assert_eq!((shop.covered, shop.fits, shop.next_free), (0, 0, None));
        // 60 days' notice for an event, and 60 more to bring somebody in.
        assert_eq!((forum.ask_by, forum.alarm), (in_days(10), Some(NeedAlarm::AskSoon)));
        assert_eq!((summit.recruit_by, summit.alarm), (in_days(-30), Some(NeedAlarm::RecruitLate)));
        assert_eq!((shop.recruit_by, shop.alarm), (in_days(80), None));
        let [clinic] = found.customers.as_slice() else { panic!("{:?}", found.customers) };
        assert_eq!((clinic.account.name.as_str(), clinic.clashes), ("Clinic", 1));
        let told: Vec<_> = clinic.asks.iter().map(|one| (one.title.as_deref(), one.is_clash)).collect();
        assert_eq!(told, [(Some("Forum"), false), (Some("Summit"), true)]);
        let wanted: i64 = found.months.iter().map(|month| month.wanted).sum();
        let covered: usize = found.months.iter().map(|month| month.covered).sum();
        assert_eq!((wanted, covered), (3, 1));

        // Half a year later the same customer can give both.
        let moved = EditNeed { need_on: Some(in_days(70 + 182)), ..EditNeed::default() };
        let moved = needs::edit(&test.app, &team, summit.id, 1, moved).await.expect("moved");
        assert_eq!((moved.version, moved.covered, moved.alarm), (2, 1, None));
    }

    async fn a_stakeholder_keeps_own_needs_and_closes_them_and_others_only_look(db: TestDb) {
        let test = TestApp::on(db).await;
        let press = test.colleague(1, "Stella Press", &[Role::Stakeholder]).await;
        let other = test.colleague(2, "Otto Events", &[Role::Stakeholder]).await;
        let executive = test.colleague(3, "Ed Exec", &[Role::Executive]).await;
        let admin = test.colleague(4, "Ann Admin", &[Role::Admin]).await;
        stage(&test).await;
        let own = needs::create(&test.app, &press, talk("Launch", in_days(100)), None).await.expect("noted");
        assert_eq!((own.owner.as_ref().map(|one| one.name.as_str()), own.can_edit, own.covered), (Some("Stella Press"), true, 1));
        assert!(matches!(needs::get(&test.app, &other, own.id).await, Err(Error::NotFound)));
        let seen = needs::get(&test.app, &executive, own.id).await.expect("read");
        assert!(!seen.can_edit);
        let no = EditNeed { title: Some("Mine".to_owned()), ..EditNeed::default() };
        assert!(matches!(needs::edit(&test.app, &other, own.id, 1, no.clone()).await, Err(Error::NotFound)));
        assert!(matches!(needs::edit(&test.app, &executive, own.id, 1, no).await, Err(Error::Forbidden)));
        assert!(matches!(needs::calendar(&test.app, &admin, None).await, Err(Error::Forbidden)));
        let close = || EditNeed { close_reason: Some("Served by Clinic".to_owned()), ..EditNeed::default() };
        let closed = needs::edit(&test.app, &press, own.id, 1, close()).await.expect("closed");
        assert_eq!((closed.covered, closed.can_edit, closed.alarm), (0, false, None));
        assert!(matches!(needs::edit(&test.app, &press, own.id, 1, close()).await, Err(Error::Stale { .. })));
        assert!(matches!(needs::edit(&test.app, &press, own.id, 2, close()).await, Err(Error::Conflict(_))));
    }

    async fn what_makes_no_sense_about_a_need_is_refused_at_its_field(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        for (field, ask) in [
            ("title", talk(" ", in_days(9))),
            ("wanted", CreateNeed { wanted: Some(0), ..talk("x", in_days(9)) }),
            ("wanted", CreateNeed { wanted: Some(101), ..talk("x", in_days(9)) }),
            ("account_id", CreateNeed { account_id: Some(id(9)), ..talk("x", in_days(9)) }),
            ("terms", CreateNeed { terms: Some(vec![id(9)]), ..talk("x", in_days(9)) }),
            ("note", CreateNeed { note: Some("x".repeat(2_001)), ..talk("x", in_days(9)) }),
        ] {
            let refused = needs::create(&test.app, &team, ask, None).await;
            let Err(Error::Invalid(problems)) = refused else { panic!("{field}: {refused:?}") };
            assert_eq!(problems[0].field, field);
        }
        assert!(needs::calendar(&test.app, &team, None).await.expect("read").needs.is_empty());
    }

    async fn the_file_of_a_year_is_read_by_another_parser_with_its_days_and_alarms(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        stage(&test).await;
        needs::create(&test.app, &team, talk("Forum; a\nb, \"c\"", in_days(70)), None).await.expect("noted");
        let text = needs::file(&test.app, &team, None).await.expect("written");
        let read = ICalendar::parse(&text).expect("a calendar");
        let of = |kind: ICalendarComponentType| read.components.iter().filter(move |one| one.component_type == kind);
        assert_eq!(of(ICalendarComponentType::VEvent).count(), 1);
        let alarm = of(ICalendarComponentType::VAlarm).next().expect("an alarm");
        assert!(alarm.property(&ICalendarProperty::Trigger).is_some());
        let start = format!("DTSTART;VALUE=DATE:{}", in_days(70).to_string().replace('-', ""));
        assert!(text.contains(&start), "{text}");
        assert!(text.contains("Ask by 2026-03-12"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    }

    async fn an_open_need_takes_its_use_before_any_deal_is_covered(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        pipeline(&test).await;
        setting::write(&test.app, &team, Permission::PlanEdit, &certain(), 0).await.expect("written");
        let without = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        assert_eq!((without.money_covered.as_str(), without.needs_wanted), ("1000.00", 0));

        // The only account gives one call a quarter; an analyst needs it in three weeks.
        let call = CreateNeed {
            kind: NeedKind::AnalystRelations,
            activity: Activity::ReferenceCall,
            wanted: Some(2),
            ..talk("Wave", in_days(20))
        };
        let wave = needs::create(&test.app, &team, call, None).await.expect("noted");
        let with = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        assert_eq!((with.needs_wanted, with.needs_served), (2, 1));
        assert_eq!((with.money_covered.as_str(), with.money_at_risk.as_str()), ("0.00", "1470.00"));
        assert_eq!(with.demand.needs_within, [2, 2, 2, 2]);
        assert_eq!(with.demand.expected, without.demand.expected, "deals ask for what they asked for");

        let close = EditNeed { close_reason: Some("Dropped".to_owned()), ..EditNeed::default() };
        needs::edit(&test.app, &team, wave.id, 1, close).await.expect("closed");
        let after = gaps::get(&test.app, &team, &by_industry()).await.expect("gaps");
        assert_eq!((after.money_covered.as_str(), after.needs_wanted), ("1000.00", 0));
    }
}
