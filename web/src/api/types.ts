//! The records of the API by their names; their shapes are generated from the API document.

import type { components } from "./schema";

type Schemas = components["schemas"];

/**
 * A record as the server answers it. The document leaves fields that may be null out of what is required,
 * as a request may leave them out; an answer always writes them.
 */
export type Full<Value> = Value extends object
  ? { [Key in keyof Value]-?: Full<Exclude<Value[Key], undefined>> }
  : Value;

type Answered<Name extends keyof Schemas> = Full<Schemas[Name]>;

// What the server answers.
export type Account = Answered<"Account">;
export type AccountRef = Answered<"AccountRef">;
export type Activity = Answered<"Activity">;
export type Advocate = Answered<"Advocate">;
export type AdvocateRow = Answered<"AdvocateRow">;
export type AdvocateStatus = Answered<"AdvocateStatus">;
export type Answer = Answered<"Answer">;
export type AnsweredByContent = Answered<"AnsweredByContent">;
export type Appointment = Answered<"Appointment">;
export type Approval = Answered<"Approval">;
export type Audience = Answered<"Audience">;
export type Availability = Answered<"Availability">;
export type BulkChange = Answered<"BulkChange">;
export type BulkField = Answered<"BulkField">;
export type BulkPreview = Answered<"BulkPreview">;
export type StewardQueue = Answered<"StewardQueue">;
export type StewardReason = Answered<"StewardReason">;
export type StewardRow = Answered<"StewardQueue">["items"][number];
export type Trashed = Answered<"Trashed">;
export type KnownNominee = Answered<"KnownNominee">;
export type CalculatorAnswer = Answered<"CalculatorAnswer">;
export type Candidate = Answered<"Candidate">;
export type CandidateState = Answered<"CandidateState">;
export type Content = Answered<"Content">;
export type ContentFile = Answered<"ContentFile">;
export type Contact = Answered<"Contact">;
export type ContentKind = Answered<"ContentKind">;
export type ContentRow = Answered<"ContentRow">;
export type ContentState = Answered<"ContentState">;
export type ContentStatus = Answered<"ContentStatus">;
export type Criterion = Answered<"Criterion">;
export type DealUse = Answered<"DealUse">;
export type DealStage = Answered<"DealStage">;
export type Decision = Answered<"Decision">;
export type ExcludedAdvocate = Answered<"ExcludedAdvocate">;
export type Facet = Answered<"Facet">;
export type Demand = Answered<"Demand">;
export type FacetCount = Answered<"FacetCount">;
export type GapDetail = Answered<"GapDetail">;
export type HeadCount = Answered<"HeadCount">;
export type GapSegment = Answered<"GapSegment">;
export type Gaps = Answered<"Gaps">;
export type Grade = Answered<"Grade">;
export type Holder = Answered<"Holder">;
export type Job = Answered<"Job">;
export type Import = Answered<"Import">;
export type ImportColumn = Answered<"ImportColumn">;
export type Duplicate = Answered<"Duplicate">;
export type DuplicateKind = Schemas["DuplicateKind"];
export type DuplicateField = Answered<"DuplicateField">;
export type DuplicateSide = Answered<"DuplicateSide">;
export type Comparison = Answered<"Comparison">;
export type Merge = Answered<"Merge">;
export type MergeInput = Schemas["MergeInput"];
export type ImportReport = Answered<"Report">;
export type UndoReport = Answered<"UndoReport">;
export type Leveraging = Answered<"Leveraging">;
export type LeveragingDeal = Answered<"LeveragingDeal">;
export type ListField = Answered<"ListField">;
/** The document writes the list as any text; the server keeps it to these. */
export type ListView = Omit<Answered<"ListView">, "list"> & { list: ListKind };
export type MatchAnswer = Answered<"MatchAnswer">;
export type Limits = Answered<"LimitsView">;
export type MatchRow = Answered<"MatchRow">;
export type MetricGroup = Answered<"MetricGroup">;
export type Money = Answered<"Money">;
export type NearMatch = Answered<"NearMatch">;
export type NewShare = Answered<"NewShare">;
export type Digest = Answered<"Digest">;
export type Inbox = Answered<"Inbox">;
export type InboxPart = Answered<"InboxPart">;
export type Notice = Answered<"Inbox">["items"][number];
export type NoticeClass = Answered<"NoticeClass">;
export type Opportunity = Answered<"Opportunity">;
export type OpportunityStatus = Answered<"OpportunityStatus">;
export type Permission = Answered<"Permission">;
export type MatchWeights = Answered<"MatchWeights">;
export type LearnedWeights = Answered<"LearnedWeights">;
export type LearnedFacet = Answered<"LearnedFacet">;
export type Lesson = Answered<"Lesson">;
export type PlanVersion = Answered<"PlanVersion">;
export type ProblemCode = Answered<"ProblemCode">;
export type Outlook = Answered<"Outlook">;
export type SameAsk = Answered<"SameAsk">;
export type ProfilePart = Schemas["ProfilePart"];
export type ProgramSetting = Answered<"Program">;
export type Protection = Answered<"Rules">;
export type RecruitingTarget = Answered<"RecruitingTarget">;
export type RecruitingTargets = Answered<"RecruitingTargets">;
export type MayAnswer = Answered<"MayAnswer">;
export type Need = Answered<"Need">;
export type NeedCalendar = Answered<"NeedCalendar">;
export type GoalReading = Answered<"GoalReading">;
export type KeptGoal = Answered<"KeptGoal">;
export type GoalOutlook = Answered<"GoalOutlook">;
export type Scenario = Answered<"Scenario">;
export type WhatIf = Answered<"WhatIf">;
export type PlanOutcome = Answered<"PlanOutcome">;
export type QuestionAnswer = Answered<"QuestionAnswer">;
export type QuestionAnswers = Answered<"QuestionAnswers">;
export type Reason = Answered<"Reason">;
export type Recognised = Answered<"Recognised">;
export type RecruitCandidate = Answered<"RecruitCandidate">;
export type RecordKind = Answered<"RecordKind">;
export type Request = Answered<"Request">;
export type RequestStatus = Answered<"RequestStatus">;
export type RevealedContact = Answered<"RevealedContact">;
export type Role = Answered<"Role">;
export type RereadSearch = Answered<"RereadSearch">;
export type RuleChange = Settings["program"]["changes"][number];
export type SavedSearch = Answered<"SavedSearch">;
export type Session = Answered<"Session">;
export type Settings = Answered<"Settings">;
export type Share = Answered<"Share">;
export type SlotsOnOffer = Answered<"SlotsOnOffer">;
export type SharedContent = Answered<"SharedContent">;
export type System = Answered<"System">;
export type Tag = Answered<"Tag">;
export type SavedMapping = Answered<"SavedMapping">;
export type Term = Answered<"Term">;
export type TimelineEntry = Answered<"TimelineEntry">;
export type Token = Answered<"Token">;
export type WeighedCriterion = Answered<"WeighedCriterion">;
export type WeightedDeal = Answered<"WeightedDeal">;
export type WeightedPlace = Answered<"WeightedPlace">;
export type Workbench = Answered<"Workbench">;
export type UnfilledReason = Answered<"UnfilledReason">;
export type UnmappedValue = Answered<"UnmappedValue">;
export type LoadReport = Answered<"Load">;
export type LoadList = Answered<"LoadList">;
export type LoadRow = Answered<"LoadRow">;
export type Override = Answered<"Override">;
export type ProgramHome = Answered<"ProgramHome">;
export type UnmetSearch = Answered<"UnmetSearch">;
export type Use = Answered<"Use">;
export type UseOutcome = Answered<"UseOutcome">;
export type User = Answered<"User">;
export type Verification = Answered<"Verification">;

