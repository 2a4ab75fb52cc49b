//! What a reader may do with a candidate in its state; the screens offer exactly this.

use domain::{candidate::CandidateState, reference_use::UseOutcome, time::Timestamp};
use serde::Serialize;
use storage::{candidate::Candidate, reference_use::ReferenceUse, request::Request};

use super::{
    appointment::{AppointmentView, can_be_arranged},
    buyer_link,
    group::{self, CallView},
};
use crate::{
    actor::Actor,
    people::Person,
    policy::{self, FieldClass, Permission},
};

/// What the reader may do with a candidate now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CandidateAct {
    Approve,
    Decline,
    CopyLink,
    RevealContact,
    /// Offer times to choose from, also in place of an agreed one.
    OfferSlots,
    /// A link for the advocate to name times.
    CopyOfferLink,
    PickSlot,
    /// A link for the buyer to pick one.
    CopyPickLink,
    CallOff,
    /// Send the agreed time to the buyer, whose address was not known.
    InviteBuyer,
    /// Let further deals share a promised group call.
    JoinDeals,
    Schedule,
    RecordUse,
    Grade,
    /// A link for the buyer to say how it was.
    CopyBuyerDebriefLink,
    /// What each side should know before the use.
    ReadBriefs,
}

/// What is agreed on about the time, and with whom it is shared.
pub(super) struct Arranged<'a> {
    pub appointment: Option<&'a AppointmentView>,
    pub call: Option<&'a CallView>,
    pub now: Timestamp,
}

impl Arranged<'_> {
    fn starts_at(&self) -> Option<Timestamp> {
        self.appointment.and_then(|found| found.starts_at)
    }

    fn is_elsewhere(&self) -> bool {
        self.call.is_some_and(|call| !call.is_arranged_here)
    }
}

/// What the actor may do with the candidate in its state.
pub(super) fn possible(
    actor: &Actor,
    request: &Request,
    row: &Candidate,
    person: &Person,
    used: Option<&ReferenceUse>,
    arranged: &Arranged<'_>,
) -> Vec<CandidateAct> {
    let decides = policy::scope(actor, Permission::CandidateApprove).reaches(row.owner_id);
    let fulfils =
        policy::scope(actor, Permission::CandidateFulfil).reaches(Some(request.requester_id));
    let copies = policy::scope(actor, Permission::LinkCopy).reaches(row.owner_id);
    let reveals = fulfils && person.sees(actor, FieldClass::ContactDetails);
    let program = policy::may(actor, Permission::Override);
    let mut can = Vec::new();
    match row.state {
        CandidateState::Proposed if program && row.is_in_line => can.push(CandidateAct::Decline),
        CandidateState::Proposed if program => {
            can.extend([CandidateAct::Approve, CandidateAct::Decline])
        }
        CandidateState::OwnerAsked if decides => {
            can.extend([CandidateAct::Approve, CandidateAct::Decline])
        }
        CandidateState::AdvocateAsked if copies => {
            can.extend([CandidateAct::CopyLink, CandidateAct::Decline])
        }
        CandidateState::Accepted if fulfils && arranged.is_elsewhere() => {
            can.push(CandidateAct::RecordUse);
        }
        CandidateState::Accepted if fulfils => {
            can.extend([CandidateAct::Schedule, CandidateAct::RecordUse])
        }
        CandidateState::Scheduled if fulfils => can.push(CandidateAct::RecordUse),
        CandidateState::Done if copies => can.push(CandidateAct::CopyLink),
        _ => {}
    }
    can.extend(arrangements(actor, request, row, arranged));
    let invites = can_be_arranged(row.state)
        && fulfils
        && arranged
            .appointment
            .is_some_and(|found| !found.buyer_is_invited);
    if invites && arranged.starts_at().is_some_and(|at| at > arranged.now) {
        can.push(CandidateAct::InviteBuyer);
    }
    let proposes =
        policy::scope(actor, Permission::CandidatePropose).reaches(Some(request.requester_id));
    let is_open = group::join::is_possible(arranged.now, row, arranged.starts_at());
    if proposes && is_open && !arranged.is_elsewhere() {
        can.push(CandidateAct::JoinDeals);
    }
    if row.state.reveals_contact() && reveals {
        can.push(CandidateAct::RevealContact);
    }
    if fulfils && used.is_some_and(is_to_grade) {
        can.push(CandidateAct::Grade);
    }
    if fulfils && buyer_link::is_awaited(row, used) {
        can.push(CandidateAct::CopyBuyerDebriefLink);
    }
    can
}

fn is_to_grade(used: &ReferenceUse) -> bool {
    used.grade_seller.is_none() && used.outcome != Some(UseOutcome::NoShow)
}

/// What can be done about the time: by the requester and by the owner of the relationship.
fn arrangements(
    actor: &Actor,
    request: &Request,
    row: &Candidate,
    arranged: &Arranged<'_>,
) -> Vec<CandidateAct> {
    let appointment = arranged.appointment;
    let scope = policy::scope(actor, Permission::CandidateArrange);
    let arranges = scope.reaches(Some(request.requester_id)) || scope.reaches(row.owner_id);
    if !can_be_arranged(row.state) {
        return Vec::new();
    }
    let mut can = Vec::new();
    if arranged.is_elsewhere() {
        can.extend(arranges.then_some(CandidateAct::ReadBriefs));
        return can;
    }
    if policy::scope(actor, Permission::LinkCopy).reaches(row.owner_id) {
        can.push(CandidateAct::CopyOfferLink);
    }
    if !arranges {
        return can;
    }
    can.extend([CandidateAct::OfferSlots, CandidateAct::ReadBriefs]);
    if appointment.is_some_and(|found| !found.slots.is_empty()) {
        can.extend([CandidateAct::PickSlot, CandidateAct::CopyPickLink]);
    }
    if appointment.is_some_and(|found| found.starts_at.is_some()) {
        can.push(CandidateAct::CallOff);
    }
    can
}
