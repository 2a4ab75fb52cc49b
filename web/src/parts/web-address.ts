/** Only web addresses become links: a stored address may hold anything. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) || /^\/(?![/\\])/.test(url);
}
