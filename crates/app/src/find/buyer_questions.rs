//! A buyer's list of questions: for each, which content answers it and who can.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, ContentId, OpportunityId},
    taxonomy::Taxonomy,
    time::Day,
};
use matching::{Matches, Query, QueryProblem, ReadAs, Reading, TEXT_BYTES_MAX, TextCriterion};
use serde::{Deserialize, Serialize};

use super::{
    FindReferences, MatchRow, RecognisedView, card, criteria, deal_of, prepare,
    question::recognised,
};
use crate::{
    App,
    actor::Actor,
    content::{self, ContentRow},
    error::Error,
    people::{self, Person},
    policy::{self, Permission},
};

/// Questions that are answered at once.
pub const QUESTIONS_MAX: usize = 50;
/// People, and pieces of content, that are named for one question.
const SHOWN: usize = 3;
/// A quarter of what a question asks for must fit, in 1/10,000; less is chance.
const FITS_FROM: u32 = 2_500;

/// A list of questions as the buyer wrote it.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskQuestions {
    /// One question a line, or one after the other; at most 10,000 bytes and 50 questions.
    pub text: String,
    /// The deal: its own account answers nothing, and content of its stage comes first.
    pub opportunity_id: Option<OpportunityId>,
    pub activity: Option<Activity>,
    pub need_by: Option<Day>,
}

/// What answers one question.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuestionAnswer {
    pub question: String,
    pub recognised: Vec<RecognisedView>,
    /// The best content first: it may spare a person.
    pub content: Vec<ContentRow>,
    /// The best people, one an account, who can be asked.
    pub people: Vec<MatchRow>,
}

/// The list with its answers, in the order of the questions.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct QuestionAnswers {
    pub questions: Vec<QuestionAnswer>,
    /// Questions that neither content nor people answer.
    pub unanswered: usize,
}

/// A question with its search and what the index found.
struct Found {
    question: String,
    reading: Reading,
    query: Query,
    matches: Matches,
}

/// Answers a list of questions; changes nothing.
pub async fn answer(app: &App, actor: &Actor, ask: AskQuestions) -> Result<QuestionAnswers, Error> {
    policy::require(actor, Permission::Match)?;
    let questions = questions(&ask.text)?;
    // Only the question says what is wanted; the deal says whom not to ask and which stage it is in.
    let base = FindReferences {
        opportunity_id: ask.opportunity_id,
        criteria: Some(Vec::new()),
        activity: ask.activity,
        need_by: ask.need_by,
        ..FindReferences::default()
    };
    let deal = deal_of(app, actor, &base).await?;
    let base = prepare(app, actor, base, deal).await?;
    let (taxonomy, weights) = (&base.now.taxonomy, &base.now.weights);
    let skipped = criteria::skipped(taxonomy);
    let how = ReadAs {
        plain: &[],
        skipped: &skipped,
    };
    let search = |index: &matching::Index| -> Result<Vec<Found>, QueryProblem> {
        let one = |question: String| {
            let reading = index.read(&question, how)?;
            let mut query = base.query.clone();
            query.criteria = criteria::with_named(taxonomy, weights, Vec::new(), &reading, false);
            query.text = reading.rest.clone().map(|text| TextCriterion {
                text,
                weight: weights.text,
            });
            query.limit = SHOWN;
            let matches = index.query(&query)?;
            Ok(Found {
                question,
                reading,
                query,
                matches,
            })
        };
        questions.into_iter().map(one).collect()
    };
    let mut found = base.now.ask(search)?;
    for one in &mut found {
        let fits = |relevance: Option<u32>| relevance.is_some_and(|fit| fit >= FITS_FROM);
        one.matches.rows.retain(|row| fits(row.relevance));
        one.matches.content.retain(|row| fits(row.relevance));
    }
    let advocates = found.iter().flat_map(|one| &one.matches.rows);
    let advocates = advocates.map(|row| row.advocate).collect();
    let people = people::load_at(app, actor, &base.now, advocates).await?;
    let pieces = found.iter().flat_map(|one| &one.matches.content);
    let content = content::rows_at(app, &base.now, pieces.map(|row| row.content).collect()).await?;
    let shown = |one: Found| shown(taxonomy, &people, &content, one);
    let questions: Vec<QuestionAnswer> = found.into_iter().map(shown).collect();
    let is_open = |one: &&QuestionAnswer| one.people.is_empty() && one.content.is_empty();
    Ok(QuestionAnswers {
        unanswered: questions.iter().filter(is_open).count(),
        questions,
    })
}

fn shown(
    taxonomy: &Taxonomy,
    people: &HashMap<AdvocateId, Person>,
    content: &HashMap<ContentId, ContentRow>,
    one: Found,
) -> QuestionAnswer {
    let ranked: Vec<(Option<AdvocateId>, Option<AccountId>, ContentRow)> = one
        .matches
        .content
        .iter()
        .filter_map(|row| {
            let mut view = content.get(&row.content)?.clone();
            view.relevance = row.relevance.map(card::share);
            Some((row.advocate, row.account, view))
        })
        .collect();
    let card = |row: &matching::MatchRow| {
        let person = people.get(&row.advocate)?;
        Some(card::match_row(taxonomy, &one.query, row, person, &ranked))
    };
    QuestionAnswer {
        recognised: recognised(taxonomy, &one.reading),
        people: one.matches.rows.iter().filter_map(card).collect(),
        content: ranked.iter().map(|(_, _, row)| row.clone()).collect(),
        question: one.question,
    }
}

/// The questions of a list: a line each, and where a line holds several, one to each question mark.
fn questions(text: &str) -> Result<Vec<String>, Error> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::field(
            "text",
            format!(
                "The list is {} bytes long and at most {TEXT_BYTES_MAX} are taken. Shorten it.",
                text.len()
            ),
        ));
    }
    let parts = text.lines().flat_map(|line| line.split_inclusive('?'));
    let questions: Vec<String> = parts
        .map(without_number)
        .filter(|question| question.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect();
    match questions.len() {
        0 => Err(Error::field(
            "text",
            "The list holds no question. Write one a line.",
        )),
        1..=QUESTIONS_MAX => Ok(questions),
        more => Err(Error::field(
            "text",
            format!(
                "The list holds {more} questions and at most {QUESTIONS_MAX} are taken. Split it."
            ),
        )),
    }
}

/// The question without "3.", "b)" or a bullet before it.
fn without_number(part: &str) -> &str {
    let part = part.trim();
    let bare = part.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    match bare.split_once(['.', ')', ':']) {
        Some((number, question))
            if question.starts_with(char::is_whitespace)
                && (number.chars().all(|letter| letter.is_ascii_digit())
                    || number.chars().count() == 1) =>
        {
            question.trim()
        }
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line_and_by_question_marks_without_its_numbers() {
        let list = "Questions\n\n 1. Who moved to the cloud?\n• b) How long did it take? What did it cost?\n--\n2026 results\n3.5 hours of downtime";
        let expected = [
            "Questions",
            "Who moved to the cloud?",
            "How long did it take?",
            "What did it cost?",
            "2026 results",
            "3.5 hours of downtime",
        ];
        assert_eq!(questions(list).expect("questions"), expected);
    }

    #[test]
    fn a_list_without_a_question_or_with_too_many_is_refused() {
        for list in ["", " \n--\n???", &"Why?\n".repeat(51), &"a".repeat(10_001)] {
            assert!(
                matches!(questions(list), Err(Error::Invalid(_))),
                "{list:.20}"
            );
        }
        assert_eq!(
            questions(&"Why?\n".repeat(50)).expect("questions").len(),
            50
        );
    }
}
