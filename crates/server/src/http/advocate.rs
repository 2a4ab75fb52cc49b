//! Advocates over HTTP.

use app::{
    App,
    advocate::{
        self, AdvocateRow, AdvocateView, ListAdvocates,
        consent::{self, ConsentView, RecordConsent},
        edit::{self, EditAdvocate, MoveAdvocate},
        known::{self, AskKnown, KnownNominee},
        may::{self, AskMay, MayAnswer},
        nominate::{self, Nominate},
        reveal::{self, RevealedContact},
        verify, way_back,
    },
    audit::{self, TimelineEntry},
    idempotency,
    listing::List,
};
use axum::{Json, extract::State};
use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::ConsentChannel,
    freshness::ProfilePart,
    id::{AdvocateId, ConsentId, TermId},
    time::Day,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    audit::TimelineQuery,
    extract::{Body, Create, Id, Ids, IfMatch, Query, Signed},
    page::PageQuery,
    problem::Problem,
    sort::Direction,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_advocates, nominate_advocate))
        .routes(routes!(check_nomination))
        .routes(routes!(reveal_advocate_contact))
        .routes(routes!(get_advocate, edit_advocate))
        .routes(routes!(move_advocate))
        .routes(routes!(undo_advocate_move))
        .routes(routes!(verify_advocate))
        .routes(routes!(verify_advocate_part))
        .routes(routes!(list_consents, record_consent))
        .routes(routes!(ask_may))
        .routes(routes!(get_advocate_timeline))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AdvocatesQuery {
    /// Part of an account's name; of a person's too, where you may see names.
    q: Option<String>,
    status: Option<AdvocateStatus>,
    /// Only profiles that nobody verified in so many days.
    stale_days: Option<u32>,
    /// Conditions in groups as JSON: `{"all":[{"field":"name","is":"contains","value":"north"}]}`.
    filter: Option<String>,
    /// The key of a field that the list has for you; the newest first when absent.
    sort: Option<String>,
    direction: Option<Direction>,
    /// Rows on a page, 1 to 200; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists advocates, the newest first.
#[utoipa::path(get, path = "/advocates", operation_id = "list_advocates", tag = "advocates",
    params(AdvocatesQuery),
    responses((status = 200, description = "A page of advocates", body = List<AdvocateRow>)))]
async fn list_advocates(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<AdvocatesQuery>,
) -> Result<Json<List<AdvocateRow>>, Problem> {
    let ask = ListAdvocates {
        text: query.q,
        status: query.status,
        stale_days: query.stale_days,
        filter: query.filter,
        sort: query.sort,
        direction: query.direction.map(Into::into),
        limit: query.limit,
        cursor: query.cursor,
    };
    Ok(Json(advocate::list(&app, &actor, ask).await?))
}

/// Tells which accounts a nomination may mean, and whether the person is in the program already; writes
/// nothing.
#[utoipa::path(post, path = "/advocates/known", operation_id = "check_nomination", tag = "advocates",
    request_body = AskKnown,
    responses((status = 200, description = "What is known", body = KnownNominee)))]
async fn check_nomination(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<AskKnown>,
) -> Result<Json<KnownNominee>, Problem> {
    Ok(Json(known::known(&app, &actor, ask).await?))
}

/// Nominates a contact.
#[utoipa::path(post, path = "/advocates", operation_id = "nominate_advocate", tag = "advocates",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each nomination")),
    request_body = Nominate,
    responses((status = 201, description = "The nominated advocate", body = AdvocateView)))]
async fn nominate_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    create: Create<Nominate>,
) -> Result<Created<AdvocateView>, Problem> {
    let (key, ask) = (create.key, create.body);
    let made = idempotency::once(
        &app,
        &key,
        async || {
            let id = nominate::nominate(&app, &actor, ask, Some(&key)).await?;
            advocate::get(&app, &actor, id).await
        },
        async |id| advocate::get(&app, &actor, AdvocateId(id)).await,
    )
    .await?;
    Ok(Created::at(
        &format!("/advocates/{}", made.id),
        Some(made.version),
        made,
    ))
}

/// The reference profile of an advocate.
#[utoipa::path(get, path = "/advocates/{id}", operation_id = "get_advocate", tag = "advocates",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The profile", body = AdvocateView)))]
async fn get_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
) -> Result<Record<AdvocateView>, Problem> {
    let view = advocate::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Shows the contact details of an advocate to whoever may see them, and logs that they were shown.
#[utoipa::path(post, path = "/advocates/{id}/reveal", operation_id = "reveal_advocate_contact", tag = "advocates",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The contact details", body = RevealedContact)))]
async fn reveal_advocate_contact(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
) -> Result<Json<RevealedContact>, Problem> {
    Ok(Json(reveal::reveal(&app, &actor, id).await?))
}

/// Changes a profile. Fields that are absent stay as they are.
#[utoipa::path(patch, path = "/advocates/{id}", operation_id = "edit_advocate", tag = "advocates",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditAdvocate,
    responses((status = 200, description = "The profile as it is now", body = AdvocateView)))]
