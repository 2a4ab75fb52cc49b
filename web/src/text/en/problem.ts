//! What went wrong, why, and what to do.

export const problem = {
  network: {
    title: "The server could not be reached",
    detail: "What you typed is kept. Check your connection and try again; nothing will be done twice.",
  },
  unknown: {
    title: "Something went wrong on the server",
    detail: "What you typed is kept. Try again; if it fails once more, tell your administrator.",
  },
  not_signed_in: {
    title: "You are signed out",
    detail: "Your session is over. Sign in to go on; what you typed is kept.",
  },
  again: {
    title: "You are signed in again",
    detail: "What you typed is kept and was not sent yet.",
  },
  sign_in_failed: {
    title: "Sign-in did not work",
    detail: "Email and password do not match an active account. Check both and try again.",
  },
  forbidden: {
    title: "You may not see this",
    detail: "Your role does not include it. Ask your program manager if you need it.",
  },
  only_viewing: {
    title: "You are only viewing",
    detail:
      "You look through somebody else's eyes and change nothing. Stop viewing, and do it in your own name.",
  },
  not_found: {
    title: "Not found",
    detail: "It does not exist, or it is not shared with you.",
  },
  stale_version: {
    title: "Someone changed this first",
    detail: "It was read again. Look at the new version, then decide once more; what you typed is kept.",
  },
  no_use_left: {
    title: "This advocate cannot be asked for that day",
    detail: "To protect the customer the limit is reached. Next free: {{day}}.",
    never: "To protect the customer the limit is reached, and no free day is in sight.",
  },
  invalid_input: { title: "Some of it needs correcting" },
  too_many_attempts: {
    title: "Too many attempts",
    detail_one: "To protect the account, wait {{count}} minute, then try again.",
    detail_other: "To protect the account, wait {{count}} minutes, then try again.",
  },
  link_used: {
    title: "This link was already used",
    detail: "Each link answers once. Your answer is with the person who asked.",
  },
  link_expired: {
    title: "This link has run out",
    detail:
      "Answers are no longer needed here. If you would still like to help, write to the person who asked.",
  },
  gate_closed: { title: "This deal cannot ask for it yet" },
  move_not_allowed: { title: "This step is not possible now" },
  conflict: { title: "This exists already" },
  cross_site: { title: "The request comes from another site" },
  wrong_host: { title: "The program is not reached under this name" },
  bad_file: { title: "The file cannot be read" },
  too_large: { title: "This is too large" },
} as const;
