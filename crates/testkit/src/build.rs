//! Rows with every field filled: a test sets what matters to it and nothing else.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::CandidateState,
    id::{
        AccountId, AdvocateId, CandidateId, ContactId, FacetId, OpportunityId, RequestId, TermId,
        UseId, UserId,
    },
    money::Currency,
    opportunity::OpportunityStatus,
    record::RecordKind,
    reference_use::{UseChannel, UseOutcome},
    request::RequestStatus,
    text::fold,
    time::Day,
};
use storage::{
    account::Account,
    advocate::Advocate,
    candidate::Candidate,
    contact::Contact,
    opportunity::Opportunity,
    reference_use::ReferenceUse,
    request::Request,
    tag::Tag,
    term::{Facet, Synonym, Term},
    user::User,
};
use uuid::Uuid;

use crate::{NOW, TODAY, day};

/// The id with this number; a larger number sorts later on both engines.
pub fn id<T: From<Uuid>>(number: u64) -> T {
    Uuid::from_u64_pair(0, number).into()
}

pub fn user(number: u64, name: &str) -> User {
    User::named(id::<UserId>(number), name, NOW)
}

pub fn account(number: u64, name: &str) -> Account {
    Account::named(id::<AccountId>(number), name, NOW)
}

pub fn contact(number: u64, name: &str, account: AccountId) -> Contact {
    Contact {
        account_id: Some(account),
        ..Contact::named(id::<ContactId>(number), name, NOW)
    }
}

/// An active advocate.
pub fn advocate(number: u64, contact: ContactId) -> Advocate {
    Advocate {
        status: AdvocateStatus::Active,
        ..Advocate::nominated(id::<AdvocateId>(number), contact, NOW)
    }
}

/// A deal of 100.00 dollars that was won or lost on a day.
pub fn closed(number: u64, owner: UserId, status: OpportunityStatus, on: &str) -> Opportunity {
    Opportunity {
        owner_id: Some(owner),
        status,
        close_on: Some(day(on)),
        amount_minor: Some(10_000),
        currency: Some(Currency::USD),
        ..Opportunity::named(id::<OpportunityId>(number), &format!("Deal {number}"), NOW)
    }
}

pub fn request(number: u64, requester: UserId) -> Request {
    Request {
        id: id::<RequestId>(number),
        version: 1,
        opportunity_id: None,
        requester_id: requester,
        activity: Activity::ReferenceCall,
        need_by: day(TODAY).plus_days(14),
        wanted: 1,
        note: None,
        criteria: "{}".to_owned(),
        status: RequestStatus::InProgress,
        is_rush: false,
        unfilled_reason: None,
        created_at: NOW,
        closed_at: None,
        due_on: None,
        reminded_on: None,
        override_reason: None,
        draft: None,
        share_id: None,
        is_quota: false,
    }
}

/// A candidate whose owner was asked.
pub fn candidate(
    number: u64,
    request: RequestId,
    advocate: AdvocateId,
    account: AccountId,
) -> Candidate {
    Candidate {
        id: id::<CandidateId>(number),
        version: 1,
        request_id: request,
        advocate_id: advocate,
        account_id: account,
        position: 1,
        state: CandidateState::OwnerAsked,
        activity: Activity::ReferenceCall,
        planned_on: day(TODAY).plus_days(14),
        owner_id: None,
        due_on: None,
        declined_by: None,
        reason: None,
        override_reason: None,
        is_self_approval: false,
        owner_asked_at: Some(NOW),
        advocate_asked_at: None,
        accepted_at: None,
        scheduled_at: None,
        done_at: None,
        closed_at: None,
        reminded_on: None,
        is_in_line: false,
        not_before: None,
        owner_condition: None,
        call_id: None,
    }
}

/// A reference call that helped.
pub fn used(number: u64, advocate: AdvocateId, account: AccountId, on: Day) -> ReferenceUse {
    ReferenceUse {
        id: id::<UseId>(number),
        version: 1,
        external_id: None,
        candidate_id: None,
        advocate_id: advocate,
        account_id: account,
        activity: Activity::ReferenceCall,
        opportunity_id: None,
        used_on: on,
        outcome: Some(UseOutcome::Helpful),
        grade_seller: None,
        grade_advocate: None,
        grade_buyer: None,
        comment: None,
        recorded_by: None,
        created_at: NOW,
        channel: UseChannel::Request,
        fit_seller: None,
        fit_advocate: None,
        fit_buyer: None,
        expected_fit: None,
        comment_advocate: None,
        comment_buyer: None,
        thanked_on: None,
        call_id: None,
    }
}

/// A facet whose terms have no order.
pub fn facet(number: u64, key: &str) -> Facet {
    Facet {
        id: id::<FacetId>(number),
        version: 1,
        facet_key: key.to_owned(),
        name: key.to_owned(),
        is_ordinal: false,
        position: 1,
    }
}

/// A term at the top of its facet.
pub fn term(number: u64, facet: FacetId, name: &str) -> Term {
    Term {
        id: id::<TermId>(number),
        version: 1,
        facet_id: facet,
        parent_id: None,
        term_key: None,
        name: name.to_owned(),
        name_folded: fold(name),
        rank: None,
        list_minor: None,
        list_currency: None,
        merged_into_id: None,
        retired_at: None,
    }
}

pub fn synonym(facet: FacetId, written: &str, term: TermId) -> Synonym {
    Synonym {
        facet_id: facet,
        folded: fold(written),
        written: written.to_owned(),
        term_id: term,
    }
}

/// A value on a record; without a term it is unmapped.
pub fn tag(
    kind: RecordKind,
    record: u64,
    facet: FacetId,
    written: &str,
    term: Option<TermId>,
) -> Tag {
    Tag {
        record_kind: kind,
        record_id: id(record),
        facet_id: facet,
        folded: fold(written),
        written: written.to_owned(),
        term_id: term,
    }
}
