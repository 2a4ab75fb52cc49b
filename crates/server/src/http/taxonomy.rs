//! Facets, terms and unmapped values over HTTP.

use app::{
    App,
    find::synonyms::{self, PreviewSynonyms, SynonymPreview},
    idempotency,
    listing::{self, List},
    taxonomy::{
        self, AddTerm, EditTerm, TermView,
        facet::{self, AddFacet, EditFacet, FacetView},
        merge,
        unmapped::{self, MapValue, MappedView, UnmapValue, UnmappedView},
    },
};
use axum::{Json, extract::State};
use domain::id::{FacetId, TermId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Created, Record},
    extract::{Body, Create, Id, IfMatch, Query, Signed},
    page::PageQuery,
    problem::Problem,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_facets, add_facet))
        .routes(routes!(get_facet, edit_facet))
        .routes(routes!(list_terms, add_term))
        .routes(routes!(get_term, edit_term))
        .routes(routes!(preview_synonyms))
        .routes(routes!(merge_term))
        .routes(routes!(unmerge_term))
        .routes(routes!(retire_term))
        .routes(routes!(restore_term))
        .routes(routes!(list_unmapped))
        .routes(routes!(map_value))
        .routes(routes!(unmap_value))
}

/// Lists the facets in the order in which they are shown.
#[utoipa::path(get, path = "/facets", operation_id = "list_facets", tag = "taxonomy",
    responses((status = 200, description = "The facets", body = List<FacetView>)))]
async fn list_facets(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<List<FacetView>>, Problem> {
    Ok(Json(facet::list(&app, &actor).await?))
}

/// Adds a facet of the program's own, behind the others.
#[utoipa::path(post, path = "/facets", operation_id = "add_facet", tag = "taxonomy",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = AddFacet,
    responses((status = 201, description = "The new facet", body = FacetView)))]
async fn add_facet(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<AddFacet>,
) -> Result<Created<FacetView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || facet::add(&app, &actor, body, Some(&key)),
        |id| facet::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/facets/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// One facet.
#[utoipa::path(get, path = "/facets/{id}", operation_id = "get_facet", tag = "taxonomy",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The facet", body = FacetView)))]
async fn get_facet(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<FacetId>,
) -> Result<Record<FacetView>, Problem> {
    let view = facet::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a facet. Its key and whether it is ordered stay.
#[utoipa::path(patch, path = "/facets/{id}", operation_id = "edit_facet", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditFacet,
    responses((status = 200, description = "The facet as it is now", body = FacetView)))]
async fn edit_facet(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<FacetId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditFacet>,
) -> Result<Record<FacetView>, Problem> {
    let view = facet::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TermsQuery {
    /// The key of one facet; all when absent.
    facet: Option<String>,
    /// Terms on a page, 1 to 5,000; 50 when absent.
    limit: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists terms, retired and merged ones too.
#[utoipa::path(get, path = "/terms", operation_id = "list_terms", tag = "taxonomy",
    params(TermsQuery),
    responses((status = 200, description = "A page of terms", body = List<TermView>)))]
async fn list_terms(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(query): Query<TermsQuery>,
) -> Result<Json<List<TermView>>, Problem> {
    let most = taxonomy::TERMS_PAGE_MAX;
    let page = listing::page_up_to(most, query.limit, query.cursor.as_deref())?;
    let facet = query.facet.as_deref();
    Ok(Json(taxonomy::terms(&app, &actor, facet, &page).await?))
}

/// Adds a term; values that were waiting for it are mapped with it.
#[utoipa::path(post, path = "/terms", operation_id = "add_term", tag = "taxonomy",
    params(("Idempotency-Key" = String, Header, description = "A text of your own, new for each create")),
    request_body = AddTerm,
    responses((status = 201, description = "The new term", body = TermView)))]
async fn add_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Create { key, body }: Create<AddTerm>,
) -> Result<Created<TermView>, Problem> {
    let view = idempotency::once(
        &app,
        &key,
        || taxonomy::add(&app, &actor, body, Some(&key)),
        |id| taxonomy::get(&app, &actor, id.into()),
    )
    .await?;
    let path = format!("/terms/{}", view.id);
    Ok(Created::at(&path, Some(view.version), view))
}

/// One term.
#[utoipa::path(get, path = "/terms/{id}", operation_id = "get_term", tag = "taxonomy",
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "The term", body = TermView)))]
async fn get_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
) -> Result<Record<TermView>, Problem> {
    let view = taxonomy::get(&app, &actor, id).await?;
    Ok(Record::new(view.version, view))
}

