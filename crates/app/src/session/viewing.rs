//! A session that looks through other eyes: how it begins, what it sees, how it ends.
//!
//! Whose eyes are open to whom is decided by `policy::viewing`, again at every request. It ends when
//! the viewer says so, signs out, may no longer do it, or after an hour.

use domain::{
    access::Role,
    id::{SessionId, UserId},
    record::{Action, RecordKind},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{
    NewEvent, Tx,
    session::{Session, Viewed},
    user::User,
};
use uuid::Uuid;

use super::{Authenticated, SessionView, Via, view};
use crate::{
    App,
    actor::{Actor, Viewer},
    error::Error,
    policy::{self, Permission},
};

/// The longest that one look through other eyes lasts.
const VIEWING_SECONDS: i64 = 3_600;

/// Whose eyes to look through: a colleague's, or those of a role.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewAs {
    pub user_id: Option<UserId>,
    /// Somebody who has this role only and no records of their own.
    pub role: Option<Role>,
}

/// That somebody looks through these eyes and changes nothing.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Viewing)]
pub struct ViewingView {
    pub viewer_name: String,
    /// The role looked through; null where it is a colleague.
    pub role: Option<Role>,
    /// When it ends by itself.
    pub until: Timestamp,
    /// Names and contact details stay hidden, because the viewer's own roles see none.
    pub is_masked: bool,
}

/// Who looks, behind the eyes that a session looks through.
#[derive(Clone, Debug)]
pub struct Behind {
    pub(super) actor: Actor,
    pub(super) user: User,
    viewed: Viewed,
    until: Timestamp,
}

impl Behind {
    pub(super) fn view(&self, viewed: &Actor) -> ViewingView {
        ViewingView {
            viewer_name: self.user.name.clone(),
            role: match self.viewed {
                Viewed::User(_) => None,
                Viewed::Role(role) => Some(role),
            },
            until: self.until,
            is_masked: viewed.viewer == Some(Viewer::Masked),
        }
    }
}

impl Authenticated {
    /// The same session with the viewer's own eyes.
    #[must_use]
    pub fn own(self) -> Self {
        match self.behind {
            Some(behind) => Self {
                actor: behind.actor,
                user: behind.user,
                via: self.via,
                behind: None,
            },
            None => self,
        }
    }
}

/// Begins to look through other eyes; what was looked through before ends.
pub async fn begin(app: &App, who: &Authenticated, ask: ViewAs) -> Result<SessionView, Error> {
    policy::require(&who.actor, Permission::ViewAs)?;
    let Via::Session(session) = who.via else {
        return Err(Error::MoveNotAllowed(
            "A token looks through nobody else's eyes. Sign in to do this.".to_owned(),
        ));
    };
    let viewed = match (ask.user_id, ask.role) {
        (Some(user), None) => Viewed::User(user),
        (None, Some(role)) => Viewed::Role(role),
        _ => {
            return Err(Error::field(
                "user_id",
                "Choose either a colleague or a role to view as.",
            ));
        }
    };
    let Some((actor, user)) = eyes(app, &who.actor, viewed).await? else {
        return Err(Error::MoveNotAllowed(
            "You cannot view as yourself, as somebody who is switched off, or as somebody with more to run than you have. Choose somebody else.".to_owned(),
        ));
    };
    let mut tx = app.begin(&who.actor).await?;
    end(&mut tx, session).await?;
    storage::session::begin_viewing(&tx, session, viewed).await?;
    let until = tx.now().plus_seconds(VIEWING_SECONDS);
    let begun = event(Action::ViewBegun, session, who.user.id, viewed);
    tx.record(begun.detail(detail(viewed, Some(until))));
    tx.commit().await?;
    let behind = Behind {
        actor: who.actor.clone(),
        user: who.user.clone(),
        viewed,
        until,
    };
    let seen = Authenticated {
        actor,
        user,
        via: who.via,
        behind: Some(Box::new(behind)),
    };
    view(app, &seen).await
}