async fn edit_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditAdvocate>,
) -> Result<Record<AdvocateView>, Problem> {
    let view = edit::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Moves a membership along its life cycle.
#[utoipa::path(post, path = "/advocates/{id}/moves", operation_id = "move_advocate", tag = "advocates",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = MoveAdvocate,
    responses((status = 200, description = "The profile as it is now", body = AdvocateView)))]
async fn move_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<MoveAdvocate>,
) -> Result<Record<AdvocateView>, Problem> {
    let view = edit::move_to(&app, &actor, id, version, ask).await?;
    Ok(Record::new(view.version, view))
}

/// Takes one's own last move back, within a minute, also from where no way leads on.
#[utoipa::path(post, path = "/advocates/{id}/moves/undo", operation_id = "undo_advocate_move", tag = "advocates",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The profile as it is now", body = AdvocateView)))]
async fn undo_advocate_move(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    IfMatch(version): IfMatch,
) -> Result<Record<AdvocateView>, Problem> {
    let view = way_back::undo_move(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Confirms that the profile is still true.
#[utoipa::path(post, path = "/advocates/{id}/verify", operation_id = "verify_advocate", tag = "advocates",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The profile as it is now", body = AdvocateView)))]
async fn verify_advocate(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    IfMatch(version): IfMatch,
) -> Result<Record<AdvocateView>, Problem> {
    let view = verify::verify(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Confirms that a part of the profile is still true. Once every part was confirmed, the whole
/// profile counts as verified since the oldest of those days.
#[utoipa::path(post, path = "/advocates/{id}/parts/{part}/verify", operation_id = "verify_advocate_part", tag = "advocates",
    params(("id" = Uuid, Path), ("part" = ProfilePart, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The profile as it is now", body = AdvocateView)))]
async fn verify_advocate_part(
    State(app): State<App>,
    Signed(actor): Signed,
    Ids(id, part): Ids<AdvocateId, ProfilePart>,
    IfMatch(version): IfMatch,
) -> Result<Record<AdvocateView>, Problem> {
    let view = verify::verify_part(&app, &actor, id, version, part).await?;
    Ok(Record::new(view.version, view))
}

/// The consent record of an advocate, newest entry first.
#[utoipa::path(get, path = "/advocates/{id}/consents", operation_id = "list_consents", tag = "advocates",
    params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, description = "A page of the record", body = List<ConsentView>)))]
async fn list_consents(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<List<ConsentView>>, Problem> {
    let page = query.page()?;
    Ok(Json(consent::list(&app, &actor, id, &page).await?))
}

/// Appends to the consent record. A withdrawal cancels open candidates at once.
#[utoipa::path(post, path = "/advocates/{id}/consents", operation_id = "record_consent", tag = "advocates",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "A text of your own, new for each entry")),
    request_body = RecordConsent,
    responses((status = 201, description = "The entry", body = ConsentView)))]
async fn record_consent(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    create: Create<RecordConsent>,
) -> Result<Created<ConsentView>, Problem> {
    let (key, ask) = (create.key, create.body);
    let made = idempotency::once(
        &app,
        &key,
        async || consent::record(&app, &actor, id, ask, Some(&key)).await,
        async |made| consent::get(&app, &actor, id, ConsentId(made)).await,
    )
    .await?;
    Ok(Created::at(
        &format!("/advocates/{id}/consents"),
        None,
        made,
    ))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MayQuery {
    /// What the advocate would be used for.
    activity: Activity,
    /// Today or a day within two years; the first day without a rush when absent.
    on: Option<Day>,
    /// Through what; in general when absent.
    channel: Option<ConsentChannel>,
    /// Where, a term of the facet region; in general when absent.
    #[param(value_type = Option<uuid::Uuid>)]
    region: Option<TermId>,
}

/// Whether an advocate may be used for an activity on a day, and because of what.
#[utoipa::path(get, path = "/advocates/{id}/may", operation_id = "ask_may", tag = "advocates",
    params(("id" = Uuid, Path), MayQuery),
    responses((status = 200, description = "Yes or no, with what it rests on", body = MayAnswer)))]
async fn ask_may(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    Query(query): Query<MayQuery>,
) -> Result<Json<MayAnswer>, Problem> {
    let ask = AskMay {
        activity: query.activity,
        on: query.on,
        channel: query.channel,
        region: query.region,
    };
    Ok(Json(may::may(&app, &actor, id, ask).await?))
}

/// What happened to an advocate, newest first.
#[utoipa::path(get, path = "/advocates/{id}/timeline", operation_id = "get_advocate_timeline", tag = "advocates",
    params(("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "A page of the timeline", body = List<TimelineEntry>)))]
async fn get_advocate_timeline(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<AdvocateId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<List<TimelineEntry>>, Problem> {
    Ok(Json(
        audit::of_advocate(&app, &actor, id, &query.into()).await?,
    ))
}