// What the app sends, and the problem document, whose fields depend on its code.
export type AddFacet = Schemas["AddFacet"];
export type AddTerm = Schemas["AddTerm"];
export type Alternative = Schemas["Alternative"];
export type AskQuestions = Schemas["AskQuestions"];
export type ChooseDigest = Schemas["ChooseDigest"];
export type CriterionInput = Schemas["CriterionInput"];
export type CreateContent = Schemas["CreateContent"];
export type EditContact = Schemas["EditContact"];
export type EditContent = Schemas["EditContent"];
export type LockAccount = Schemas["LockAccount"];
export type LockReason = Schemas["LockReason"];
export type LogUse = Schemas["LogUse"];
export type ShareContent = Schemas["ShareContent"];
export type EditAccount = Schemas["EditAccount"];
export type EditAdvocate = Schemas["EditAdvocate"];
export type EditListView = Schemas["EditListView"];
export type SaveListView = Schemas["SaveListView"];
export type EditLeveragingGoal = Schemas["EditLeveragingGoal"];
export type Approve = Schemas["Approve"];
export type EditOpportunity = Schemas["EditOpportunity"];
export type EditPlanAssumptions = Schemas["EditPlanAssumptions"];
export type EditFacet = Schemas["EditFacet"];
export type EditTerm = Schemas["EditTerm"];
export type CalculatorPlan = Schemas["CalculatorPlan"];
export type SavePlan = Schemas["SavePlan"];
export type CreateNeed = Schemas["CreateNeed"];
export type EditNeed = Schemas["EditNeed"];
export type GrowthGoal = Schemas["GrowthGoal"];
export type SaveGoal = Schemas["SaveGoal"];
export type SaveScenario = Schemas["SaveScenario"];
export type AskWhatIf = Schemas["AskWhatIf"];
export type PlanChanges = Schemas["PlanChanges"];
export type CreateRecruitingTarget = Schemas["CreateRecruitingTarget"];
export type EditRecruitingTarget = Schemas["EditRecruitingTarget"];
export type EditUser = Schemas["EditUser"];
export type FindReferences = Schemas["FindReferences"];
export type WorkbenchAsk = Schemas["WorkbenchAsk"];
export type FirstAccount = Schemas["FirstAccount"];
export type GiveAnswer = Schemas["GiveAnswer"];
export type MoveAdvocate = Schemas["MoveAdvocate"];
export type NewToken = Schemas["NewToken"];
export type NewUser = Schemas["NewUser"];
export type ImportChange = Schemas["EditImport"];
export type Nominate = Schemas["Nominate"];
export type OfferSlots = Schemas["OfferSlots"];
export type PickSlot = Schemas["PickSlot"];
export type Problem = Schemas["Problem"];
export type ProposeCandidates = Schemas["ProposeCandidates"];
export type RecordUse = Schemas["RecordUse"];
export type SaveImportMapping = Schemas["SaveMapping"];
export type SaveSearch = Schemas["SaveSearch"];
export type FieldSight = Answered<"FieldSight">;
export type PersonSight = Answered<"PersonSight">;
export type RecordRule = Answered<"RecordRule">;
export type SightCondition = Schemas["SightCondition"];
export type SightRules = Answered<"SightRules">;
export type SignIn = Schemas["SignIn"];
export type ViewAs = Schemas["ViewAs"];
export type SendInstead = Schemas["SendInstead"];
export type SubmitRequest = Schemas["SubmitRequest"];

/** Lists that can be narrowed, sorted, kept as views and exported. */
export type AskKnown = Schemas["AskKnown"];
export type BulkInput = Schemas["BulkInput"];
export type ListKind = "accounts" | "contacts" | "advocates" | "opportunities" | "content";

/** One page of any list. */
export interface Page<Row> {
  items: Row[];
  total: number;
  next_cursor: string | null;
}
