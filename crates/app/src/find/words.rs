//! Points in words: "Same industry: Healthcare".

use std::cmp::Reverse;

use domain::taxonomy::{Fit, Taxonomy};
use matching::{CriterionRef, Points, Query};

use super::card::{Reason, ReasonKind};

/// The reasons, what gives most first; what fits nothing comes last, in the order of the question.
pub(super) fn reasons(taxonomy: &Taxonomy, query: &Query, points: &[Points]) -> Vec<Reason> {
    let mut points: Vec<&Points> = points.iter().collect();
    points.sort_by_key(|points| Reverse(points.points));
    let points = points.into_iter();
    points
        .map(|points| reason(taxonomy, query, points))
        .collect()
}

fn reason(taxonomy: &Taxonomy, query: &Query, points: &Points) -> Reason {
    let share = f64::from(points.points) / 100.0;
    match points.criterion {
        CriterionRef::Text => text_reason(points, share),
        CriterionRef::Facet(id) => {
            let (key, name) = taxonomy
                .facet(id)
                .map_or(("facet", "criterion".to_owned()), |facet| {
                    (facet.key.as_str(), facet.name.to_lowercase())
                });
            let matched = points
                .matched
                .and_then(|term| taxonomy.term(term))
                .map(|term| term.name.as_str());
            let several = query
                .criteria
                .iter()
                .any(|criterion| criterion.facet == id && criterion.terms.len() > 1);
            let (kind, start) = match points.kind {
                _ if points.missing => {
                    (ReasonKind::Missing, format!("{} not known", capital(&name)))
                }
                Some(Fit::Same | Fit::Descendant) if several && points.fit < 10_000 => {
                    (ReasonKind::Same, format!("Partly the same {name}"))
                }
                Some(Fit::Same | Fit::Descendant) => (ReasonKind::Same, format!("Same {name}")),
                Some(Fit::Parent) => (ReasonKind::Broader, format!("Broader {name}")),
                Some(Fit::Sibling) => (ReasonKind::Sibling, format!("Related {name}")),
                Some(Fit::Adjacent) => (ReasonKind::Adjacent, format!("Similar {name}")),
                Some(Fit::None) | None => (ReasonKind::Different, format!("Different {name}")),
            };
            let words = match matched {
                Some(matched) if kind != ReasonKind::Missing => format!("{start}: {matched}"),
                Some(_) | None => start,
            };
            Reason {
                criterion: key.to_owned(),
                points: share,
                words,
                kind,
            }
        }
    }
}

fn text_reason(points: &Points, share: f64) -> Reason {
    let words = match points.fit {
        0 => "Story does not mention it",
        10_000 => "Story mentions all of it",
        _ => "Story mentions part of it",
    };
    Reason {
        criterion: "text".to_owned(),
        points: share,
        words: words.to_owned(),
        kind: ReasonKind::Text,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}
