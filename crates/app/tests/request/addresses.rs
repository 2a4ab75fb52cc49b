//! Addresses that a mail server refuses: who hears of it, and how the advocate is asked then.

use app::{
    Error,
    contact::{
        self,
        edit::{self, EditContact},
    },
    inbox,
    job::{self, Worked},
    mail::{Carrier, Letter, NotSent, Sending},
    request::owner::{self, Approve},
    steward::{self, AskQueue},
};
use domain::{steward::StewardReason, time::Day};
use testkit::{TODAY, build::id, day};

use crate::{
    appointments::{letters, with_mail},
    world::{World, only},
};

/// A mail server that knows nobody at the customer.
struct KnowsNobody;

impl Carrier for KnowsNobody {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        let is_customer = letter.to.as_str().ends_with("@meridian.example");
        Box::pin(async move {
            if is_customer {
                Err(NotSent::NoSuchMailbox("550 5.1.1 no such mailbox".into()))
            } else {
                Ok(())
            }
        })
    }
}

impl World {
    async fn ann(&self) -> contact::ContactView {
        let read = contact::get(&self.test.app, &self.program, id(1)).await;
        read.expect("Ann")
    }

    async fn corrects(&self, change: EditContact) -> Result<Option<Day>, Error> {
        let version = self.ann().await.version;
        let saved = edit::edit(&self.test.app, &self.owner, id(1), version, change).await?;
        Ok(saved.email_refused_on)
    }

    async fn links_to_pass_on(&self) -> usize {
        let read = inbox::list(&self.test.app, &self.owner, inbox::ListNotices::default()).await;
        let items = read.expect("an inbox").page.items;
        items
            .iter()
            .filter(|one| one.title == "Pass on a link")
            .count()
    }

    async fn waits_for_an_address(&self) -> bool {
        let queue = steward::list(&self.test.app, &self.program, AskQueue::default()).await;
        let rows = queue.expect("a queue").page.items;
        let found = rows
            .iter()
            .find(|row| row.reason == StewardReason::AddressRefused);
        found.is_some_and(|row| row.contact.is_some_and(|contact| contact.id == id(1)))
    }
}

fn marked(is_refused: bool) -> EditContact {
    EditContact {
        email_refused: Some(is_refused),
        ..EditContact::default()
    }
}

fn addressed(email: &str) -> EditContact {
    EditContact {
        email: Some(Some(email.to_owned())),
        ..EditContact::default()
    }
}

testkit::on_both_engines! {
    async fn an_address_that_a_mail_server_does_not_know_is_marked_and_the_owner_passes_the_link_on(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        let asked = only(&world.submit(1).await.expect("submitted"));
        owner::approve(&app, &world.owner, asked.id, asked.version, Approve::default()).await.expect("approved");
        assert_eq!(world.links_to_pass_on().await, 0, "a letter goes out");
        let mut failed = 0;
        loop {
            match job::run_next(&app, Some(&KnowsNobody)).await.expect("a job") {
                Worked::Idle => break,
                Worked::Failed => failed += 1,
                Worked::Done => {}
            }
        }
        assert_eq!(failed, 1, "a mailbox that is not there is not tried again");
        assert_eq!(world.ann().await.email_refused_on, Some(day(TODAY)));
        assert_eq!(world.links_to_pass_on().await, 1);
        assert!(world.waits_for_an_address().await);
        let corrected = world.corrects(addressed("ann.new@meridian.example")).await.expect("saved");
        assert_eq!((corrected, world.waits_for_an_address().await), (None, false), "another address is not refused");
        let back = world.corrects(addressed("ann@meridian.example")).await.expect("saved");
        assert_eq!(back, Some(day(TODAY)), "the refused one still is");
    }

    async fn nobody_is_asked_by_mail_at_a_refused_address_until_somebody_says_that_it_works(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        assert_eq!(world.corrects(marked(true)).await.expect("saved"), Some(day(TODAY)));
        let version = world.ann().await.version;
        assert_eq!(world.corrects(marked(true)).await.expect("the same"), Some(day(TODAY)));
        assert_eq!(world.ann().await.version, version, "said twice, written once");
        let asked = only(&world.submit(1).await.expect("submitted"));
        owner::approve(&app, &world.owner, asked.id, asked.version, Approve::default()).await.expect("approved");
        let to_ann = letters(&app).await.into_iter().filter(|letter| letter.to.as_str().starts_with("ann@")).count();
        assert_eq!((to_ann, world.links_to_pass_on().await), (0, 1));
        assert_eq!(world.corrects(marked(false)).await.expect("saved"), None);
        assert!(!world.waits_for_an_address().await);
        let nobody = EditContact { email: Some(None), ..marked(true) };
        let refused = world.corrects(nobody).await.expect_err("there is no address");
        assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    }
}
