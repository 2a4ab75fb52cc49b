/** A link that was stored is followed only inside this app; any other leads home. */
export function safeLink(link: string): string {
  return /^\/(?![/\\])/.test(link) ? link : "/";
}
