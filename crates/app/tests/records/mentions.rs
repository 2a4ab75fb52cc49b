//! Colleagues who are named in the notes on a profile: told once, and only those who may read them.

use app::{
    Actor, App,
    advocate::{
        self,
        edit::{self, EditAdvocate},
    },
    inbox::{self, ListNotices},
};
use domain::{access::Role, id::AdvocateId, notice::NoticeClass};
use testkit::build::id;

use crate::World;

async fn note(world: &World, notes: &str) {
    let (app, ann): (_, AdvocateId) = (&world.test.app, id(1));
    let now = advocate::get(app, &world.program, ann)
        .await
        .expect("a profile");
    let change = EditAdvocate {
        notes: Some(notes.to_owned()),
        ..EditAdvocate::default()
    };
    edit::edit(app, &world.program, ann, now.version, change)
        .await
        .expect("saved");
}

async fn mentions(app: &App, reader: &Actor) -> Vec<(String, String, String)> {
    let ask = ListNotices {
        class: Some(NoticeClass::Mention),
        ..ListNotices::default()
    };
    let inbox = inbox::list(app, reader, ask).await.expect("the inbox");
    let told = inbox.page.items.into_iter();
    told.map(|one| (one.title, one.body, one.link)).collect()
}

testkit::on_both_engines! {
    async fn whoever_may_read_the_notes_is_told_once_and_nobody_else(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let seller = world.test.colleague(11, "Sam Seller", &[Role::Seller]).await;
        let other = world.test.colleague(12, "Paul Olga", &[Role::Program]).await;
        note(&world, "@Olga Owner, @Otto Owner, @Sam Seller: call her. @Pia Program wrote this. mail@olga owner").await;
        let told = ("Pia Program mentioned you".to_owned(), "In the notes on Ann Advocate.".to_owned(), format!("/advocates/{}", id::<AdvocateId>(1)));
        assert_eq!(mentions(app, &world.owner).await, std::slice::from_ref(&told), "she owns the account");
        for reader in [&world.stranger, &seller, &world.program, &other] {
            assert!(mentions(app, reader).await.is_empty(), "{}", reader.name);
        }
        note(&world, "@Olga Owner: she said yes.").await;
        assert_eq!(mentions(app, &world.owner).await.len(), 1, "she knows");
        note(&world, "@Olga Owner and \\@Paul Olga").await;
        assert!(mentions(app, &other).await.is_empty(), "a backslash names nobody");
        note(&world, "@paul olga!").await;
        assert_eq!(mentions(app, &other).await, [told]);
    }
}
