//! Records that people correct by hand: who may, what is refused, and what the history says of it.

mod backups;
mod comments;
mod deals;
mod mentions;
mod rules;
mod way_back;

use app::{
    Actor, Error,
    account::{self, edit::EditAccount},
    advocate::{
        AdvocateView,
        edit::{self as profile, EditAdvocate, OutcomeInput},
        verify,
    },
    audit::{self, Reading},
    contact::{
        self,
        edit::{self, EditContact},
    },
    erase::{self, EraseContact},
};
use domain::{
    access::Role,
    freshness::ProfilePart,
    id::{AdvocateId, ContactId, UserId},
};
use storage::{
    account::Account,
    contact::{self as contact_rows, Contact},
};
use testkit::{TestApp, TestDb, build, build::id};

struct World {
    test: TestApp,
    program: Actor,
    owner: Actor,
    stranger: Actor,
    privacy: Actor,
}

const ANN: u64 = 1;
const BEN: u64 = 2;

impl World {
    /// An account of the owner with two people; the first is an advocate.
    async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let program = test.colleague(1, "Pia Program", &[Role::Program]).await;
        let owner = test.colleague(2, "Olga Owner", &[Role::Owner]).await;
        let stranger = test.colleague(3, "Otto Owner", &[Role::Owner]).await;
        let privacy = test.colleague(4, "Priya Privacy", &[Role::Privacy]).await;
        let account = Account {
            owner_id: Some(id::<UserId>(2)),
            domain: Some("meridian.example".to_owned()),
            employees: Some(4_200),
            ..build::account(1, "Meridian Health")
        };
        let people = vec![
            Contact {
                email: Some("ann@meridian.example".parse().expect("an address")),
                phone: Some("+49 30 1234".to_owned()),
                title: Some("CIO".to_owned()),
                ..build::contact(ANN, "Ann Advocate", id(1))
            },
            Contact {
                email: Some("ben@meridian.example".parse().expect("an address")),
                ..build::contact(BEN, "Ben Buyer", id(1))
            },
        ];
        let tx = test.db.begin().await;
        storage::account::insert_all(&tx, vec![account])
            .await
            .expect("written");
        contact_rows::insert_all(&tx, people)
            .await
            .expect("written");
        storage::advocate::insert_all(&tx, vec![build::advocate(1, id(ANN))])
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        Self {
            test,
            program,
            owner,
            stranger,
            privacy,
        }
    }

    async fn edit(
        &self,
        actor: &Actor,
        number: u64,
        version: i64,
        change: EditContact,
    ) -> Result<contact::ContactView, Error> {
        edit::edit(
            &self.test.app,
            actor,
            id::<ContactId>(number),
            version,
            change,
        )
        .await
    }
}

fn fresh(view: &AdvocateView, part: ProfilePart) -> (Option<String>, bool) {
    let found = view.freshness.iter().find(|one| one.part == part);
    let found = found.expect("every part is told");
    (found.verified_on.map(|day| day.to_string()), found.is_stale)
}

fn titled(title: &str) -> EditContact {
    EditContact {
        title: Some(Some(title.to_owned())),
        ..EditContact::default()
    }
}

fn addressed(email: &str) -> EditContact {
    EditContact {
        email: Some(Some(email.to_owned())),
        ..EditContact::default()
    }
}

fn fields_of(error: &Error) -> Vec<&str> {
    match error {
        Error::Invalid(problems) => problems.iter().map(|one| one.field.as_str()).collect(),
        other => panic!("{other:?} names no field"),
    }
}

