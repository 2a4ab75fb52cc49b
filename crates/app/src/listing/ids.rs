//! Everything that a list pages through, for what is done to the whole of it.

use import::kind::Kind;
use storage::{account, advocate, contact, content, opportunity, user};
use uuid::Uuid;

use super::{Choice, Chosen, chosen, list_of};
use crate::{App, actor::Actor, error::Error, policy};

/// The ids of a whole list in its order: exactly what the reader pages through on the screen.
pub(crate) async fn ids(
    app: &App,
    actor: &Actor,
    kind: Kind,
    choice: &Choice,
) -> Result<Vec<Uuid>, Error> {
    let (record, permission) = list_of(kind)?;
    let scope = policy::require(actor, permission)?;
    let Chosen { narrowing, sorting } = chosen(app, actor, record, choice).await?;
    let (store, text) = (&app.store, choice.text.clone());
    let ids = match kind {
        Kind::Accounts => {
            let filter = account::Filter {
                text,
                narrowing,
                sorting,
                ..account::Filter::default()
            };
            account::ids(store, &scope, &filter).await
        }
        Kind::Contacts => {
            let filter = contact::Filter {
                text,
                narrowing,
                sorting,
                ..contact::Filter::default()
            };
            contact::ids(store, &scope, &filter).await
        }
        Kind::Advocates => {
            let filter = advocate::Filter {
                text,
                narrowing,
                sorting,
                names_visible: crate::advocate::names_visible(app, actor).await?,
                restricted_visible: policy::sees_restricted(actor),
                ..advocate::Filter::default()
            };
            advocate::ids(store, &scope, &filter).await
        }
        Kind::Opportunities => {
            let filter = opportunity::Filter {
                text,
                narrowing,
                sorting,
                ..opportunity::Filter::default()
            };
            opportunity::ids(store, &scope, &filter).await
        }
        Kind::Users => {
            let filter = user::Filter {
                text,
                narrowing,
                sorting,
                ..user::Filter::default()
            };
            user::ids(store, &filter).await
        }
        _ => {
            let filter = content::Filter {
                text,
                narrowing,
                sorting,
                ..content::Filter::default()
            };
            let sight = crate::content::sight(app, actor);
            content::ids(store, sight, &filter, app.clock.today()).await
        }
    };
    Ok(ids?)
}
