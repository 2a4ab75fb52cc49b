//! Telling people: a line in the inbox always, a letter as well where mail leaves the house.

use domain::{access::Role, id::UserId, notice::NoticeClass};
use storage::{Tx, notice::Notice, request::Request};

use crate::{
    App,
    clock::new_id,
    error::Error,
    job::{self, Task},
};

/// One message to one person.
pub(crate) struct Message<'a> {
    pub class: NoticeClass,
    pub title: &'a str,
    pub body: &'a str,
    pub path: String,
}

/// Writes to the inboxes of these people; each person once, and no update to whoever muted its thread.
pub(crate) async fn tell(
    app: &App,
    tx: &Tx,
    people: &[UserId],
    message: &Message<'_>,
) -> Result<(), Error> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if message.class.can_be_muted() {
        let muting = storage::notice::muting(tx, &message.path, people.clone()).await?;
        people.retain(|user| !muting.contains(user));
    }
    let rows = people
        .iter()
        .map(|user| Notice {
            id: new_id(),
            user_id: *user,
            class: message.class,
            title: message.title.to_owned(),
            body: message.body.to_owned(),
            path: message.path.clone(),
            created_at: tx.now(),
            read_at: None,
            snoozed_until: None,
        })
        .collect();
    storage::notice::insert_all(tx, rows).await?;
    if app.config.sends_mail && message.class == NoticeClass::Ask {
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
            class: NoticeClass::Ask,
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

/// Tells the owner; an account without one falls to the program team.
pub(crate) async fn owner(
    app: &App,
    tx: &Tx,
    owner: Option<UserId>,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    match owner {
        Some(owner) => {
            tell(
                app,
                tx,
                &and_stand_in(app, tx, owner).await?,
                &Message {
                    class: NoticeClass::Ask,
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

/// Tells the requester what happened.
pub(crate) async fn requester(
    app: &App,
    tx: &Tx,
    title: &str,
    body: &str,
    request: &Request,
) -> Result<(), Error> {
    tell(
        app,
        tx,
        &and_stand_in(app, tx, request.requester_id).await?,
        &Message {
            class: NoticeClass::Update,
            title,
            body,
            path: path(request),
        },
    )
    .await
}