/// Changes a term. Fields that are absent stay as they are.
#[utoipa::path(patch, path = "/terms/{id}", operation_id = "edit_term", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = EditTerm,
    responses((status = 200, description = "The term as it is now", body = TermView)))]
async fn edit_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    IfMatch(version): IfMatch,
    Body(change): Body<EditTerm>,
) -> Result<Record<TermView>, Problem> {
    let view = taxonomy::edit(&app, &actor, id, version, change).await?;
    Ok(Record::new(view.version, view))
}

/// Shows what these other ways to write the term, in the place of those it has, would change for kept
/// searches and for values without a term; changes nothing.
#[utoipa::path(post, path = "/terms/{id}/synonyms/preview", operation_id = "preview_synonyms", tag = "taxonomy",
    params(("id" = Uuid, Path)),
    request_body = PreviewSynonyms,
    responses((status = 200, description = "Which searches would be read otherwise, and whom they would find", body = SynonymPreview)))]
async fn preview_synonyms(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    Body(asked): Body<PreviewSynonyms>,
) -> Result<Json<SynonymPreview>, Problem> {
    Ok(Json(synonyms::preview(&app, &actor, id, asked).await?))
}

/// The term that is to stand for this one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeTerm {
    into: TermId,
}

/// Lets another term stand for this one; undone by `unmerge`.
#[utoipa::path(post, path = "/terms/{id}/merge", operation_id = "merge_term", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    request_body = MergeTerm,
    responses((status = 200, description = "The merged term", body = TermView)))]
async fn merge_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    IfMatch(version): IfMatch,
    Body(ask): Body<MergeTerm>,
) -> Result<Record<TermView>, Problem> {
    let view = merge::merge(&app, &actor, id, version, ask.into).await?;
    Ok(Record::new(view.version, view))
}

/// Takes a merge back.
#[utoipa::path(post, path = "/terms/{id}/unmerge", operation_id = "unmerge_term", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The term on its own again", body = TermView)))]
async fn unmerge_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    IfMatch(version): IfMatch,
) -> Result<Record<TermView>, Problem> {
    let view = merge::unmerge(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Takes a term out of use; what it tags is still found.
#[utoipa::path(post, path = "/terms/{id}/retire", operation_id = "retire_term", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The retired term", body = TermView)))]
async fn retire_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    IfMatch(version): IfMatch,
) -> Result<Record<TermView>, Problem> {
    let view = taxonomy::retire(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Offers a retired term again.
#[utoipa::path(post, path = "/terms/{id}/restore", operation_id = "restore_term", tag = "taxonomy",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "The ETag of the version you read")),
    responses((status = 200, description = "The term in use again", body = TermView)))]
async fn restore_term(
    State(app): State<App>,
    Signed(actor): Signed,
    Id(id): Id<TermId>,
    IfMatch(version): IfMatch,
) -> Result<Record<TermView>, Problem> {
    let view = taxonomy::restore(&app, &actor, id, version).await?;
    Ok(Record::new(view.version, view))
}

/// Lists values that stand for no term, the most frequent first.
#[utoipa::path(get, path = "/unmapped", operation_id = "list_unmapped", tag = "taxonomy",
    params(PageQuery),
    responses((status = 200, description = "A page of values", body = List<UnmappedView>)))]
async fn list_unmapped(
    State(app): State<App>,
    Signed(actor): Signed,
    Query(page): Query<PageQuery>,
) -> Result<Json<List<UnmappedView>>, Problem> {
    let cursor = page.cursor.as_deref();
    Ok(Json(
        unmapped::list(&app, &actor, page.limit, cursor).await?,
    ))
}

/// Remembers what a value stands for and tags every record that carries it.
#[utoipa::path(post, path = "/unmapped/map", operation_id = "map_value", tag = "taxonomy",
    request_body = MapValue,
    responses((status = 200, description = "How many records it reached", body = MappedView)))]
async fn map_value(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<MapValue>,
) -> Result<Json<MappedView>, Problem> {
    Ok(Json(unmapped::map(&app, &actor, ask).await?))
}

/// Forgets what a value stands for, while it still does: the records that carry it wait for a term again.
#[utoipa::path(post, path = "/unmapped/unmap", operation_id = "unmap_value", tag = "taxonomy",
    request_body = UnmapValue,
    responses((status = 200, description = "How many records it reached", body = MappedView)))]
async fn unmap_value(
    State(app): State<App>,
    Signed(actor): Signed,
    Body(ask): Body<UnmapValue>,
) -> Result<Json<MappedView>, Problem> {
    Ok(Json(unmapped::unmap(&app, &actor, ask).await?))
}
