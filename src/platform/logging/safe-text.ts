const CREDENTIALS = [
  /\b(authorization|cookie)["']?\s*[=:]\s*["']?[^"'\r\n]+/gi,
  /\b(bearer|basic|token|digest)\s+[\w.~+/=:-]{6,}/gi,
  /(token|key|secret|password|session|session_?id)(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
  /(:\/\/)[^\s/@]+@/g,
];

/** Takes what looks like a credential out of free text: schemes with tokens, named values, user info in URLs. */
export const withoutCredentials = (text: string): string =>
  CREDENTIALS.reduce((rest, pattern) => rest.replace(pattern, (_, name: string) => `${name} [redacted]`), text);

/** The same, and no longer than that. What is cut off in the middle is still seen to be a credential. */
export const toSafeText = (text: string, maxLength: number): string => {
  const safe = withoutCredentials(text.length > 2 * maxLength ? text.slice(0, 2 * maxLength) : text);
  return safe.length > maxLength ? `${safe.slice(0, maxLength)}…` : safe;
};
