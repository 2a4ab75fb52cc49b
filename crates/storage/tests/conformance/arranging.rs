//! Appointments: what is on offer, what is agreed, whom to remind and whom to forget; and how asks went.

use domain::{activity::Activity, appointment::Slots, time::Timestamp};
use storage::{
    appointment::{self, Appointment},
    candidate, request,
};
use testkit::{NOW, build, build::id};

fn slots() -> Slots {
    "2026-03-09T14:00:00.000000Z 2026-03-10T14:00:00.000000Z"
        .parse()
        .expect("slots")
}

fn on_offer(number: u64) -> Appointment {
    Appointment {
        id: id(number),
        version: 1,
        candidate_id: id(number),
        slots: slots(),
        time_zone: "America/Chicago".into(),
        minutes: 30,
        place: Some("https://meet.example.com".into()),
        starts_at: None,
        changed_at: NOW,
        called_off_at: None,
        sequence: None,
        buyer_email: Some("buyer@prospect.example".parse().expect("an address")),
        remind_at: None,
    }
}

testkit::on_both_engines! {
    async fn the_past_of_an_activity_is_read_newest_first_with_the_rows_of_an_ask_together(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        let asked = |number: u64, days: i64| storage::request::Request { created_at: NOW.plus_days(days), activity: Activity::Speaking, ..build::request(number, id(1)) };
        request::insert_all(&tx, vec![asked(51, -9), asked(52, -3), asked(53, -1), build::request(54, id(1))]).await.expect("written");
        let rows = [(51, 51), (52, 52), (53, 52)].map(|(number, request)| candidate::Candidate { accepted_at: Some(NOW), ..build::candidate(number, id(request), id(1), id(1)) });
        candidate::insert_all(&tx, rows.into()).await.expect("written");
        tx.commit().await.expect("committed");
        let past = async |days, limit| candidate::past_steps(&db.store, Some(Activity::Speaking), NOW.plus_days(days), limit).await.expect("read").iter().map(|row| (row.request_id, row.accepted_at.is_some())).collect::<Vec<_>>();
        assert_eq!(past(-9, 9).await, [(id(53), false), (id(52), true), (id(52), true), (id(51), true)]);
        assert_eq!(past(-8, 9).await.len(), 3);
        assert_eq!(past(-9, 1).await, [(id(53), false)]);
        let asked = async |days, limit| candidate::asked_since(&db.store, NOW.plus_days(days), limit).await.expect("read").iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(asked(0, 3).await, [id(53), id(52), id(51)], "the latest first");
        assert_eq!((asked(0, 1).await, asked(1, 9).await), (vec![id(53)], vec![]));
    }

    async fn an_appointment_reads_back_is_reminded_of_and_forgets_its_buyer(db: TestDb) {
        crate::projection::insert_world(&db).await;
        let tx = db.begin().await;
        let open = build::request(51, id(1));
        let closed = storage::request::Request { closed_at: Some(NOW), ..build::request(52, id(1)) };
        request::insert_all(&tx, vec![open, closed]).await.expect("written");
        let rows = [(51, 51), (52, 51), (53, 52)].map(|(number, request)| build::candidate(number, id(request), id(1), id(1)));
        candidate::insert_all(&tx, rows.into()).await.expect("written");
        appointment::insert(&tx, on_offer(51)).await.expect("written");
        appointment::insert_all(&tx, vec![on_offer(52), on_offer(53)]).await.expect("written");
        tx.commit().await.expect("committed");

        let found = appointment::of_candidates(&db.store, vec![id(51), id(52), id(99)]).await.expect("read");
        assert_eq!(found.len(), 2);
        let row = &found[&id(51)];
        assert_eq!((row.slots.clone(), row.booked_at()), (slots(), None));
        assert!(appointment::of_candidates(&db.store, Vec::new()).await.expect("read").is_empty());

        let tx = db.begin().await;
        let at: Timestamp = "2026-03-09T14:00:00Z".parse().expect("an instant");
        let mut booked = Appointment { starts_at: Some(at), sequence: Some(0), remind_at: Some(NOW.plus_seconds(60)), ..found[&id(51)].clone() };
        appointment::save(&tx, &mut booked).await.expect("saved");
        let off = Appointment { starts_at: Some(at), called_off_at: Some(NOW), remind_at: Some(NOW), ..found[&id(52)].clone() };
        appointment::save_all(&tx, vec![off]).await.expect("saved");
        tx.commit().await.expect("committed");
        let due = async |now| appointment::to_remind(&db.store, now, 10).await.expect("read").into_iter().map(|row| row.candidate_id).collect::<Vec<_>>();
        assert_eq!(due(NOW).await, [id(52)]);
        assert_eq!(due(NOW.plus_seconds(60)).await, [id(52), id(51)], "the earliest first");
        let found = appointment::of_candidates(&db.store, vec![id(51), id(52)]).await.expect("read");
        assert_eq!((found[&id(51)].booked_at(), found[&id(52)].booked_at()), (Some(at), None), "what was called off does not stand");

        let tx = db.begin().await;
        assert_eq!(appointment::forget_buyers(&tx, NOW).await.expect("asked"), 0, "it closed just now");
        assert_eq!(appointment::forget_buyers(&tx, NOW.plus_seconds(1)).await.expect("asked"), 1);
        tx.commit().await.expect("committed");
        let found = appointment::of_candidates(&db.store, vec![id(51), id(53)]).await.expect("read");
        assert!(found[&id(53)].buyer_email.is_none() && found[&id(51)].buyer_email.is_some());
    }
}
