const CREDENTIALS = [
  /\b(authorization|cookie)["']?\s*[=:]\s*["']?[^"'\r\n]+/gi,
  /\b(bearer|basic|token|digest)\s+[\w.~+/=:-]{6,}/gi,
  /\b([\w-]*(?:token|key|secret|password|session|session_?id))(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
  /(:\/\/)[^\s/@]+@/g,
];

/** An error may be its own cause. */
const MAX_CAUSES = 5;

/** Takes what looks like a credential out of free text: schemes with tokens, named values, user info in URLs. */
export const withoutCredentials = (text: string): string =>
  CREDENTIALS.reduce((rest, pattern) => rest.replace(pattern, (_, name: string) => `${name} [redacted]`), text);

/** What may be logged of anything thrown: never its other properties, which may hold requests and their headers. */
export const describeError = (thrown: unknown, depth: number = 0): object => {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { name, message, stack, cause } = thrown;
  return {
    type: name,
    message: withoutCredentials(message),
    stack: stack && withoutCredentials(stack),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(cause, depth + 1) }),
  };
};