/// Looks with the viewer's own eyes again; where that had come by itself, nothing changes.
pub async fn stop(app: &App, who: &Authenticated) -> Result<SessionView, Error> {
    if let Via::Session(session) = who.via {
        let mut tx = app.begin(&who.actor).await?;
        end(&mut tx, session).await?;
        tx.commit().await?;
    }
    view(app, who).await
}

/// Ends what a session looks through, if it does, inside the write that ends or changes it.
pub(crate) async fn end(tx: &mut Tx, session: SessionId) -> Result<(), Error> {
    let Some(row) = storage::session::find(tx, session).await? else {
        return Ok(());
    };
    if let Some((viewed, _)) = row.viewing()
        && storage::session::end_viewing(tx, session).await?
    {
        let ended = event(Action::ViewEnded, session, row.user_id, viewed);
        tx.record(ended.detail(detail(viewed, None)));
    }
    Ok(())
}

/// Notes the end of what nobody ended: its hour is over, or its session is.
pub(crate) async fn end_over(tx: &mut Tx) -> Result<(), Error> {
    let since = tx.now().plus_seconds(-VIEWING_SECONDS);
    for row in storage::session::viewings_over(tx, since).await? {
        end(tx, row.id).await?;
    }
    Ok(())
}

/// The session as it is now: through other eyes while that may go on, else with its own.
pub(super) async fn current(
    app: &App,
    session: &Session,
    own: Authenticated,
) -> Result<Authenticated, Error> {
    let Some((viewed, since)) = session.viewing() else {
        return Ok(own);
    };
    let until = since.plus_seconds(VIEWING_SECONDS);
    if until > app.clock.now()
        && let Some((actor, user)) = eyes(app, &own.actor, viewed).await?
    {
        let behind = Behind {
            actor: own.actor,
            user: own.user,
            viewed,
            until,
        };
        return Ok(Authenticated {
            actor,
            user,
            via: own.via,
            behind: Some(Box::new(behind)),
        });
    }
    note_end(app, session.id).await;
    Ok(own)
}

/// Whom a viewer would see as, with the rights that person has now; `None` where that is refused.
async fn eyes(app: &App, viewer: &Actor, viewed: Viewed) -> Result<Option<(Actor, User)>, Error> {
    let (mut actor, user) = match viewed {
        Viewed::User(id) => {
            let found = storage::user::find(&app.store, id).await?;
            let Some(user) = found.filter(|user| user.is_active && !policy::is_self(viewer, id))
            else {
                return Ok(None);
            };
            (
                Actor::of_user(&app.store, &user, app.clock.today()).await?,
                user,
            )
        }
        Viewed::Role(role) => {
            let actor = Actor::of_role(role);
            let mut user = User::named(UserId(Uuid::nil()), &actor.name, app.clock.now());
            user.set_roles(&[role]);
            (actor, user)
        }
    };
    actor.viewer = policy::viewing::view_as(viewer, &actor.roles);
    Ok(actor.is_viewed().then_some((actor, user)))
}

/// A viewing that is over counts as over, whether or not that could be noted.
async fn note_end(app: &App, session: SessionId) {
    let noted = async {
        let mut tx = app.begin(&Actor::system()).await?;
        end(&mut tx, session).await?;
        Ok::<(), Error>(tx.commit().await?)
    };
    if let Err(error) = noted.await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the end of a view through other eyes could not be noted"
        );
    }
}

/// Stands on the record of who was looked through and of who looked.
fn event(action: Action, session: SessionId, viewer: UserId, viewed: Viewed) -> NewEvent {
    let record = match viewed {
        Viewed::User(user) => user,
        Viewed::Role(_) => viewer,
    };
    let event = NewEvent::new(action, RecordKind::User, record).link(RecordKind::Session, session);
    if record == viewer {
        event
    } else {
        event.link(RecordKind::User, viewer)
    }
}

fn detail(viewed: Viewed, until: Option<Timestamp>) -> serde_json::Value {
    let role = match viewed {
        Viewed::User(_) => None,
        Viewed::Role(role) => Some(role),
    };
    serde_json::json!({ "role": role, "until": until })
}
