//! Where the browser itself fetches a file, in a picture or behind a link: addresses that do not go
//! through the client.

const at = encodeURIComponent;

/** The file of content, for people who are signed in. */
export const contentFile = (content: string, file: string): string =>
  `/api/v1/content/${at(content)}/files/${at(file)}`;

/** The file behind a link that was sent to a buyer. */
export const sharedFile = (token: string): string => `/api/v1/shared/${at(token)}/file`;

/** The rows that an import left out, as a CSV file with the reason beside each. */
export const importErrors = (file: string): string => `/api/v1/imports/${at(file)}/errors`;

/** The agreed time of a candidate as a calendar file. */
export const invitationFile = (candidate: string): string => `/api/v1/candidates/${at(candidate)}/invitation`;

/** The open needs of a year as a calendar file. */
export const needsFile = (from: string | undefined): string =>
  `/api/v1/plan/needs/calendar.ics${from ? `?from=${at(from)}` : ""}`;

/** The time that was picked behind a buyer's link as a calendar file. */
export const pickedFile = (token: string): string => `/api/v1/slots/${at(token)}/invitation`;
