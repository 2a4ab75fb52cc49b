//! Changing one's own password, which ends every session.

use domain::record::{Action, RecordKind};
use serde::Deserialize;
use storage::{NewEvent, rate};

use super::{Authenticated, Origin, SIGN_INS, Started, Via, buckets, start, take_attempt, view_of};
use crate::{
    App,
    error::Error,
    password::{self, NewPassword},
};

/// The old password, and the one to come.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// Changes one's own password, ends every session, and starts a new one.
pub async fn change_password(
    app: &App,
    who: &Authenticated,
    origin: &Origin,
    ask: ChangePassword,
) -> Result<Started, Error> {
    if let Via::Token(_) = who.via {
        return Err(Error::Forbidden);
    }
    let name = who.user.id.to_string();
    let buckets = buckets(&origin.address, &name);
    take_attempt(app, &buckets).await?;
    if !password::is_right(app, &ask.current, who.user.password_hash.clone()).await? {
        return Err(Error::field(
            "current",
            "This is not the password you have now.",
        ));
    }
    let new = NewPassword::parse("new", &ask.new, who.user.email.as_ref())?;
    let hash = password::hash(app, new).await?;
    let mut tx = app.begin(&who.actor).await?;
    let mut user = storage::user::find(&tx, who.user.id)
        .await?
        .ok_or(Error::NotFound)?;
    user.password_hash = Some(hash);
    storage::user::save(&tx, &mut user).await?;
    for bucket in &buckets {
        rate::give_back(&tx, bucket, SIGN_INS).await?;
    }
    storage::session::revoke_all(&tx, user.id).await?;
    tx.record(
        NewEvent::new(Action::Updated, RecordKind::User, user.id)
            .detail(serde_json::json!({ "changes": { "password": null } })),
    );
    let secret = start(&mut tx, user.id).await?;
    tx.commit().await?;
    let view = view_of(app, &who.actor, &user).await?;
    Ok(Started { secret, view })
}
