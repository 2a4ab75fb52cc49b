//! Every operation of the API and who may call it: the one table that the server asks.
//!
//! An operation without a line here is refused. Whose records an operation reaches is decided by
//! the use case behind it; this table only says who gets as far as that.

use crate::policy::Permission;

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody; a secret in the address or the body may still be asked for.
    Public,
    /// Everybody who signed in, whatever the roles.
    SignedIn,
    /// Whoever holds the permission on some records at least.
    Needs(Permission),
}

/// What an operation is to somebody who looks through another's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open to them with GET, as that only reads; else refused.
    ByMethod,
    /// Asked with POST for the length of the question; writes nothing for a viewer.
    Reads,
    /// About the session, which is the viewer's own.
    OwnSession,
    /// Reads a file with people's addresses, which nobody gets through another's eyes.
    Withheld,
}

/// An operation by its id in the API document.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    pub id: &'static str,
    pub access: Access,
    pub effect: Effect,
}

impl Operation {
    const fn with(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }
}

const fn public(id: &'static str) -> Operation {
    Operation {
        id,
        access: Access::Public,
        effect: Effect::ByMethod,
    }
}

const fn signed_in(id: &'static str) -> Operation {
    Operation {
        id,
        access: Access::SignedIn,
        effect: Effect::ByMethod,
    }
}

const fn needs(id: &'static str, permission: Permission) -> Operation {
    Operation {
        id,
        access: Access::Needs(permission),
        effect: Effect::ByMethod,
    }
}

