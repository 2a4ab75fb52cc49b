//! One page before the use: whom one meets, why, what will be asked, what is better left out; for
//! the advocate, for whoever asked, and for the buyer, each with what that reader may know.
//!
//! Without a login it is read through a signed link, as often as one likes, until the use is over.

use domain::{
    access::Scope,
    activity::Activity,
    candidate::LinkPurpose,
    id::{CandidateId, TermId},
    taxonomy::Taxonomy,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{advocate::Advocate, candidate::Candidate, contact::Contact, request::Request};

use super::{
    appointment::can_be_arranged, condition::Conditions, find_for, group, letter, link, reasons,
};
use crate::{
    App,
    actor::Actor,
    error::Error,
    people,
    policy::{self, Permission},
    setting,
    taxonomy::DEAL_STAGE,
};

/// More would be an interview.
const QUESTIONS_MAX: usize = 8;
/// The facet whose terms are what the buyer worries about.
const CONCERN: &str = "buyer_concern";

/// Facets that say who somebody is, not what there is to talk about.
const NO_QUESTION: [&str; 8] = [
    "region",
    "persona",
    "seniority",
    "partner",
    "channel",
    "language",
    "relationship",
    "tenure",
];

/// Whom a brief is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BriefReader {
    Advocate,
    Seller,
    Buyer,
}

/// What will be talked about: a term of the need. The page makes a question of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BriefQuestion {
    /// The key of the facet, such as `use_case`.
    pub facet: String,
    pub facet_name: String,
    pub term: String,
}

/// One page before the use.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Brief)]
pub struct BriefView {
    pub reader: BriefReader,
    pub activity: Activity,
    /// The agreed time; null while there is only a day.
    pub starts_at: Option<Timestamp>,
    pub planned_on: Day,
    /// The time zone in which the times were named.
    pub time_zone: Option<String>,
    pub minutes: i64,
    pub place: Option<String>,
    /// Who arranges it.
    pub asked_by: String,
    /// The company that arranges it; null until the program says its name.
    pub company: Option<String>,
    /// The buyer's company; for the buyer null.
    pub prospect_name: Option<String>,
    /// The other buyers' companies of a group call, for the advocate.
    pub other_prospects: Vec<String>,
    /// Whom the reader meets, for whoever asked: the name as far as they may see it.
    pub advocate_name: Option<String>,
    /// The title of the advocate; for the advocate null.
    pub title: Option<String>,
    /// The company of the advocate.
    pub account_name: Option<String>,
    /// The advocate in a sentence, for whoever asked.
    pub headline: Option<String>,
    /// What buyer and advocate have in common, in words.
    pub why: Vec<String>,
    /// What the buyer wants to hear, in the words of whoever asked; for the buyer null.
    pub note: Option<String>,
    pub questions: Vec<BriefQuestion>,
    /// What the advocate likes to speak about.
    pub topics: Vec<String>,
    /// What the advocate does not speak about.
    pub avoid: Vec<String>,
    /// What the owner's yes depends on, for whoever asked.
    pub conditions: Option<Conditions>,
}

/// The briefs of a promised use that the actor may read: whoever asked reads their own and the
/// buyer's, the owner and the program team the advocate's as well.
pub async fn of_candidate(
    app: &App,
    actor: &Actor,
    id: CandidateId,
) -> Result<Vec<BriefView>, Error> {
    let arranges = Permission::CandidateArrange;
    let (candidate, request) = find_for(&app.store, actor, arranges, id).await?;
    if !candidate.state.reveals_contact() {
        return Err(Error::MoveNotAllowed(
            "There is a brief once the advocate has said yes.".to_owned(),
        ));
    }
    let looks_after =
        policy::scope(actor, Permission::CandidateApprove).reaches(candidate.owner_id);
    let loaded = Loaded::read(app, candidate, request).await?;
    let mut readers = vec![BriefReader::Seller, BriefReader::Buyer];
    readers.extend(looks_after.then_some(BriefReader::Advocate));
    let name = people::load(app, actor, vec![loaded.candidate.advocate_id])
        .await?
        .remove(&loaded.candidate.advocate_id)
        .map(|person| person.display_name());
    Ok(readers
        .into_iter()
        .map(|reader| BriefView {
            advocate_name: name.clone().filter(|_| reader == BriefReader::Seller),
            ..loaded.brief(reader)
        })
        .collect())
}

