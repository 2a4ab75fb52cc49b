//! Closed lists of words and what people write for them. The stored forms are those of the domain.

use domain::text::fold;

/// A closed list: stored form, and other ways to write it (folded: small letters, no punctuation).
pub(crate) type WordList = &'static [(&'static str, &'static [&'static str])];

/// The stored form of what was written, if it is in the list.
pub(crate) fn find(list: WordList, written: &str) -> Option<&'static str> {
    let folded = fold(written);
    let squeezed = folded.replace(' ', "");
    list.iter()
        .find(|(word, others)| {
            squeezed == word.replace('_', "")
                || others
                    .iter()
                    .any(|other| squeezed == other.replace(' ', ""))
        })
        .map(|(word, _)| *word)
}

pub(crate) const ADVOCATE_STATUS: WordList = &[
    ("nominated", &["new", "suggested", "proposed"]),
    ("vetting", &["in review", "qualifying"]),
    ("invited", &["asked"]),
    ("onboarding", &["in onboarding", "joining"]),
    ("active", &["available", "approved", "referenceable", "yes"]),
    ("paused", &["on hold", "resting", "inactive", "do not use"]),
    ("retired", &["left", "former", "archived", "no longer"]),
    ("declined", &["refused", "no"]),
];

pub(crate) const ACTIVITY: WordList = &[
    (
        "reference_call",
        &[
            "call",
            "phone call",
            "customer call",
            "sales call",
            "reference",
            "phone reference",
        ],
    ),
    (
        "group_call",
        &[
            "group reference call",
            "forum",
            "customer forum",
            "roundtable",
        ],
    ),
    ("site_visit", &["visit", "on site visit", "onsite"]),
    ("video", &["video testimonial", "testimonial video"]),
    (
        "case_study",
        &[
            "story",
            "customer story",
            "success story",
            "written case study",
        ],
    ),
    ("quote", &["testimonial", "customer quote", "written quote"]),
    (
        "review",
        &["peer review", "online review", "g2 review", "review site"],
    ),
    ("logo_use", &["logo", "logo usage", "name use"]),
    (
        "press_interview",
        &[
            "press",
            "media interview",
            "pr interview",
            "press release",
            "media",
        ],
    ),
    (
        "analyst_interview",
        &[
            "analyst",
            "analyst call",
            "analyst reference",
            "analyst inquiry",
        ],
    ),
    (
        "speaking",
        &[
            "speaker",
            "event",
            "conference",
            "talk",
            "keynote",
            "panel",
            "speaking engagement",
        ],
    ),
    ("webinar", &["web seminar", "online event"]),
    (
        "advisory_board",
        &["cab", "customer advisory board", "advisory council"],
    ),
];

pub(crate) const CONTENT_KIND: WordList = &[
    (
        "case_study",
        &["story", "customer story", "success story", "article"],
    ),
    ("video", &["clip", "video testimonial"]),
    ("quote", &["testimonial", "customer quote"]),
    ("review", &["peer review", "online review"]),
    ("recording", &["call recording", "audio"]),
    ("slide", &["slides", "presentation", "deck"]),
    ("webinar", &["webcast", "on demand webinar"]),
    ("logo", &[]),
    ("podcast", &["episode"]),
    ("blog", &["blog post", "post"]),
];

pub(crate) const CONTENT_STATUS: WordList = &[
    ("draft", &["in review", "pending", "new"]),
    (
        "approved",
        &["published", "live", "active", "final", "public"],
    ),
    ("retired", &["archived", "expired", "withdrawn"]),
];

pub(crate) const DEAL_STAGE: WordList = &[
    (
        "early",
        &["awareness", "top of funnel", "tofu", "discovery"],
    ),
    (
        "middle",
        &[
            "mid",
            "consideration",
            "middle of funnel",
            "mofu",
            "evaluation",
        ],
    ),
    (
        "late",
        &[
            "decision",
            "bottom of funnel",
            "bofu",
            "negotiation",
            "closing",
        ],
    ),
];

pub(crate) const OPPORTUNITY_KIND: WordList = &[
    (
        "new",
        &[
            "new business",
            "new customer",
            "newbusiness",
            "new logo",
            "land",
        ],
    ),
    (
        "expansion",
        &[
            "existing business",
            "existing customer",
            "existingbusiness",
            "upsell",
            "upgrade",
            "cross sell",
            "add on",
            "expand",
            "existing customer upgrade",
            "existing customer replacement",
            "existing customer downgrade",
        ],
    ),
    (
        "renewal",
        &["renew", "renewals", "existing customer renewal"],
    ),
];

