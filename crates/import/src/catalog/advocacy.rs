//! Fields of advocates, of content and of past reference uses.

use crate::{
    field::{Field, ValueKind, Words},
    words,
};

use super::{field, word};

const GRADE: ValueKind = ValueKind::Whole { min: 1, max: 5 };
const LIMIT: ValueKind = ValueKind::Whole { min: 0, max: 1000 };

pub(super) const ADVOCATE: &[Field] = &[
    field(
        "advocate.id",
        "Goodword advocate id",
        ValueKind::Id,
        "goodword advocate id",
    ),
    field(
        "advocate.external_id",
        "Advocate id",
        ValueKind::Id,
        "advocate id; reference id",
    ),
    word(
        "advocate.status",
        "Advocate status",
        words::ADVOCATE_STATUS,
        "advocate status; reference status; program status; referenceable; status",
    ),
    field(
        "advocate.headline",
        "Headline",
        ValueKind::Text,
        "advocate headline",
    ),
    field(
        "advocate.restricted",
        "Restricted",
        ValueKind::YesNo,
        "restricted profile",
    ),
    field(
        "advocate.story",
        "Story",
        ValueKind::LongText,
        "story; advocate story; background; customer overview; customer challenge; \
         metadata title; summary",
    ),
    field(
        "advocate.outcomes",
        "Outcomes",
        ValueKind::Lines,
        "outcomes; outcome; results; key benefits; benefits; impact; customer stats",
    ),
    field(
        "advocate.topics",
        "Can speak about",
        ValueKind::List,
        "topics; can speak about; talking points",
    ),
    field(
        "advocate.topics_excluded",
        "Does not speak about",
        ValueKind::List,
        "topics to avoid; cannot speak about; off limits",
    ),
    field(
        "advocate.activities",
        "Agreed activities",
        ValueKind::Words {
            list: Words(words::ACTIVITY),
        },
        "activities; activity types; agreed activities; willing to; reference types; \
         reference type; activity",
    ),
    field(
        "advocate.limit_per_year",
        "Own limit per year",
        LIMIT,
        "limit per year; max per year; uses per year",
    ),
    field(
        "advocate.limit_per_quarter",
        "Own limit per quarter",
        LIMIT,
        "limit per quarter; max per quarter; uses per quarter",
    ),
    field(
        "advocate.consent_given_on",
        "Consent given on",
        ValueKind::Day,
        "consent given on; consent date; consent given; permission date",
    ),
    field(
        "advocate.consent_until",
        "Consent until",
        ValueKind::Day,
        "consent until; consent valid until; consent expires; permission until; \
         consent expiry",
    ),
    field(
        "advocate.consent_activities",
        "Consent for",
        ValueKind::Words {
            list: Words(words::ACTIVITY),
        },
        "consent for; consent activities; permission for",
    ),
    field(
        "advocate.verified_on",
        "Last verified",
        ValueKind::Day,
        "verified on; last verified; last verified date; profile verified",
    ),
    field(
        "advocate.notes",
        "Notes",
        ValueKind::LongText,
        "notes; comments; advocate notes",
    ),
];

pub(super) const CONTENT: &[Field] = &[
    field(
        "content.id",
        "Goodword content id",
        ValueKind::Id,
        "goodword content id",
    ),
    field(
        "content.external_id",
        "Content id",
        ValueKind::Id,
        "content id; asset id; post name; canonical path",
    ),
    field(
        "content.title",
        "Content title",
        ValueKind::Text,
        "content title; cover title; asset name; asset title; story title; headline",
    ),
    field(
        "content.url",
        "Content address",
        ValueKind::Url,
        "content url; asset url; story url; case study url; link; permalink; url; \
         ~canonical url",
    ),
    word(
        "content.kind",
        "Content type",
        words::CONTENT_KIND,
        "content type; content kind; asset type; type; format",
    ),
    field(
        "content.text",
        "Content text",
        ValueKind::LongText,
        "content text; body; body content paragraphs; customer study content content; \
         text; cover description; ~description",
    ),
    field(
        "content.quote",
        "Quote",
        ValueKind::LongText,
        "quote; quotes content; testimonial; customer study quotes blockquote; \
         customer quote; blockquote",
    ),
    word(
        "content.stage",
        "Deal stage of the content",
        words::DEAL_STAGE,
        "content stage; buyer stage; funnel stage; deal stage",
    ),
    word(
        "content.status",
        "Content status",
        words::CONTENT_STATUS,
        "content status; publication status",
    ),
    field(
        "content.published_on",
        "Published on",
        ValueKind::Day,
        "published on; publication date; publish date; published; date",
    ),
    field(
        "content.expires_on",
        "Expires on",
        ValueKind::Day,
        "expires on; expiry date; expiration date; valid until",
    ),
];

pub(super) const USE: &[Field] = &[
    field(
        "use.id",
        "Goodword use id",
        ValueKind::Id,
        "goodword use id",
    ),
    field(
        "use.external_id",
        "Use id",
        ValueKind::Id,
        "use id; reference use id; activity id; request id",
    ),
    word(
        "use.activity",
        "Activity",
        words::ACTIVITY,
        "activity; activity type; reference type; reference activity; use type; type",
    ),
    field(
        "use.used_on",
        "Used on",
        ValueKind::Day,
        "used on; use date; reference date; activity date; call date; date; completed \
         on; activity due date",
    ),
    word(
        "use.outcome",
        "Outcome",
        words::USE_OUTCOME,
        "outcome; result; use outcome",
    ),
    field(
        "use.buyer_grade",
        "Grade by the buyer",
        GRADE,
        "buyer grade; prospect rating; buyer rating",
    ),
    field(
        "use.advocate_grade",
        "Grade by the advocate",
        GRADE,
        "advocate grade; advocate rating; customer rating",
    ),
    field(
        "use.seller_grade",
        "Grade by the seller",
        GRADE,
        "seller grade; sales rating; seller rating; rating",
    ),
    field(
        "use.notes",
        "Notes",
        ValueKind::LongText,
        "notes; comments; use notes; note content; description",
    ),
    word(
        "use.channel",
        "How it became known",
        words::USE_CHANNEL,
        "how it became known; use channel",
    ),
];
