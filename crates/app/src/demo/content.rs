//! Stories as assets: case studies, clips, quotes, a few drafts and some past their date.

use domain::{
    advocate::AdvocateStatus,
    content::{ContentKind, ContentStatus},
    opportunity::DealStage,
    record::RecordKind,
};
use storage::{content::Content, tag::Tag};

use super::{
    Calendar, accounts::Market, advocates::Pool, chance::Chance, story::Story, tags::Tagger,
};
use crate::error::Error;

#[derive(Default)]
pub(super) struct Library {
    pub content: Vec<Content>,
    pub tags: Vec<Tag>,
}

const KINDS: &[(ContentKind, DealStage, f64)] = &[
    (ContentKind::CaseStudy, DealStage::Middle, 5.0),
    (ContentKind::Video, DealStage::Early, 3.0),
    (ContentKind::Quote, DealStage::Early, 5.0),
    (ContentKind::Review, DealStage::Middle, 2.0),
    (ContentKind::Slide, DealStage::Late, 2.0),
    (ContentKind::Webinar, DealStage::Middle, 1.0),
    (ContentKind::Recording, DealStage::Late, 0.7),
    (ContentKind::Podcast, DealStage::Early, 0.5),
];

pub(super) fn make(
    calendar: Calendar,
    pool: &Pool,
    market: &Market,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<Library, Error> {
    let mut library = Library::default();
    for (advocate, profile) in pool.advocates.iter().zip(&pool.profiles) {
        let Some(story) = &profile.story else {
            continue;
        };
        if advocate.status == AdvocateStatus::Onboarding || !chance.hits(0.45) {
            continue;
        }
        let (kind, stage, _) = *chance.weighted(KINDS, |row| row.2);
        let account = &market.accounts[profile.account];
        let day = advocate
            .created_at
            .day()
            .plus_days(chance.between(20, 300))
            .min(calendar.today);
        let at = calendar.at(day, chance);
        let mut row = Content::titled(chance.id(at), &title(kind, &account.name, story), kind, at);
        row.external_id = Some(format!("demo-content-{:05}", library.content.len() + 1));
        row.status = match chance.between(1, 20) {
            1..=2 => ContentStatus::Draft,
            3 => ContentStatus::Retired,
            _ => ContentStatus::Approved,
        };
        row.stage = Some(stage);
        row.url = Some(format!(
            "https://larkspur.example/stories/{}",
            library.content.len() + 1
        ));
        row.body = Some(match kind {
            ContentKind::Quote | ContentKind::Review => format!("\"{}\"", story.quote),
            _ => story.text(&account.name),
        });
        row.advocate_id = Some(advocate.id);
        row.account_id = Some(account.id);
        row.expires_on = chance
            .hits(0.2)
            .then(|| calendar.today.plus_days(chance.between(-60, 400)));
        tag(&mut library, &row, story, market, profile.account, tagger)?;
        library.content.push(row);
    }
    Ok(library)
}

fn title(kind: ContentKind, account: &str, story: &Story) -> String {
    match kind {
        ContentKind::Quote => format!("{account} on {}", story.plot.use_case.to_lowercase()),
        ContentKind::Video | ContentKind::Recording | ContentKind::Podcast => {
            format!("{account} tells: {}", story.headline())
        }
        _ => format!("{account}: {}", story.headline()),
    }
}

fn tag(
    library: &mut Library,
    row: &Content,
    story: &Story,
    market: &Market,
    account: usize,
    tagger: &Tagger,
) -> Result<(), Error> {
    let site = &market.sites[account];
    for (facet, value) in [
        ("product", story.plot.product),
        ("use_case", story.plot.use_case),
        ("story_type", story.plot.story_type),
        ("buyer_concern", story.plot.concern),
        ("industry", site.industry.name),
        ("region", site.place.region),
    ] {
        library
            .tags
            .push(tagger.tag(RecordKind::Content, row.id, facet, value)?);
    }
    Ok(())
}