pub(crate) const OPPORTUNITY_STATUS: WordList = &[
    (
        "open",
        &[
            "active",
            "in progress",
            "pipeline",
            "prospecting",
            "engaging",
            "working",
        ],
    ),
    ("won", &["closed won", "win", "sold", "booked", "completed"]),
    (
        "lost",
        &[
            "closed lost",
            "loss",
            "dead",
            "cancelled",
            "canceled",
            "abandoned",
            "disqualified",
        ],
    ),
];

pub(crate) const USE_CHANNEL: WordList = &[
    ("request", &["through a request"]),
    ("outside", &["outside the system", "logged afterwards"]),
    ("import", &["from a file"]),
];

pub(crate) const USE_OUTCOME: WordList = &[
    (
        "helpful",
        &["positive", "good", "great", "success", "successful", "won"],
    ),
    (
        "neutral",
        &["ok", "okay", "average", "mixed", "completed", "done"],
    ),
    ("harmful", &["negative", "bad", "poor"]),
    ("no_show", &["no show", "missed", "did not happen"]),
];

pub(crate) const ROLE: WordList = &[
    (
        "seller",
        &[
            "sales",
            "account executive",
            "ae",
            "sales representative",
            "sales rep",
            "rep",
        ],
    ),
    (
        "owner",
        &[
            "csm",
            "customer success manager",
            "account manager",
            "relationship owner",
        ],
    ),
    (
        "stakeholder",
        &[
            "marketing",
            "pr",
            "analyst relations",
            "events",
            "product marketing",
        ],
    ),
    (
        "program",
        &["program manager", "reference manager", "advocacy manager"],
    ),
    ("executive", &["exec", "cro", "ceo", "leadership"]),
    ("admin", &["administrator", "system administrator"]),
    ("privacy", &["auditor", "privacy officer", "dpo"]),
];

pub(crate) const FACET: WordList = &[
    ("industry", &["sector", "vertical"]),
    ("region", &["country", "territory", "geography"]),
    ("product", &["products", "solution"]),
    ("use_case", &["usecase", "use cases"]),
    ("company_size", &["size", "segment"]),
    ("persona", &["function", "job function"]),
    ("seniority", &["level"]),
    ("deployment", &[]),
    ("partner", &["partners"]),
    ("channel", &["channels"]),
    ("language", &["languages"]),
    ("story_type", &["story"]),
    ("buyer_concern", &["concern", "objection"]),
    ("tenure", &[]),
    ("relationship", &["relation"]),
];

const YES: &[&str] = &["1", "true", "yes", "y", "t", "x", "on", "ja", "oui", "si"];
const NO: &[&str] = &["0", "false", "no", "n", "f", "off", "nein", "non"];

/// Yes or no in the spellings of programs and people.
pub(crate) fn yes_no(written: &str) -> Option<bool> {
    let lower = written.to_lowercase();
    let is = |list: &[&str]| list.contains(&lower.as_str());
    if is(YES) || lower == "1.0" {
        Some(true)
    } else if is(NO) || lower == "0.0" {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        access::Role,
        activity::Activity,
        advocate::AdvocateStatus,
        content::{ContentKind, ContentStatus},
        opportunity::{DealStage, OpportunityKind, OpportunityStatus},
        reference_use::{UseChannel, UseOutcome},
    };

    use super::*;

    #[test]
    fn every_list_has_exactly_the_words_of_the_domain() {
        macro_rules! same {
            ($($list:ident is $words:ty),+ $(,)?) => {
                $(
                    let ours: Vec<&str> = $list.iter().map(|(word, _)| *word).collect();
                    let theirs: Vec<&str> = <$words>::ALL.iter().map(|word| word.as_str()).collect();
                    assert_eq!(ours, theirs);
                )+
            };
        }
        same! {
            ADVOCATE_STATUS is AdvocateStatus, ACTIVITY is Activity, CONTENT_KIND is ContentKind,
            CONTENT_STATUS is ContentStatus, DEAL_STAGE is DealStage, OPPORTUNITY_KIND is OpportunityKind,
            OPPORTUNITY_STATUS is OpportunityStatus, USE_CHANNEL is UseChannel, USE_OUTCOME is UseOutcome, ROLE is Role,
        }
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        assert_eq!(find(ACTIVITY, "Reference Call"), Some("reference_call"));
        assert_eq!(find(ACTIVITY, "referenceCall"), Some("reference_call"));
        assert_eq!(find(CONTENT_KIND, "case-study"), Some("case_study"));
        assert_eq!(find(OPPORTUNITY_STATUS, "Closed Won"), Some("won"));
        assert_eq!(find(OPPORTUNITY_KIND, "Opportunity_Type_8"), None);
    }
}
