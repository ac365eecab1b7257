const CREDENTIALS = [
  /\b(bearer|basic|token|digest)\s+[\w.~+/=:-]{6,}/gi,
  /\b(access_token|refresh_token|id_token|token|api_?key|apikey|key|secret|password|authorization|cookie|session)(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
  /(:\/\/)[^\s/@]+@/g,
];

/** Takes what looks like a credential out of free text: schemes with tokens, named values, user info in URLs. */
export const withoutCredentials = (text: string): string =>
  CREDENTIALS.reduce((rest, pattern) => rest.replace(pattern, (_, name: string) => `${name} [redacted]`), text);

/** What may be logged of anything thrown: never its other properties, which may hold requests and their headers. */
export const describeError = (thrown: unknown): object => {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { name, message, stack, cause } = thrown;
  return {
    type: name,
    message: withoutCredentials(message),
    stack: stack && withoutCredentials(stack),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
};
