//! The records of the API by their names; their shapes are generated from the API document.

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type Activity = Schemas["Activity"];
export type Advocate = Schemas["Advocate"];
export type AdvocateChange = Schemas["AdvocateChange"];
export type AdvocateRow = Schemas["AdvocateRow"];
export type AdvocateStatus = Schemas["AdvocateStatus"];
export type Alternative = Schemas["Alternative"];
export type AnsweredCriterion = Schemas["AnsweredCriterion"];
export type AnswerView = Schemas["AnswerView"];
export type Answer = Schemas["Answer"];
export type Approval = Schemas["Approval"];
export type Availability = Schemas["Availability"];
export type Candidate = Schemas["Candidate"];
export type CandidateState = Schemas["CandidateState"];
export type ContentKind = Schemas["ContentKind"];
export type ContentRow = Schemas["ContentRow"];
export type Criterion = Schemas["Criterion"];
export type DealStage = Schemas["DealStage"];
export type FacetCount = Schemas["FacetCount"];
export type Goal = Schemas["Goal"];
export type Holder = Schemas["Holder"];
export type InboxItem = Schemas["InboxItem"];
export type Leveraging = Schemas["Leveraging"];
export type LeveragingDeal = Schemas["LeveragingDeal"];
export type Load = Schemas["Load"];
export type MatchAnswer = Schemas["MatchAnswer"];
export type MatchQuery = Schemas["MatchQuery"];
export type MatchRow = Schemas["MatchRow"];
export type MetricGroup = Schemas["MetricGroup"];
export type Money = Schemas["Money"];
export type NewOwner = Schemas["NewOwner"];
export type NewRequest = Schemas["NewRequest"];
export type NewUse = Schemas["NewUse"];
export type Nomination = Schemas["Nomination"];
export type Opportunity = Schemas["Opportunity"];
export type OpportunityChange = Schemas["OpportunityChange"];
export type OpportunityStatus = Schemas["OpportunityStatus"];
export type Problem = Schemas["Problem"];
export type ProblemCode = Schemas["ProblemCode"];
export type Reason = Schemas["Reason"];
export type Request = Schemas["Request"];
export type RequestStatus = Schemas["RequestStatus"];
export type Role = Schemas["Role"];
export type Session = Schemas["Session"];
export type SignIn = Schemas["SignIn"];
export type Tag = Schemas["Tag"];
export type Term = Schemas["Term"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type UnfilledReason = Schemas["UnfilledReason"];
export type Unmapped = Schemas["Unmapped"];
export type UseOutcome = Schemas["UseOutcome"];

/** One page of any list. */
export interface Page<Row> {
  items: Row[];
  total: number;
  next_cursor: string | null;
}
