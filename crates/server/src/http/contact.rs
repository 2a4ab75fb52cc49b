//! Contacts over HTTP.

use app::{
    App,
    audit::{self, TimelineEntry},
    contact::{
        self, ContactView, ListContacts,
        edit::{self, EditContact},
    },
    erase::{self, EraseContact, Erased},
    listing::List,
};
use axum::{Json, extract::State};
use domain::id::{AccountId, ContactId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Record,
    audit::TimelineQuery,
    extract::{Body, Id, IfMatch, Query, Signed},
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_contacts))
        .routes(routes!(get_contact, edit_contact))
        .routes(routes!(get_contact_timeline))
        .routes(routes!(erase_contact))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContactsQuery {
    /// Part of a name.
    q: Option<String>,
    /// Contacts of one account.
    #[param(value_type = Option<uuid::Uuid>)]
    account: Option<AccountId>,
    /// Conditions in groups as JSON: `{"all":[{"field":"name","is":"contains","value":"north"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; by name when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists contacts by name.
#[utoipa::path(get, path = "/contacts", operation_id = "list_contacts", tag = "contacts",
    params(ContactsQuery),
    responses((status = 200, description = "A page of contacts", body = List<ContactView>)))]
async fn list_contacts(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<ContactsQuery>,
) -> Result<Json<List<ContactView>>, Problem> {
    let ask = ListContacts {
        text: query.q,
        account: query.account,
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(contact::list(&app, &actor, ask).await?))
}

/// One contact.
#[utoipa::path(get, path = "/contacts/{id}", operation_id = "get_contact", tag = "contacts",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The contact", body = ContactView)))]
async fn get_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContactId>,
) -> Result<Record<ContactView>, Problem> {
    let view = contact::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a contact. Fields that are absent stay as they are, null takes a value away.
#[utoipa::path(patch, path = "/contacts/{id}", operation_id = "edit_contact", tag = "contacts",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditContact,
    responses((status = 200, description = "The contact as it is now", body = ContactView)))]
async fn edit_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContactId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditContact>,
) -> Result<Record<ContactView>, Problem> {
    let view = edit::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// What happened to a contact, newest first.
#[utoipa::path(get, path = "/contacts/{id}/timeline", operation_id = "get_contact_timeline", tag = "contacts",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_contact_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContactId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    let page = audit::of_contact(&app, &actor, id, &query.into()).await?;
    Ok(Json(page))
}

/// Forgets a person: everything that names them goes, open requests go on without them, and uses
/// stay under a pseudonym. Cannot be undone; doing it again changes nothing.
#[utoipa::path(post, path = "/contacts/{id}/erase", operation_id = "erase_contact", tag = "contacts",
    params(("id" = Uuid, Path)),
    request_body = EraseContact,
    responses((status = 200, description = "What is left", body = Erased)))]
async fn erase_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<ContactId>,
    Body(ask): Body<EraseContact>,
) -> Result<Json<Erased>, Problem> {
    Ok(Json(erase::erase(&app, &actor, id, ask).await?))
}