/// The table, by feature.
pub const OPERATIONS: &[Operation] = &[
    // Health, setup, session.
    public("get_health"),
    public("get_ready"),
    public("get_openapi"),
    public("get_setup"),
    public("create_first_account"),
    public("sign_in"),
    signed_in("get_session"),
    signed_in("sign_out").with(Effect::OwnSession),
    signed_in("sign_out_everywhere").with(Effect::OwnSession),
    signed_in("change_password"),
    signed_in("get_demo_company"),
    needs("make_demo_company", Permission::SettingEdit),
    needs("remove_demo_company", Permission::SettingEdit),
    signed_in("visit_demo_company"),
    signed_in("leave_demo_company"),
    needs("view_as", Permission::ViewAs).with(Effect::OwnSession),
    signed_in("stop_viewing").with(Effect::OwnSession),
    // Accounts.
    needs("list_accounts", Permission::AccountRead),
    needs("get_account", Permission::AccountRead),
    needs("edit_account", Permission::AccountEdit),
    needs("lock_account", Permission::AccountLock),
    needs("unlock_account", Permission::AccountLock),
    needs("get_account_timeline", Permission::AccountRead),
    needs("list_account_uses", Permission::AccountRead),
    // The queue, the taxonomy and unmet demand at once: the program team's alone.
    needs("get_program_home", Permission::TaxonomyEdit),
    // Advocates.
    needs("list_advocates", Permission::AdvocateRead),
    needs("nominate_advocate", Permission::AdvocateNominate),
    needs("check_nomination", Permission::AdvocateNominate).with(Effect::Reads),
    needs("get_advocate", Permission::AdvocateRead),
    needs("reveal_advocate_contact", Permission::AdvocateRead),
    needs("edit_advocate", Permission::AdvocateEdit),
    needs("move_advocate", Permission::AdvocateMove),
    needs("undo_advocate_move", Permission::AdvocateMove),
    needs("verify_advocate", Permission::AdvocateEdit),
    needs("verify_advocate_part", Permission::AdvocateEdit),
    needs("get_advocate_timeline", Permission::AdvocateRead),
    needs("list_consents", Permission::ConsentRead),
    needs("ask_may", Permission::ConsentRead),
    needs("record_consent", Permission::ConsentRecord),
    // Contacts and content.
    needs("list_contacts", Permission::ContactRead),
    needs("get_contact", Permission::ContactRead),
    needs("edit_contact", Permission::ContactEdit),
    needs("get_contact_timeline", Permission::ContactRead),
    needs("erase_contact", Permission::Erase),
    needs("list_content", Permission::ContentRead),
    needs("get_content", Permission::ContentRead),
    needs("create_content", Permission::ContentEdit),
    needs("edit_content", Permission::ContentEdit),
    needs("move_content", Permission::ContentEdit),
    needs("get_content_timeline", Permission::ContentRead),
    needs("put_content_file", Permission::ContentEdit),
    needs("remove_content_file", Permission::ContentEdit),
    needs("get_content_file", Permission::ContentRead),
    // Shares; a buyer's secret is the permission.
    needs("share_content", Permission::ContentShare),
    needs("list_opportunity_shares", Permission::OpportunityRead),
    needs("revoke_share", Permission::ContentShare),
    public("get_shared"),
    public("get_shared_file"),
    public("begin_shared_view"),
    public("finish_shared_view"),
    // Opportunities and matches.
    needs("list_opportunities", Permission::OpportunityRead),
    needs("get_opportunity", Permission::OpportunityRead),
    needs("get_opportunity_timeline", Permission::OpportunityRead),
    needs("edit_opportunity", Permission::OpportunityEdit),
    // Whoever reads a deal may search for it; the reverse does not hold.
    needs("list_opportunity_matches", Permission::OpportunityRead),
    needs("find_references", Permission::Match).with(Effect::Reads),
    needs("answer_questions", Permission::Match).with(Effect::Reads),
    needs("list_saved_searches", Permission::Match),
    needs("save_search", Permission::Match),
    needs("edit_saved_search", Permission::Match),
    needs("remove_saved_search", Permission::Match),
    needs("list_unmet_searches", Permission::DemandRead),
    // Protection.
    needs("get_load", Permission::LoadRead),
    needs("list_overrides", Permission::LoadRead),
    // What needs a person's eye.
    needs("list_steward_queue", Permission::Steward),
    needs("put_off", Permission::Steward),
    needs("take_back_put_off", Permission::Steward),
    needs("ask_owner_to_look", Permission::Steward),
    // Requests and candidates.
    needs("list_requests", Permission::RequestRead),
    needs("submit_request", Permission::RequestCreate),
    needs("keep_draft", Permission::RequestCreate),
    needs("change_draft", Permission::RequestCreate),
    needs("send_draft", Permission::RequestCreate),
    needs("get_request_outlook", Permission::RequestCreate),
    needs("get_rush_rate", Permission::RequestRead),
    needs("get_request_board", Permission::RequestRead),
    needs("get_request", Permission::RequestRead),
    needs("get_request_timeline", Permission::RequestRead),
    needs("withdraw_request", Permission::RequestCreate),
    needs("move_need_by", Permission::RequestCreate),
    needs("close_request", Permission::RequestCreate),
    needs("list_holds", Permission::RequestRead),
    needs("put_by", Permission::RequestCreate),
    needs("give_back", Permission::RequestCreate),
    needs("send_instead", Permission::RequestCreate),
    needs("take_back_instead", Permission::RequestCreate),
    needs("list_request_matches", Permission::CandidatePropose),
    needs("open_workbench", Permission::CandidatePropose).with(Effect::Reads),
    needs("propose_candidates", Permission::CandidatePropose),
    needs("list_joinable_requests", Permission::CandidatePropose),
    needs("join_call", Permission::CandidatePropose),
    needs("list_approvals", Permission::CandidateApprove),
    needs("approve_candidate", Permission::CandidateApprove),
    needs("decline_candidate", Permission::CandidateApprove),
    needs("issue_answer_link", Permission::LinkCopy),
    needs("reveal_contact", Permission::CandidateFulfil),
    needs("offer_slots", Permission::CandidateArrange),
    needs("pick_slot", Permission::CandidateArrange),
    needs("call_off", Permission::CandidateArrange),
    needs("invite_buyer", Permission::CandidateFulfil),
    needs("issue_pick_link", Permission::CandidateArrange),
    needs("get_invitation", Permission::CandidateArrange).with(Effect::Withheld),
    needs("list_briefs", Permission::CandidateArrange),
    needs("schedule_use", Permission::CandidateFulfil),
    needs("record_use", Permission::CandidateFulfil),
    needs("grade_use", Permission::CandidateFulfil),
    needs("issue_debrief_link", Permission::CandidateFulfil),
    needs("take_back_no_show", Permission::CandidateFulfil),
    // Uses that no request led to.
    needs("log_use", Permission::UseLog),
    needs("take_back_use", Permission::UseLog),
    needs("list_opportunity_uses", Permission::OpportunityRead),
    // The advocate's answer: the secret of the link is the permission.
    public("get_answer"),
    public("give_answer"),
    // The buyer's choice of a time: likewise.
    public("get_offered_slots"),
    public("pick_offered_slot"),
    public("get_offered_invitation"),
    // What to expect before the use: likewise.
    public("get_brief"),
    // The buyer's word after the use: likewise.
    public("get_debrief"),
    public("give_debrief"),
    // People, keys, inbox.
    needs("list_users", Permission::UserRead),
    needs("get_user", Permission::UserRead),
    signed_in("get_sight_rules"),
    needs("get_sight_of_user", Permission::ViewAs),
    needs("create_user", Permission::UserEdit),
    needs("edit_user", Permission::UserEdit),
    needs("list_tokens", Permission::TokenOwn),
    needs("create_token", Permission::TokenOwn),
    needs("revoke_token", Permission::TokenOwn),
    needs("list_inbox", Permission::InboxOwn),
    needs("read_notice", Permission::InboxOwn),
    needs("read_all_notices", Permission::InboxOwn),
    needs("reopen_notice", Permission::InboxOwn),
    needs("snooze_notice", Permission::InboxOwn),
    needs("wake_notice", Permission::InboxOwn),
    needs("mute_notice", Permission::InboxOwn),
    needs("unmute_notice", Permission::InboxOwn),
    needs("list_muted_kinds", Permission::InboxOwn),
    needs("mute_kind", Permission::InboxOwn),
    needs("unmute_kind", Permission::InboxOwn),
    needs("get_digest", Permission::InboxOwn),
    needs("choose_digest", Permission::InboxOwn),
    needs("get_absence", Permission::InboxOwn),
    needs("plan_absence", Permission::InboxOwn),
    needs("end_absence", Permission::InboxOwn),
    // Comments; each asks for the permission to read the record that it stands on.
    needs("list_comments", Permission::Comment),
    needs("write_comment", Permission::Comment),
    needs("remove_comment", Permission::Comment),
    needs("put_back_comment", Permission::Comment),
    needs("export_records", Permission::Export),
    // Lists; but for the audit log each also asks for the permission to export.
    needs("export_events", Permission::AuditRead),
    needs("export_requests", Permission::Export),
    needs("export_load", Permission::LoadRead),
    needs("export_steward_queue", Permission::Steward),
    needs("export_duplicates", Permission::RecordMerge),
    // Lists; each asks for the permission to read its own records.
    signed_in("list_fields"),
    signed_in("list_views"),
    signed_in("save_view"),
    signed_in("edit_view"),
    signed_in("remove_view"),
    signed_in("pin_view"),
    signed_in("unpin_view"),
    // Taxonomy and imports.
    needs("list_facets", Permission::TaxonomyRead),
    needs("get_facet", Permission::TaxonomyRead),
    needs("add_facet", Permission::TaxonomyEdit),
    needs("edit_facet", Permission::TaxonomyEdit),
    needs("list_terms", Permission::TaxonomyRead),
    needs("get_term", Permission::TaxonomyRead),
    needs("add_term", Permission::TaxonomyEdit),
    needs("edit_term", Permission::TaxonomyEdit),
    needs("preview_synonyms", Permission::TaxonomyEdit).with(Effect::Reads),
    needs("merge_term", Permission::TaxonomyEdit),
    needs("unmerge_term", Permission::TaxonomyEdit),
    needs("retire_term", Permission::TaxonomyEdit),
    needs("restore_term", Permission::TaxonomyEdit),
    needs("list_unmapped", Permission::TaxonomyEdit),
    needs("map_value", Permission::TaxonomyEdit),
    needs("unmap_value", Permission::TaxonomyEdit),
    needs("list_imports", Permission::Import),
    needs("upload_import", Permission::Import),
    needs("get_import", Permission::Import),
    needs("edit_import", Permission::Import),
    needs("check_import", Permission::Import),
    needs("apply_import", Permission::Import),
    needs("delete_account", Permission::RecordDelete),
    needs("delete_contact", Permission::RecordDelete),
    needs("delete_advocate", Permission::RecordDelete),
    needs("delete_content", Permission::RecordDelete),
    needs("list_trash", Permission::RecordDelete),
    needs("restore_trashed", Permission::RecordDelete),
    needs("remove_trashed", Permission::RecordForget),
    needs("preview_bulk_change", Permission::BulkEdit).with(Effect::Reads),
    needs("list_bulk_changes", Permission::BulkEdit),
    needs("cancel_bulk_change", Permission::BulkEdit),
    needs("make_bulk_change", Permission::BulkEdit),
    needs("get_bulk_change", Permission::BulkEdit),
    needs("undo_bulk_change", Permission::BulkEdit),
    needs("list_duplicates", Permission::RecordMerge),
    needs("look_for_duplicates", Permission::RecordMerge),
    needs("dismiss_duplicate", Permission::RecordMerge),
    needs("reinstate_duplicate", Permission::RecordMerge),
    needs("compare_records", Permission::RecordMerge),
    needs("list_merges", Permission::RecordMerge),
    needs("merge_records", Permission::RecordMerge),
    needs("undo_merge", Permission::RecordMerge),
    needs("get_import_undo", Permission::Import),
    needs("undo_import", Permission::Import),
    needs("cancel_import", Permission::Import),
    needs("get_import_errors", Permission::Import),
    needs("list_import_fields", Permission::Import),
    needs("list_import_mappings", Permission::Import),
    needs("save_import_mapping", Permission::Import),
    // The log, jobs, settings.
    needs("list_events", Permission::AuditRead),
    needs("verify_events", Permission::AuditVerify).with(Effect::Reads),
    needs("get_system", Permission::JobRead),
    needs("list_jobs", Permission::JobRead),
    needs("replay_job", Permission::JobReplay),
    needs("get_settings", Permission::SettingRead),
    needs("edit_program_setting", Permission::SettingEdit),
    needs("edit_protection_setting", Permission::SettingEdit),
    needs("preview_protection", Permission::SettingEdit).with(Effect::Reads),
    needs("edit_lock_rules", Permission::SettingEdit),
    needs("preview_lock_rules", Permission::SettingEdit).with(Effect::Reads),
    needs("edit_fulfilment", Permission::SettingEdit),
    needs("preview_fulfilment", Permission::SettingEdit).with(Effect::Reads),
    needs("edit_match_weights", Permission::MatchWeightEdit),
    needs("preview_match_weights", Permission::MatchWeightEdit).with(Effect::Reads),
    needs("learn_match_weights", Permission::MatchWeightEdit).with(Effect::Reads),
    needs("edit_leveraging_goal", Permission::MetricGoalEdit),
    // The one metric.
    needs("get_leveraging", Permission::MetricRead),
    // Shows deals as well as the metric; everybody who reads deals reads the metric.
    needs("list_leveraging_deals", Permission::OpportunityRead),
    // Planning.
    needs("calculate_plan", Permission::PlanRead).with(Effect::Reads),
    needs("get_plan_inputs", Permission::OpportunityRead),
    needs("list_plan_versions", Permission::PlanRead),
    needs("save_plan_version", Permission::PlanEdit),
    needs("get_plan_revision", Permission::PlanRead),
    needs("get_demand", Permission::PlanRead),
    needs("get_forecast_accuracy", Permission::PlanRead),
    // Shows deals as well as the plan; everybody who reads deals reads the plan.
    needs("list_demand_deals", Permission::OpportunityRead),
    needs("read_growth_goal", Permission::PlanRead).with(Effect::Reads),
    needs("ask_growth_goal", Permission::PlanRead).with(Effect::Reads),
    needs("list_growth_goals", Permission::PlanRead),
    needs("save_growth_goal", Permission::PlanEdit),
    needs("get_growth_goal", Permission::PlanRead),
    needs("edit_growth_goal", Permission::PlanEdit),
    needs("remove_growth_goal", Permission::PlanEdit),
    needs("get_gaps", Permission::PlanRead),
    needs("get_gap_detail", Permission::OpportunityRead),
    needs("list_recruit_candidates", Permission::PlanEdit),
    needs("list_planned_customers", Permission::LoadRead),
    needs("get_head_count", Permission::DemandRead),
    needs("get_nominee_demand", Permission::DemandRead),
    needs("list_recruiting_targets", Permission::PlanRead),
    needs("create_recruiting_target", Permission::PlanEdit),
    needs("get_recruiting_target", Permission::PlanRead),
    needs("edit_recruiting_target", Permission::PlanEdit),
    needs("list_recruiting_asks", Permission::PlanRead),
    needs("send_recruiting_asks", Permission::PlanEdit),
    needs("start_verification_round", Permission::PlanEdit),
    needs("get_need_calendar", Permission::NeedRead),
    needs("get_need_calendar_file", Permission::NeedRead),
    needs("create_need", Permission::NeedEdit),
    needs("import_need_calendar", Permission::NeedEdit),
    needs("get_need", Permission::NeedRead),
    needs("edit_need", Permission::NeedEdit),
    needs("ask_what_if", Permission::DemandRead).with(Effect::Reads),
    needs("list_scenarios", Permission::DemandRead),
    needs("save_scenario", Permission::PlanEdit),
    needs("get_scenario", Permission::DemandRead),
    needs("edit_scenario", Permission::PlanEdit),
    needs("remove_scenario", Permission::PlanEdit),
    needs("edit_plan_assumptions", Permission::PlanEdit),
];

/// The line of an operation; `None` for one that nobody may call.
pub fn find(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}
