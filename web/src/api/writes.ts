//! Every change the app asks for. Each carries what makes it safe to repeat: a key or a version.

import { body, client, done, ifMatch } from "./client";
import type {
  AddFacet,
  AddTerm,
  Approve,
  AskQuestions,
  Candidate,
  ContentStatus,
  CreateContent,
  CreateNeed,
  CreateRecruitingTarget,
  EditAccount,
  EditAdvocate,
  EditContact,
  EditContent,
  EditFacet,
  EditLeveragingGoal,
  EditNeed,
  EditOpportunity,
  EditPlanAssumptions,
  EditRecruitingTarget,
  EditTerm,
  EditUser,
  FirstAccount,
  GradeUse,
  ImportChange,
  ImportNeeds,
  LogUse,
  MatchWeights,
  MoveAdvocate,
  NewToken,
  NewUser,
  Nominate,
  OfferSlots,
  ProfilePart,
  ProgramSetting,
  ProposeCandidates,
  Protection,
  RecordUse,
  SaveGoal,
  SaveImportMapping,
  SavePlan,
  SaveScenario,
  SaveSearch,
  SendInstead,
  ShareContent,
  SignIn,
  SubmitRequest,
  UnfilledReason,
  ViewAs,
} from "./types";

/** A record as it was read: which one, and which version. */
export interface Versioned {
  id: string;
  version: number;
}

const at = (record: Versioned) => ({ path: { id: record.id }, header: ifMatch(record.version) });

export const signIn = (input: SignIn) => body(client.POST("/api/v1/session", { body: input }));
export const viewAs = (input: ViewAs) => body(client.PUT("/api/v1/session/viewing", { body: input }));
export const stopViewing = () => body(client.DELETE("/api/v1/session/viewing"));
export const signOut = () => done(client.DELETE("/api/v1/session"));
export const signOutEverywhere = () => done(client.DELETE("/api/v1/sessions"));
export const setUp = (input: FirstAccount) => body(client.POST("/api/v1/setup", { body: input }));