/// The brief behind a link; reading it changes nothing.
pub async fn look(app: &App, token: &str) -> Result<BriefView, Error> {
    let link = link::find(&app.store, token, |purpose| reader_of(purpose).is_some()).await?;
    let reader = reader_of(link.purpose).ok_or(Error::NotFound)?;
    let candidate = storage::candidate::find(&app.store, link.candidate_id)
        .await?
        .ok_or(Error::NotFound)?;
    if link.expires_at <= app.clock.now() || !can_be_arranged(candidate.state) {
        return Err(Error::LinkExpired);
    }
    let request = storage::request::find(&app.store, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Loaded::read(app, candidate, request).await?.brief(reader))
}

fn reader_of(purpose: LinkPurpose) -> Option<BriefReader> {
    match purpose {
        LinkPurpose::AdvocateBrief => Some(BriefReader::Advocate),
        LinkPurpose::BuyerBrief => Some(BriefReader::Buyer),
        LinkPurpose::Ask
        | LinkPurpose::Debrief
        | LinkPurpose::Offer
        | LinkPurpose::Pick
        | LinkPurpose::BuyerDebrief => None,
    }
}

/// Where a reader finds the brief: a new link for those without a login, the page for whoever asked.
pub(super) async fn address(
    app: &App,
    candidate: &Candidate,
    request: &Request,
    reader: BriefReader,
) -> Result<String, Error> {
    let purpose = match reader {
        BriefReader::Advocate => LinkPurpose::AdvocateBrief,
        BriefReader::Buyer => LinkPurpose::BuyerBrief,
        BriefReader::Seller => {
            let (home, request) = (&app.config.public_url, request.id);
            return Ok(format!("{home}/requests/{request}/briefs/{}", candidate.id));
        }
    };
    let system = Actor::system();
    Ok(link::issue(app, &system, candidate, request, purpose)
        .await?
        .url)
}

/// Everything that a brief is written from.
struct Loaded {
    candidate: Candidate,
    request: Request,
    advocate: Option<Advocate>,
    contact: Option<Contact>,
    account_name: Option<String>,
    prospect_name: Option<String>,
    other_prospects: Vec<String>,
    appointment: Option<storage::appointment::Appointment>,
    asked_by: String,
    company: Option<String>,
    why: Vec<String>,
    /// Terms of the need, the most important first, with whether the advocate has them.
    wanted: Vec<(BriefQuestion, bool)>,
}

impl Loaded {
    async fn read(app: &App, candidate: Candidate, request: Request) -> Result<Self, Error> {
        let store = &app.store;
        let advocate = storage::advocate::by_ids(store, vec![candidate.advocate_id])
            .await?
            .remove(&candidate.advocate_id);
        let deal = match request.opportunity_id {
            Some(id) => storage::opportunity::by_ids(store, vec![id])
                .await?
                .remove(&id),
            None => None,
        };
        let prospect = deal.as_ref().and_then(|deal| deal.account_id);
        let ids = prospect.into_iter().chain([candidate.account_id]).collect();
        let accounts = storage::account::by_ids(store, ids).await?;
        let name_of = |id| accounts.get(&id).map(|account| account.name.clone());
        let requester = storage::user::find(store, request.requester_id).await?;
        let program = setting::read::<setting::Program>(store).await?.value;
        let now = app.index.now(app).await?;
        let mut criteria = reasons::criteria(app, &now, &request, deal.as_ref()).await?;
        criteria.sort_by_key(|criterion| std::cmp::Reverse(criterion.weight));
        let held = reasons::held(app, &candidate).await?;
        let appointment = storage::appointment::of_candidates(store, vec![candidate.id])
            .await?
            .remove(&candidate.id)
            .filter(|_| can_be_arranged(candidate.state));
        Ok(Self {
            contact: letter::contact_of(store, candidate.advocate_id).await?,
            account_name: name_of(candidate.account_id),
            prospect_name: prospect.and_then(name_of),
            other_prospects: group::other_companies(app, &candidate).await?,
            asked_by: requester.map_or_else(|| "A colleague".to_owned(), |user| user.name),
            company: program.company(),
            why: reasons::of(app, &request, &candidate, deal.as_ref()).await?,
            wanted: wanted(&now.taxonomy, &criteria, &held),
            candidate,
            request,
            advocate,
            appointment,
        })
    }

