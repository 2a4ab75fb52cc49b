//! What a row says about stories, quotes and other content.

use domain::{
    content::{ContentKind, ContentStatus},
    id::{AccountId, AdvocateId, ContentId},
    opportunity::DealStage,
    record::RecordKind,
    text::fold,
};
use storage::content::Content;

use super::{
    contact,
    desk::{Desk, Effect, put},
    shelf::Key,
    values::Values,
};
use crate::clock::new_id;

/// A title made of a quote has at most this many characters.
const TITLE_CHARACTERS: usize = 80;

/// Decides a row of a content file.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    if !names_any(values) {
        return Err("The row has no title, address, text or quote. Add one of them.".to_owned());
    }
    let company = contact::account_of(desk, values);
    let person = contact::find(desk, values, &company);
    let advocate = person.and_then(|contact| {
        let key = Key::Of(contact.0);
        desk.advocates.known_by(&key).next().map(|known| known.id)
    });
    let mut effect = beside(desk, values, row, advocate, company.id);
    effect.changed |= company.effect.changed;
    Ok(effect)
}

/// Whether a row brings any content.
pub(crate) fn names_any(values: Values<'_>) -> bool {
    !pieces(values).is_empty()
}

/// A piece of content in a row: a row may tell a story and quote somebody in it.
struct Piece {
    title: String,
    kind: ContentKind,
    body: Option<String>,
    is_quote: bool,
}

fn pieces(values: Values<'_>) -> Vec<Piece> {
    let kind: Option<ContentKind> = values.word("content.kind");
    if values.is_export() {
        let piece = values.text("content.title").map(|title| Piece {
            title: title.to_owned(),
            kind: kind.unwrap_or(ContentKind::CaseStudy),
            body: values.text("content.text").map(str::to_owned),
            is_quote: false,
        });
        return piece.into_iter().collect();
    }
    let (title, text, quote, url) = (
        values.text("content.title"),
        values.text("content.text"),
        values.text("content.quote"),
        values.text("content.url"),
    );
    let mut pieces = Vec::new();
    let quote_alone =
        quote.is_some() && text.is_none() && (title.is_none() || kind == Some(ContentKind::Quote));
    if !quote_alone && let Some(named) = title.or(text).or(url) {
        pieces.push(Piece {
            title: shortened(named),
            kind: kind.unwrap_or(ContentKind::CaseStudy),
            body: text.map(str::to_owned),
            is_quote: false,
        });
    }
    if let Some(quote) = quote {
        pieces.push(Piece {
            title: shortened(title.filter(|_| quote_alone).unwrap_or(quote)),
            kind: ContentKind::Quote,
            body: Some(quote.to_owned()),
            is_quote: true,
        });
    }
    pieces
}

/// The titles under which the content of a row may be known.
pub(crate) fn titles(values: Values<'_>) -> Vec<String> {
    pieces(values)
        .into_iter()
        .map(|piece| fold(&piece.title))
        .collect()
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_CHARACTERS {
        return line;
    }
    let cut: String = line.chars().take(TITLE_CHARACTERS).collect();
    let whole_words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(front, _)| front);
    format!("{whole_words}…")
}

/// Writes the content of a row, linked to the advocate and the account that the row names.
pub(crate) fn beside(
    desk: &mut Desk,
    values: Values<'_>,
    row: usize,
    advocate: Option<AdvocateId>,
    account: Option<AccountId>,
) -> Effect {
    let mut whole = Effect::default();
    let pieces = pieces(values);
    let alone = pieces.len() == 1;
    for piece in pieces {
        let external_id = values
            .text("content.external_id")
            .filter(|_| alone || !piece.is_quote);
        let own_id: Option<ContentId> = values.id("content.id");
        let (id, created) = match own_id.filter(|id| desk.content.row(id.0).is_some()) {
            Some(id) => (id, false),
            None => find_or_create(desk, &piece, external_id, account),
        };
        let repeats = desk.repeats(id.0, row);
        let fills_only = repeats && !created;
        let changed = describe(
            desk,
            values,
            id,
            &piece,
            (advocate, account),
            external_id,
            fills_only,
        );
        whole.created |= created;
        whole.changed |= changed;
        whole.repeats |= repeats;
    }
    whole
}

fn find_or_create(
    desk: &mut Desk,
    piece: &Piece,
    external_id: Option<&str>,
    account: Option<AccountId>,
) -> (ContentId, bool) {
    let by_external = external_id.and_then(|id| {
        let key = Key::External(id.to_owned());
        desk.content.known_by(&key).next().map(|known| known.id)
    });
    let found = by_external.or_else(|| {
        desk.content
            .known_by(&Key::Name(fold(&piece.title)))
            .find(|known| {
                known.kind == piece.kind
                    && known.account_id == account
                    && (external_id.is_none() || known.external_id.is_none())
            })
            .map(|known| known.id)
    });
    if let Some(id) = found {
        return (id, false);
    }
    let id: ContentId = new_id();
    let row = Content::titled(id, &piece.title, piece.kind, desk.run.now);
    desk.content.add(row);
    (id, true)
}

fn describe(
    desk: &mut Desk,
    values: Values<'_>,
    id: ContentId,
    piece: &Piece,
    people: (Option<AdvocateId>, Option<AccountId>),
    external_id: Option<&str>,
    fills_only: bool,
) -> bool {
    let status: Option<ContentStatus> = values.word("content.status");
    let stage: Option<DealStage> = values.word("content.stage");
    let mut changed = desk.content.edit(id.0, |content| {
        put(
            &mut content.external_id,
            external_id.map(str::to_owned),
            true,
        );
        if !fills_only {
            if fold(&piece.title) != content.title_folded {
                content.title.clone_from(&piece.title);
                content.title_folded = fold(&piece.title);
            }
            if values.text("content.kind").is_some() || piece.is_quote {
                content.kind = piece.kind;
            }
            if let Some(status) = status {
                content.status = status;
            }
        }
        put(&mut content.stage, stage, fills_only);
        let url = values.text("content.url").map(str::to_owned);
        put(&mut content.url, url, fills_only);
        put(&mut content.body, piece.body.clone(), fills_only);
        put(&mut content.advocate_id, people.0, fills_only);
        put(&mut content.account_id, people.1, fills_only);
        put(
            &mut content.expires_on,
            values.day("content.expires_on"),
            fills_only,
        );
    });
    for (facet, written) in values.terms() {
        let record = (RecordKind::Content, id.0);
        changed |= desk.set_terms(record, facet, written, fills_only);
    }
    changed
}