export const sendRequest = (input: SubmitRequest, key: string) =>
  body(client.POST("/api/v1/requests", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const keepDraft = (input: SubmitRequest, key: string) =>
  body(
    client.POST("/api/v1/requests/drafts", { body: input, params: { header: { "Idempotency-Key": key } } }),
  );
export const changeDraft = (draft: Versioned, input: SubmitRequest) =>
  body(client.PUT("/api/v1/requests/{id}/draft", { body: input, params: at(draft) }));
export const sendDraft = (draft: Versioned, input: SubmitRequest) =>
  body(client.POST("/api/v1/requests/{id}/submit", { body: input, params: at(draft) }));

export const sendInstead = (request: Versioned, input: SendInstead, key: string) =>
  body(
    client.POST("/api/v1/requests/{id}/content", {
      body: input,
      params: {
        path: { id: request.id },
        header: { ...ifMatch(request.version), "Idempotency-Key": key },
      },
    }),
  );
export const takeBackInstead = (request: Versioned) =>
  body(client.DELETE("/api/v1/requests/{id}/content", { params: at(request) }));

export const logUse = (input: LogUse, key: string) =>
  body(client.POST("/api/v1/uses", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const takeBackUse = (use: Versioned) => done(client.DELETE("/api/v1/uses/{id}", { params: at(use) }));

export const withdrawRequest = (request: Versioned, reason: string | undefined) =>
  body(client.POST("/api/v1/requests/{id}/withdraw", { body: { reason }, params: at(request) }));

export const moveNeedBy = (request: Versioned, need_by: string) =>
  body(client.PUT("/api/v1/requests/{id}/need-by", { body: { need_by }, params: at(request) }));

export const closeRequest = (request: Versioned, reason: UnfilledReason, note: string | undefined) =>
  body(client.POST("/api/v1/requests/{id}/close", { body: { reason, note }, params: at(request) }));

export const proposeCandidates = (request: Versioned, input: ProposeCandidates, key: string) =>
  body(
    client.POST("/api/v1/requests/{id}/candidates", {
      body: input,
      params: {
        path: { id: request.id },
        header: { ...ifMatch(request.version), "Idempotency-Key": key },
      },
    }),
  );

export const eraseContact = (contact: string, reason: string) =>
  body(client.POST("/api/v1/contacts/{id}/erase", { body: { reason }, params: { path: { id: contact } } }));

export const nominate = (input: Nominate, key: string) =>
  body(client.POST("/api/v1/advocates", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const changeAccount = (account: Versioned, input: EditAccount) =>
  body(client.PATCH("/api/v1/accounts/{id}", { body: input, params: at(account) }));

export const changeContact = (contact: Versioned, input: EditContact) =>
  body(client.PATCH("/api/v1/contacts/{id}", { body: input, params: at(contact) }));

export const changeAdvocate = (advocate: Versioned, input: EditAdvocate) =>
  body(client.PATCH("/api/v1/advocates/{id}", { body: input, params: at(advocate) }));

export const moveAdvocate = (advocate: Versioned, input: MoveAdvocate) =>
  body(client.POST("/api/v1/advocates/{id}/moves", { body: input, params: at(advocate) }));

/** Takes one's own move back, within a minute. */
export const undoAdvocateMove = (advocate: Versioned) =>
  body(client.POST("/api/v1/advocates/{id}/moves/undo", { params: at(advocate) }));

export const verifyAdvocate = (advocate: Versioned) =>
  body(client.POST("/api/v1/advocates/{id}/verify", { params: at(advocate) }));

export const verifyPart = (advocate: Versioned, part: ProfilePart) =>
  body(
    client.POST("/api/v1/advocates/{id}/parts/{part}/verify", {
      params: { path: { id: advocate.id, part }, header: ifMatch(advocate.version) },
    }),
  );

export const changeOpportunity = (opportunity: Versioned, input: EditOpportunity) =>
  body(client.PATCH("/api/v1/opportunities/{id}", { body: input, params: at(opportunity) }));

export const approve = (candidate: Candidate, input: Approve = {}) =>
  body(client.POST("/api/v1/candidates/{id}/approve", { body: input, params: at(candidate) }));

export const decline = (candidate: Candidate, reason: string, instead?: string) =>
  body(client.POST("/api/v1/candidates/{id}/decline", { body: { reason, instead }, params: at(candidate) }));

export const makeAnswerLink = (candidate: Candidate) =>
  body(client.POST("/api/v1/candidates/{id}/link", { params: at(candidate) }));

export const revealAdvocate = (id: string) =>
  body(client.POST("/api/v1/advocates/{id}/reveal", { params: { path: { id } } }));

export const revealContact = (candidate: Candidate) =>
  body(client.POST("/api/v1/candidates/{id}/reveal", { params: { path: { id: candidate.id } } }));

export const schedule = (candidate: Candidate, plannedOn: string) =>
  body(
    client.POST("/api/v1/candidates/{id}/schedule", {
      body: { planned_on: plannedOn },
      params: at(candidate),
    }),
  );

export const offerSlots = (candidate: Candidate, input: OfferSlots) =>
  body(client.POST("/api/v1/candidates/{id}/slots", { body: input, params: at(candidate) }));

export const pickSlot = (candidate: Candidate, startsAt: string) =>
  body(
    client.POST("/api/v1/candidates/{id}/appointment", {
      body: { starts_at: startsAt },
      params: at(candidate),
    }),
  );

export const callOff = (candidate: Candidate, reason: string | undefined) =>
  body(
    client.POST("/api/v1/candidates/{id}/appointment/call-off", { body: { reason }, params: at(candidate) }),
  );

export const makePickLink = (candidate: Candidate) =>
  body(client.POST("/api/v1/candidates/{id}/pick-link", { params: at(candidate) }));

export const recordUse = (candidate: Candidate, input: RecordUse) =>
  body(client.POST("/api/v1/candidates/{id}/use", { body: input, params: at(candidate) }));

export const takeBackNoShow = (candidate: Versioned) =>
  body(client.DELETE("/api/v1/candidates/{id}/use", { params: at(candidate) }));

export const grade = (candidate: Candidate, input: GradeUse) =>
  body(client.POST("/api/v1/candidates/{id}/grade", { body: input, params: at(candidate) }));

export const makeDebriefLink = (candidate: Candidate) =>
  body(client.POST("/api/v1/candidates/{id}/debrief-link", { params: at(candidate) }));

export const markRead = (item: string) =>
  done(client.POST("/api/v1/inbox/{id}/read", { params: { path: { id: item } } }));
export const markAllRead = () => done(client.POST("/api/v1/inbox/read-all"));

export const setGoal = (input: EditLeveragingGoal, version: number) =>
  body(
    client.PATCH("/api/v1/metrics/leveraging/goal", { body: input, params: { header: ifMatch(version) } }),
  );

export const mapUnmapped = (facet: string, raw: string, term: string) =>
  done(client.POST("/api/v1/unmapped/map", { body: { facet, raw, term_id: term } }));

/** Forgets what a word stands for, as long as it still stands for that. */
export const unmap = (facet: string, raw: string, term: string) =>
  done(client.POST("/api/v1/unmapped/unmap", { body: { facet, raw, term_id: term } }));

export const addFacet = (input: AddFacet, key: string) =>
  body(client.POST("/api/v1/facets", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const changeFacet = (facet: Versioned, input: EditFacet) =>
  body(client.PATCH("/api/v1/facets/{id}", { body: input, params: at(facet) }));

export const addTerm = (input: AddTerm, key: string) =>
  body(client.POST("/api/v1/terms", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const changeTerm = (term: Versioned, input: EditTerm) =>
  body(client.PATCH("/api/v1/terms/{id}", { body: input, params: at(term) }));
export const mergeTerm = (term: Versioned, into: string) =>
  body(client.POST("/api/v1/terms/{id}/merge", { body: { into }, params: at(term) }));
export const unmergeTerm = (term: Versioned) =>
  body(client.POST("/api/v1/terms/{id}/unmerge", { params: at(term) }));
export const retireTerm = (term: Versioned) =>
  body(client.POST("/api/v1/terms/{id}/retire", { params: at(term) }));
export const restoreTerm = (term: Versioned) =>
  body(client.POST("/api/v1/terms/{id}/restore", { params: at(term) }));

export const addUser = (input: NewUser, key: string) =>
  body(client.POST("/api/v1/users", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const changeUser = (user: Versioned, input: EditUser) =>
  body(client.PATCH("/api/v1/users/{id}", { body: input, params: at(user) }));

export const makeToken = (input: NewToken, key: string) =>
  body(client.POST("/api/v1/tokens", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const revokeToken = (id: string) =>
  done(client.DELETE("/api/v1/tokens/{id}", { params: { path: { id } } }));

export const changeProgram = (version: number, input: Partial<ProgramSetting>) =>
  body(client.PATCH("/api/v1/settings/program", { body: input, params: { header: ifMatch(version) } }));
export const changeMatchWeights = (version: number, input: Partial<MatchWeights>) =>
  body(client.PATCH("/api/v1/settings/match-weights", { body: input, params: { header: ifMatch(version) } }));
export const changeProtection = (version: number, input: Partial<Protection>) =>
  body(client.PATCH("/api/v1/settings/protection", { body: input, params: { header: ifMatch(version) } }));

/** Weights that past requests suggest; saves nothing. */
export const learnMatchWeights = () => body(client.POST("/api/v1/settings/match-weights/learn"));

export const changePlanAssumptions = (version: number, input: EditPlanAssumptions) =>
  body(client.PATCH("/api/v1/plan/assumptions", { body: input, params: { header: ifMatch(version) } }));
export const savePlan = (input: SavePlan, key: string) =>
  body(client.POST("/api/v1/plan/versions", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const createTarget = (input: CreateRecruitingTarget, key: string) =>
  body(client.POST("/api/v1/plan/targets", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const changeTarget = (id: string, version: number, input: EditRecruitingTarget) =>
  body(
    client.PATCH("/api/v1/plan/targets/{id}", {
      body: input,
      params: { path: { id }, header: ifMatch(version) },
    }),
  );
export const sendTargetAsks = (id: string, key: string) =>
  body(
    client.POST("/api/v1/plan/targets/{id}/asks", {
      body: {},
      params: { path: { id }, header: { "Idempotency-Key": key } },
    }),
  );
export const startVerificationRound = () => body(client.POST("/api/v1/plan/verification-round"));
export const createNeed = (input: CreateNeed, key: string) =>
  body(client.POST("/api/v1/plan/needs", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const importNeeds = (input: ImportNeeds) =>
  body(client.POST("/api/v1/plan/needs/import", { body: input }));
export const changeNeed = (id: string, version: number, input: EditNeed) =>
  body(
    client.PATCH("/api/v1/plan/needs/{id}", {
      body: input,
      params: { path: { id }, header: ifMatch(version) },
    }),
  );
export const saveGoal = (input: SaveGoal, key: string) =>
  body(client.POST("/api/v1/plan/goals", { body: input, params: { header: { "Idempotency-Key": key } } }));
export const changeGoal = (id: string, version: number, input: SaveGoal) =>
  body(
    client.PUT("/api/v1/plan/goals/{id}", {
      body: input,
      params: { path: { id }, header: ifMatch(version) },
    }),
  );
export const removeGoal = (id: string, version: number) =>
  done(client.DELETE("/api/v1/plan/goals/{id}", { params: { path: { id }, header: ifMatch(version) } }));
export const saveScenario = (input: SaveScenario, key: string) =>
  body(
    client.POST("/api/v1/plan/scenarios", { body: input, params: { header: { "Idempotency-Key": key } } }),
  );
export const changeScenario = (id: string, version: number, input: SaveScenario) =>
  body(
    client.PUT("/api/v1/plan/scenarios/{id}", {
      body: input,
      params: { path: { id }, header: ifMatch(version) },
    }),
  );
export const removeScenario = (id: string, version: number) =>
  done(client.DELETE("/api/v1/plan/scenarios/{id}", { params: { path: { id }, header: ifMatch(version) } }));

export const verifyLog = () => body(client.POST("/api/v1/events/verify"));
export const replayJob = (id: string) =>
  done(client.POST("/api/v1/jobs/{id}/replay", { params: { path: { id } } }));

/** Sends a file as it is: the body is its bytes. */
export const uploadImport = (file: File, key: string) =>
  body(
    client.POST("/api/v1/imports", {
      params: { query: { file_name: file.name }, header: { "Idempotency-Key": key } },
      headers: { "Content-Type": "application/octet-stream" },
      // The document describes bytes as numbers; what goes out is the file.
      body: file as never,
      bodySerializer: (bytes) => bytes as never,
    }),
  );

export const editImport = (file: Versioned, input: ImportChange) =>
  body(client.PATCH("/api/v1/imports/{id}", { body: input, params: at(file) }));

export const checkImport = (file: Versioned) =>
  body(client.POST("/api/v1/imports/{id}/dry-run", { params: at(file) }));

export const applyImport = (file: Versioned) =>
  body(client.POST("/api/v1/imports/{id}/apply", { params: at(file) }));

export const cancelImport = (file: Versioned) =>
  body(client.POST("/api/v1/imports/{id}/cancel", { params: at(file) }));

export const undoImport = (file: Versioned) =>
  body(client.POST("/api/v1/imports/{id}/undo", { params: at(file) }));

export const saveImportMapping = (input: SaveImportMapping, key: string) =>
  body(
    client.POST("/api/v1/import-mappings", { body: input, params: { header: { "Idempotency-Key": key } } }),
  );

export const saveSearch = (input: SaveSearch, key: string) =>
  body(
    client.POST("/api/v1/saved-searches", { body: input, params: { header: { "Idempotency-Key": key } } }),
  );
export const switchAlert = (saved: Versioned, alerts: boolean) =>
  body(client.PATCH("/api/v1/saved-searches/{id}", { body: { alerts }, params: at(saved) }));
export const removeSavedSearch = (id: string) =>
  done(client.DELETE("/api/v1/saved-searches/{id}", { params: { path: { id } } }));

/** Changes nothing; a list is too long for an address. */
export const answerQuestions = (input: AskQuestions) =>
  body(client.POST("/api/v1/matches/questions", { body: input }));

export const createContent = (input: CreateContent, key: string) =>
  body(client.POST("/api/v1/content", { body: input, params: { header: { "Idempotency-Key": key } } }));

export const changeContent = (content: Versioned, input: EditContent) =>
  body(client.PATCH("/api/v1/content/{id}", { body: input, params: at(content) }));

export const moveContent = (content: Versioned, to: ContentStatus, reason?: string) =>
  body(client.POST("/api/v1/content/{id}/move", { body: { to, reason }, params: at(content) }));

export const removeContentFile = (content: Versioned) =>
  body(client.DELETE("/api/v1/content/{id}/file", { params: at(content) }));

export const shareContent = (content: string, input: ShareContent, key: string) =>
  body(
    client.POST("/api/v1/content/{id}/shares", {
      body: input,
      params: { path: { id: content }, header: { "Idempotency-Key": key } },
    }),
  );

export const revokeShare = (share: string) =>
  body(client.DELETE("/api/v1/shares/{id}", { params: { path: { id: share } } }));