    fn brief(&self, reader: BriefReader) -> BriefView {
        let is_buyer = reader == BriefReader::Buyer;
        let is_seller = reader == BriefReader::Seller;
        let is_advocate = reader == BriefReader::Advocate;
        let starts_at = self
            .appointment
            .as_ref()
            .and_then(|found| found.booked_at());
        let agreed = self.appointment.as_ref().filter(|_| starts_at.is_some());
        let topics = |of: fn(&Advocate) -> &str| {
            let text = self.advocate.as_ref().map(of).unwrap_or_default();
            text.lines().map(str::to_owned).collect::<Vec<String>>()
        };
        // Whoever asked knows the deal; the others read of it what they share, and the advocate
        // what the buyer worries about.
        let is_told = |question: &BriefQuestion, is_shared: bool| {
            is_seller || is_shared || (is_advocate && question.facet == CONCERN)
        };
        let questions = self.wanted.iter();
        let questions = questions.filter(|(question, is_shared)| is_told(question, *is_shared));
        BriefView {
            reader,
            activity: self.candidate.activity,
            starts_at,
            planned_on: self.candidate.planned_on,
            time_zone: agreed.map(|found| found.time_zone.clone()),
            minutes: agreed.map_or(self.candidate.activity.usual_minutes(), |found| {
                found.minutes
            }),
            place: agreed.and_then(|found| found.place.clone()),
            asked_by: self.asked_by.clone(),
            company: self.company.clone(),
            prospect_name: self.prospect_name.clone().filter(|_| !is_buyer),
            other_prospects: if is_advocate {
                self.other_prospects.clone()
            } else {
                Vec::new()
            },
            advocate_name: None,
            title: self
                .contact
                .as_ref()
                .and_then(|contact| contact.title.clone())
                .filter(|_| !is_advocate),
            account_name: self.account_name.clone(),
            headline: self
                .advocate
                .as_ref()
                .and_then(|row| row.headline.clone())
                .filter(|_| is_seller),
            why: self.why.clone(),
            note: self.request.note.clone().filter(|_| !is_buyer),
            questions: questions
                .map(|(question, _)| question.clone())
                .take(QUESTIONS_MAX)
                .collect(),
            topics: topics(|row| &row.topics_can),
            avoid: topics(|row| &row.topics_cannot),
            conditions: Conditions::of(&self.candidate).filter(|_| is_seller),
        }
    }
}

fn wanted(
    taxonomy: &Taxonomy,
    criteria: &[matching::Criterion],
    held: &[TermId],
) -> Vec<(BriefQuestion, bool)> {
    let of_criterion = |criterion: &matching::Criterion| {
        let facet = taxonomy.facet(criterion.facet)?;
        if NO_QUESTION.contains(&facet.key.as_str()) || facet.key == DEAL_STAGE {
            return None;
        }
        let questions: Vec<_> = criterion
            .terms
            .iter()
            .filter_map(|term| {
                let question = BriefQuestion {
                    facet: facet.key.clone(),
                    facet_name: facet.name.clone(),
                    term: taxonomy.term(taxonomy.resolve(*term)?)?.name.clone(),
                };
                Some((question, reasons::is_held(taxonomy, *term, held)))
            })
            .collect();
        Some(questions)
    };
    criteria.iter().filter_map(of_criterion).flatten().collect()
}