testkit::on_both_engines! {
    async fn a_contact_is_corrected_and_a_value_is_taken_away(db: TestDb) {
        let world = World::on(db).await;
        let change = EditContact {
            name: Some("  Ann Ådvocate ".to_owned()),
            phone: Some(None),
            time_zone: Some(Some("Europe/Berlin".to_owned())),
            ..titled("Chief information officer")
        };
        let saved = world.edit(&world.owner, ANN, 1, change).await.expect("saved");
        assert_eq!(saved.version, 2);
        assert_eq!(saved.name, "Ann Ådvocate");
        assert_eq!(saved.title.as_deref(), Some("Chief information officer"));
        assert_eq!(saved.phone, None);
        assert_eq!(saved.time_zone.as_deref(), Some("Europe/Berlin"));
        assert_eq!(saved.email.as_deref(), Some("ann@meridian.example"), "what is not named stays");
        assert!(saved.advocate_id.is_some() && saved.can_edit);
        let found = contact::list(&world.test.app, &world.owner, contact::ListContacts {
            text: Some("ådvocate".to_owned()),
            ..contact::ListContacts::default()
        }).await.expect("a list");
        assert_eq!(found.total, 1, "the new name is found");
        let again = world.edit(&world.owner, ANN, 2, titled("Chief information officer")).await.expect("the same");
        assert_eq!(again.version, 2, "nothing changed, nothing was written");
    }

    async fn the_history_of_contact_account_and_advocate_names_the_change(db: TestDb) {
        let world = World::on(db).await;
        world.edit(&world.owner, ANN, 1, titled("CTO")).await.expect("saved");
        let app = &world.test.app;
        let pages = [
            audit::of_contact(app, &world.owner, id(ANN), &Reading::default()).await.expect("a timeline"),
            audit::of_account(app, &world.owner, id(1), &Reading::default()).await.expect("a timeline"),
            audit::of_advocate(app, &world.owner, id(1), &Reading::default()).await.expect("a timeline"),
        ];
        for page in pages {
            let entry = page.items.first().expect("an entry");
            assert_eq!(entry.summary, "Changed title of the contact");
            let changes = entry.changes.as_deref().expect("values");
            assert_eq!((changes[0].before.as_str(), changes[0].after.as_str()), (Some("CIO"), Some("CTO")));
        }
    }

    async fn a_stale_version_and_somebody_elses_contact_are_refused(db: TestDb) {
        let world = World::on(db).await;
        world.edit(&world.program, ANN, 1, titled("CTO")).await.expect("saved");
        let stale = world.edit(&world.owner, ANN, 1, titled("CFO")).await.expect_err("stale");
        assert!(matches!(stale, Error::Stale { current: 2 }), "{stale:?}");
        let foreign = world.edit(&world.stranger, ANN, 2, titled("CFO")).await.expect_err("out of reach");
        assert!(matches!(foreign, Error::NotFound), "{foreign:?}");
        let seller = world.test.colleague(9, "Sam Seller", &[Role::Seller]).await;
        let forbidden = world.edit(&seller, ANN, 2, titled("CFO")).await.expect_err("not permitted");
        assert!(matches!(forbidden, Error::Forbidden), "{forbidden:?}");
        world.edit(&world.privacy, ANN, 2, titled("CFO")).await.expect("privacy corrects on request");
    }

    async fn an_address_belongs_to_one_contact_and_a_zone_has_to_exist(db: TestDb) {
        let world = World::on(db).await;
        let taken = world.edit(&world.owner, ANN, 1, addressed(" BEN@meridian.example ")).await.expect_err("taken");
        assert_eq!(fields_of(&taken), ["email"]);
        let garbled = world.edit(&world.owner, ANN, 1, addressed("ann at home")).await.expect_err("no address");
        assert_eq!(fields_of(&garbled), ["email"]);
        let nowhere = EditContact { time_zone: Some(Some("Mars/Olympus".to_owned())), ..EditContact::default() };
        let nowhere = world.edit(&world.owner, ANN, 1, nowhere).await.expect_err("no zone");
        assert_eq!(fields_of(&nowhere), ["time_zone"]);
        let nameless = EditContact { name: Some("  ".to_owned()), ..EditContact::default() };
        let nameless = world.edit(&world.owner, ANN, 1, nameless).await.expect_err("no name");
        assert_eq!(fields_of(&nameless), ["name"]);
        let own = world.edit(&world.owner, ANN, 1, addressed("ann@meridian.example")).await.expect("her own");
        assert_eq!(own.version, 1);
    }

    async fn what_is_left_of_an_erased_person_stays_as_it_is(db: TestDb) {
        let world = World::on(db).await;
        world.edit(&world.owner, ANN, 1, addressed("ann.new@meridian.example")).await.expect("saved");
        let ask = EraseContact { reason: "Asked to be forgotten by letter.".to_owned() };
        erase::erase(&world.test.app, &world.privacy, id(ANN), ask).await.expect("erased");
        let left = contact::get(&world.test.app, &world.privacy, id(ANN)).await.expect("a pseudonym");
        assert!(!left.can_edit);
        let refused = world.edit(&world.privacy, ANN, left.version, titled("CIO")).await.expect_err("refused");
        assert!(matches!(refused, Error::MoveNotAllowed(_)), "{refused:?}");
        let history = audit::of_contact(&world.test.app, &world.privacy, id(ANN), &Reading::default()).await.expect("a timeline");
        let kept = format!("{:?}", history.items);
        assert!(!kept.contains("ann.new@") && !kept.contains("ann@"), "the old address is gone too: {kept}");
    }

    async fn an_account_loses_its_owner_domain_and_staff_when_they_are_taken_away(db: TestDb) {
        let world = World::on(db).await;
        let change = EditAccount {
            owner_id: Some(None),
            domain: Some(None),
            employees: Some(None),
            ..EditAccount::default()
        };
        let saved = account::edit::edit(&world.test.app, &world.program, id(1), 1, change).await.expect("saved");
        assert!(saved.owner.is_none() && saved.domain.is_none() && saved.employees.is_none());
        assert_eq!(saved.name, "Meridian Health");
        let back = EditAccount {
            owner_id: Some(Some(id(2))),
            domain: Some(Some("https://www.meridian.example/about".to_owned())),
            employees: Some(Some(4_200)),
            ..EditAccount::default()
        };
        let back = account::edit::edit(&world.test.app, &world.program, id(1), 2, back).await.expect("saved");
        assert_eq!(back.domain.as_deref(), Some("meridian.example"));
        assert_eq!(back.owner.expect("an owner").name, "Olga Owner");
    }

    async fn a_part_is_confirmed_by_itself_and_the_whole_is_as_old_as_its_oldest_part(db: TestDb) {
        let world = World::on(db).await;
        let (app, ann) = (&world.test.app, id::<AdvocateId>(1));
        let mut version = 1;
        for part in ProfilePart::ALL {
            let seen = app::advocate::get(app, &world.owner, ann).await.expect("a profile");
            assert_eq!(fresh(&seen, *part), (None, true), "{part}");
            assert_eq!(seen.verified_on, None, "{part} is missing");
            let saved = verify::verify_part(app, &world.owner, ann, version, *part).await.expect("confirmed");
            assert_eq!(fresh(&saved, *part), (Some(testkit::TODAY.to_owned()), false));
            version = saved.version;
        }
        let whole = app::advocate::get(app, &world.owner, ann).await.expect("a profile");
        assert_eq!(whole.verified_on, Some(testkit::day(testkit::TODAY)));
        let page = audit::of_advocate(app, &world.owner, ann, &Reading::default()).await.expect("a timeline");
        let last = page.items.last().expect("an entry");
        assert_eq!(last.summary, "Verified the story of the advocate");
    }

    async fn the_whole_profile_is_confirmed_with_all_its_parts(db: TestDb) {
        let world = World::on(db).await;
        let (app, ann) = (&world.test.app, id::<AdvocateId>(1));
        let saved = verify::verify(app, &world.owner, ann, 1).await.expect("confirmed");
        for part in ProfilePart::ALL {
            assert_eq!(fresh(&saved, *part), (Some(testkit::TODAY.to_owned()), false), "{part}");
        }
        let stale = verify::verify_part(app, &world.owner, ann, 1, ProfilePart::Story).await.expect_err("stale");
        assert!(matches!(stale, Error::Stale { current: 2 }), "{stale:?}");
        let foreign = verify::verify_part(app, &world.stranger, ann, 2, ProfilePart::Story).await.expect_err("out of reach");
        assert!(matches!(foreign, Error::NotFound), "{foreign:?}");
    }

    async fn a_limit_a_headline_and_outcomes_are_set_and_taken_away(db: TestDb) {
        let world = World::on(db).await;
        let (app, ann) = (&world.test.app, id::<AdvocateId>(1));
        let outcome = OutcomeInput {
            statement: "systems moved".to_owned(),
            value: Some(" 40 ".to_owned()),
            unit: Some(" ".to_owned()),
        };
        let set = EditAdvocate {
            headline: Some("Moved everything".to_owned()),
            limit_per_year: Some(Some(4)),
            outcomes: Some(vec![outcome]),
            ..EditAdvocate::default()
        };
        let saved = profile::edit(app, &world.owner, ann, 1, set).await.expect("saved");
        assert_eq!(saved.limits.as_ref().and_then(|limits| limits.per_year), Some(4));
        assert_eq!(saved.outcomes[0].value.as_deref(), Some("40"));
        assert_eq!(saved.outcomes[0].unit, None);
        let away = EditAdvocate {
            headline: Some(String::new()),
            limit_per_year: Some(None),
            outcomes: Some(Vec::new()),
            ..EditAdvocate::default()
        };
        let left = profile::edit(app, &world.owner, ann, 2, away).await.expect("saved");
        assert_eq!(left.headline, None);
        assert_eq!(left.limits.and_then(|limits| limits.per_year), None);
        assert!(left.outcomes.is_empty());
        let absurd = EditAdvocate { limit_per_year: Some(Some(101)), ..EditAdvocate::default() };
        let absurd = profile::edit(app, &world.owner, ann, 3, absurd).await.expect_err("too many");
        assert_eq!(fields_of(&absurd), ["limit_per_year"]);
    }
}
