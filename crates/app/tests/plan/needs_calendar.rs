//! Needs out of a calendar file, and the alarms that their owners get.

use app::{
    Error,
    inbox::{self, ListNotices},
    plan::needs::{self, EditNeed, ImportNeeds, alarm},
};
use domain::{
    access::Role,
    activity::Activity,
    need::{NeedAlarm, NeedKind},
};
use testkit::{NOW, TestApp};

use super::needs::{in_days, stage, talk};

fn event(uid: &str, days: i64, title: &str, more: &str) -> String {
    let day = in_days(days).to_string().replace('-', "");
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{title}\r\n{more}END:VEVENT\r\n"
    )
}

fn file(events: &[String]) -> ImportNeeds {
    ImportNeeds {
        file: format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.concat()),
        kind: NeedKind::Event,
        activity: Activity::Speaking,
        wanted: None,
        check_only: false,
    }
}

testkit::on_both_engines! {
    async fn a_calendar_becomes_needs_once_which_move_and_close_with_their_events(db: TestDb) {
        let test = TestApp::on(db).await;
        let press = test.colleague(1, "Stella Press", &[Role::Stakeholder]).await;
        let other = test.colleague(2, "Otto Events", &[Role::Stakeholder]).await;
        let executive = test.colleague(3, "Ed Exec", &[Role::Executive]).await;
        stage(&test).await;
        let first = file(&[
            event("a", 100, "Summit", "DESCRIPTION:Keynote\r\n"),
            event("b", 130, "Launch", "CATEGORIES:Public relations\r\n"),
            event("c", -3, "Over", ""),
            event("d", 90, "Weekly", "RRULE:FREQ=WEEKLY\r\n"),
            event("a", 91, "Again", ""),
            event("e", 92, "", ""),
        ]);
        let check = ImportNeeds { check_only: true, ..first.clone() };
        let told = needs::import(&test.app, &press, check).await.expect("checked");
        assert_eq!((told.created, told.past, told.problems.len()), (2, 1, 3), "{told:?}");
        assert!(needs::calendar(&test.app, &press, None).await.expect("read").needs.is_empty());
        assert_eq!(needs::import(&test.app, &press, first.clone()).await.expect("loaded"), told);
        let places: Vec<_> = told.problems.iter().map(|one| (one.event, one.title.as_deref())).collect();
        assert_eq!(places, [(4, Some("Weekly")), (5, Some("Again")), (6, None)]);
        let noted = needs::calendar(&test.app, &press, None).await.expect("read").needs;
        let told: Vec<_> = noted.iter().map(|one| (one.title.as_str(), one.kind, one.need_on, one.note.as_deref())).collect();
        assert_eq!(told, [
            ("Summit", NeedKind::Event, in_days(100), Some("Keynote")),
            ("Launch", NeedKind::PublicRelations, in_days(130), None),
        ]);
        let again = needs::import(&test.app, &press, first).await.expect("loaded again");
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));

        // The same events are nobody else's, and who only reads loads nothing.
        let moved = file(&[event("a", 110, "Summit", "DESCRIPTION:Keynote\r\n"), event("b", 130, "Launch", "STATUS:CANCELLED\r\n")]);
        let refused = needs::import(&test.app, &other, moved.clone()).await.expect("told");
        assert_eq!((refused.changed, refused.problems.len()), (0, 2));
        assert!(matches!(needs::import(&test.app, &executive, moved.clone()).await, Err(Error::Forbidden)));
        let told = needs::import(&test.app, &press, moved).await.expect("loaded");
        assert_eq!((told.changed, told.closed), (1, 1));
        let summit = needs::get(&test.app, &press, noted[0].id).await.expect("read");
        assert_eq!((summit.need_on, summit.version), (in_days(110), 2));
        let launch = needs::get(&test.app, &press, noted[1].id).await.expect("read");
        assert_eq!(launch.close_reason.as_deref(), Some("Cancelled in the calendar"));
    }

    async fn the_file_that_goodword_writes_is_known_again_when_it_comes_back(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        stage(&test).await;
        let talked = needs::create(&test.app, &team, talk("Forum, part one", in_days(70)), None).await.expect("noted");
        let text = needs::file(&test.app, &team, None).await.expect("written");
        let load = async |text: &str| {
            let ask = ImportNeeds { file: text.to_owned(), ..file(&[]) };
            needs::import(&test.app, &team, ask).await.expect("loaded")
        };
        let same = load(&text).await;
        assert_eq!((same.unchanged, same.problems.len()), (1, 0), "{same:?}");
        let day = |days| in_days(days).to_string().replace('-', "");
        assert_eq!(load(&text.replace(&day(70), &day(75))).await.changed, 1);
        let after = needs::get(&test.app, &team, talked.id).await.expect("read");
        assert_eq!((after.need_on, after.note, after.title), (in_days(75), talked.note, talked.title));
    }

    async fn what_is_no_calendar_is_refused_at_the_file(db: TestDb) {
        let test = TestApp::on(db).await;
        let team = test.colleague(1, "Pat Program", &[Role::Program]).await;
        for (field, ask) in [
            ("file", ImportNeeds { file: "Day,Title".to_owned(), ..file(&[]) }),
            ("wanted", ImportNeeds { wanted: Some(0), ..file(&[]) }),
        ] {
            let refused = needs::import(&test.app, &team, ask).await;
            let Err(Error::Invalid(problems)) = refused else { panic!("{field}: {refused:?}") };
            assert_eq!(problems[0].field, field);
        }
    }

    async fn who_noted_a_need_is_told_once_what_has_to_begin_and_again_when_that_changes(db: TestDb) {
        let test = TestApp::on(db).await;
        let press = test.colleague(1, "Stella Press", &[Role::Stakeholder]).await;
        stage(&test).await;
        // A talk is due 60 days of notice: in 70 days there are 10 left to ask.
        let soon = needs::create(&test.app, &press, talk("Forum", in_days(70)), None).await.expect("noted");
        needs::create(&test.app, &press, talk("Far off", in_days(300)), None).await.expect("noted");
        assert_eq!(soon.alarm, Some(NeedAlarm::AskSoon));
        assert_eq!(alarm::run(&test.app).await.expect("a round"), 1);
        assert_eq!(alarm::run(&test.app).await.expect("a round"), 0, "the day was looked at");
        let told = async || inbox::list(&test.app, &press, ListNotices::default()).await.expect("read").page.items;
        let first = told().await.remove(0);
        assert_eq!(first.title, "Forum: ask now");
        assert_eq!(first.link, format!("/plan/needs?need={}", soon.id));
        assert!(first.body.contains("2026-03-12"), "{}", first.body);
        let seen = needs::get(&test.app, &press, soon.id).await.expect("read");
        assert_eq!(seen.version, 1, "an alarm is no change");

        test.app.clock.set(NOW.plus_days(1));
        assert_eq!(alarm::run(&test.app).await.expect("a round"), 0, "it is the same alarm");
        test.app.clock.set(NOW.plus_days(20));
        assert_eq!(alarm::run(&test.app).await.expect("a round"), 1);
        assert_eq!(told().await[0].title, "Forum: the notice runs short");
        let close = EditNeed { close_reason: Some("Dropped".to_owned()), ..EditNeed::default() };
        needs::edit(&test.app, &press, soon.id, 1, close).await.expect("closed");
        test.app.clock.set(NOW.plus_days(80));
        assert_eq!(alarm::run(&test.app).await.expect("a round"), 0);
    }
}
