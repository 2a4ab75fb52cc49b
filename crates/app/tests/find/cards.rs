//! What a card shows is what its records say by now, however often it was shown before.

use app::{
    account::edit::{self as account, EditAccount},
    advocate::edit::{self as advocate, EditAdvocate},
    contact::edit::{self as contact, EditContact},
};
use domain::{
    access::Role,
    content::{ContentKind, ContentStatus},
    id::{AccountId, AdvocateId, ContactId},
    record::RecordKind,
};
use storage::{
    content::{self, Content},
    tag,
};
use testkit::{NOW, build::id};

use crate::world::*;

impl World {
    /// An approved story of an account.
    async fn tell(&self, number: u64) {
        let mut story = Content::titled(id(number), "How they did it", ContentKind::CaseStudy, NOW);
        story.account_id = Some(id(number));
        story.status = ContentStatus::Approved;
        let tx = self.test.db.begin().await;
        content::insert(&tx, story).await.expect("written");
        let tag = self.tag(RecordKind::Content, id(number), "industry", "Banking");
        tag::insert_all(&tx, vec![tag]).await.expect("written");
        tx.commit().await.expect("committed");
    }

    /// What the card of an advocate says, and the story that comes with the answer.
    async fn card(&self, number: u64) -> (Option<String>, String, String, Option<String>) {
        let answer = self.for_deal("").await;
        let mut rows = answer.rows.into_iter();
        let row = rows.find(|row| row.advocate == id(number)).expect("a card");
        let of_content = answer
            .content
            .into_iter()
            .next()
            .and_then(|row| row.account_name);
        (row.title, row.account_name, row.story_excerpt, of_content)
    }
}

testkit::on_both_engines! {
    async fn the_next_card_says_what_its_records_say_by_now(db: TestDb) {
        let world = World::on(db).await;
        world.tell(BANK).await;
        let app = &world.test.app;
        let team = world.test.colleague(2, "Pat Program", &[Role::Program]).await;
        let before = world.card(BANK).await;
        assert_eq!(before.1, "Customer 2");
        assert_eq!(before.3.as_deref(), Some("Customer 2"));
        assert_eq!(world.card(BANK).await, before, "nothing changed");

        let change = EditAccount { name: Some("River Bank".to_owned()), ..EditAccount::default() };
        account::edit(app, &team, id::<AccountId>(BANK), 1, change).await.expect("renamed");
        let change = EditContact { title: Some(Some("Head of IT".to_owned())), ..EditContact::default() };
        contact::edit(app, &team, id::<ContactId>(BANK), 1, change).await.expect("edited");
        let change = EditAdvocate { headline: Some("Branches in the cloud".to_owned()), ..EditAdvocate::default() };
        advocate::edit(app, &team, id::<AdvocateId>(BANK), 1, change).await.expect("edited");
        let name = "River Bank".to_owned();
        let now = (Some("Head of IT".to_owned()), name.clone(), "Branches in the cloud".to_owned(), Some(name));
        assert_eq!(world.card(BANK).await, now);
    }
}
