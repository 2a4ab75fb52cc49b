//! One id type per kind of record, so that no id can stand in for another.

use uuid::Uuid;

macro_rules! id_types {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$meta])*
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
                serde::Serialize, serde::Deserialize,
            )]
            #[serde(transparent)]
            #[cfg_attr(feature = "sql", derive(sea_orm::DeriveValueType))]
            #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
            pub struct $name(pub Uuid);

            #[cfg(feature = "sql")]
            impl sea_orm::TryFromU64 for $name {
                fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                    Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
                }
            }

            impl From<Uuid> for $name {
                fn from(value: Uuid) -> Self {
                    Self(value)
                }
            }

            impl From<$name> for Uuid {
                fn from(value: $name) -> Self {
                    value.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(formatter)
                }
            }

            impl std::str::FromStr for $name {
                type Err = uuid::Error;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    Uuid::parse_str(text).map(Self)
                }
            }
        )+
    };
}

id_types! {
    /// A customer or prospect company.
    AccountId,
    /// A person at an account.
    ContactId,
    /// A colleague who signs in.
    UserId,
    /// A deal.
    OpportunityId,
    /// A contact's program membership together with the reference profile.
    AdvocateId,
    /// What an advocate can be asked to do.
    ActivityTypeId,
    /// A dimension of the taxonomy, such as industry.
    FacetId,
    /// A value of a facet.
    TermId,
    /// A customer story asset.
    ContentId,
    /// The file of a piece of content.
    FileId,
    /// Content sent on a deal by a link.
    ShareId,
    /// A shared page that is being looked at.
    ShareViewId,
    /// An ask for references.
    RequestId,
    /// An advocate proposed on a request.
    CandidateId,
    /// What a colleague wrote on a record.
    CommentId,
    /// A use that is kept for a deal.
    HoldId,
    /// When a candidate's use takes place.
    AppointmentId,
    /// A reference use that took place.
    UseId,
    /// An entry of the append-only consent record.
    ConsentId,
    /// A reason why an account may not be used.
    LockId,
    /// A signed-in browser.
    SessionId,
    /// A scoped key for programs.
    TokenId,
    /// A background job.
    JobId,
    /// An entry of somebody's inbox.
    NoticeId,
    /// A copy of everything that was made.
    BackupId,
    /// An uploaded file on its way in.
    ImportId,
    /// A record that went into another one.
    MergeId,
    /// One change of many records.
    BulkChangeId,
    /// A record in the trash.
    TrashId,
    /// A saved column mapping.
    MappingId,
    /// A signed link to a person without a login.
    LinkId,
    /// A search without a match.
    UnmetSearchId,
    /// A saved version of the calculator's inputs.
    PlanVersionId,
    /// Advocates to recruit for one profile.
    RecruitingTargetId,
    RecruitingAskId,
    /// A what-if question that was kept.
    ScenarioId,
    /// A growth goal that is kept.
    GrowthGoalId,
    /// A dated need of colleagues who are not selling.
    NeedId,
    /// A search that somebody keeps.
    SavedSearchId,
    /// A view of a list that somebody keeps.
    ListViewId,
}
