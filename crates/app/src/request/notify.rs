//! Telling people: a line in the inbox always, a letter as well where mail leaves the house.

use domain::{
    access::Role,
    id::UserId,
    notice::{NoticeClass, UpdateKind},
    record::RecordKind,
};
use storage::{Tx, candidate::Candidate, notice::Notice, request::Request};
use uuid::Uuid;

use crate::{
    App,
    clock::new_id,
    error::Error,
    job::{self, Task},
};

/// What a message wants of its reader, and for an update what it is about.
#[derive(Clone, Copy)]
pub(crate) enum Attention {
    Ask,
    Update(UpdateKind),
    Mention,
}

impl Attention {
    fn class(self) -> NoticeClass {
        match self {
            Self::Ask => NoticeClass::Ask,
            Self::Update(_) => NoticeClass::Update,
            Self::Mention => NoticeClass::Mention,
        }
    }
}

/// One message to one person.
pub(crate) struct Message<'a> {
    pub attention: Attention,
    /// The record whose name tells it from others like it; the name is read with the inbox.
    pub about: Option<(RecordKind, Uuid)>,
    pub title: &'a str,
    pub body: &'a str,
    pub path: String,
}

/// Writes to the inboxes of these people; each person once, and no update to whoever muted
/// its thread or its kind.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    people: &[UserId],
    message: &Message<'_>,
) -> Result<(), Error> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if let Attention::Update(kind) = message.attention {
        let mut muting = storage::notice::muting(tx, &message.path, people.clone()).await?;
        muting.extend(storage::notice::muting_kind(tx, kind, people.clone()).await?);
        people.retain(|user| !muting.contains(user));
    }
    let rows = people
        .iter()
        .map(|user| Notice {
            id: new_id(),
            user_id: *user,
            class: message.attention.class(),
            title: message.title.to_owned(),
            body: message.body.to_owned(),
            path: message.path.clone(),
            created_at: tx.now(),
            read_at: None,
            snoozed_until: None,
            record_kind: message.about.map(|(kind, _)| kind),
            record_id: message.about.map(|(_, id)| id),
            update_kind: match message.attention {
                Attention::Update(kind) => Some(kind),
                Attention::Ask | Attention::Mention => None,
            },
        })
        .collect();
    storage::notice::insert_all(tx, rows).await?;
    if app.config.sends_mail && matches!(message.attention, Attention::Ask) {
        let letters: Vec<Task> = people
            .into_iter()
            .map(|user| Task::MailColleague {
                user,
                subject: message.title.to_owned(),
                body: message.body.to_owned(),
                path: message.path.clone(),
            })
            .collect();
        job::enqueue_all(tx, &letters).await?;
    }
    Ok(())
}

fn path(request: &Request) -> String {
    format!("/requests/{}", request.id)
}

/// Tells the program team that something waits for them.
pub(crate) async fn program(
    app: &App,
    tx: &Tx,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    let team: Vec<UserId> = storage::user::holding(tx, Role::Program)
        .await?
        .into_iter()
        .map(|user| user.id)
        .collect();
    tell(
        app,
        tx,
        &team,
        &Message {
            attention: Attention::Ask,
            about: Some((RecordKind::Request, request.id.0)),
            title,
            body,
            path: path(request),
        },
    )
    .await
}

/// A person, and whoever answers for them today.
async fn and_stand_in(app: &App, tx: &Tx, user: UserId) -> Result<Vec<UserId>, Error> {
    let found = storage::user::find(tx, user).await?;
    let stand_in = found.and_then(|found| found.stand_in_on(app.clock.today()));
    Ok([user].into_iter().chain(stand_in).collect())
}

/// Tells the owner of a candidate's account; an account without one falls to the program team.
pub(crate) async fn owner(
    app: &App,
    tx: &Tx,
    row: &Candidate,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    match row.owner_id {
        Some(owner) => {
            tell(
                app,
                tx,
                &and_stand_in(app, tx, owner).await?,
                &Message {
                    attention: Attention::Ask,
                    about: Some((RecordKind::Advocate, row.advocate_id.0)),
                    title,
                    body,
                    path: "/approvals".to_owned(),
                },
            )
            .await
        }
        None => program(app, tx, title, body, request).await,
    }
}

/// Tells the requester who said yes or no, and what became of their request.
pub(crate) async fn answered(
    app: &App,
    tx: &Tx,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    requester(app, tx, UpdateKind::Answer, title, body, request).await
}

/// Tells the requester what happened.
pub(crate) async fn requester(
    app: &App,
    tx: &Tx,
    kind: UpdateKind,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    tell(
        app,
        tx,
        &and_stand_in(app, tx, request.requester_id).await?,
        &Message {
            attention: Attention::Update(kind),
            about: Some((RecordKind::Request, request.id.0)),
            title,
            body,
            path: path(request),
        },
    )
    .await
}
