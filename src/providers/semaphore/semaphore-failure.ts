/** What is longer is no message, but a page. */
const MAX_BODY_BYTES = 4_096;

/**
 * What Semaphore says about a failure, whichever of its four forms it has: a JSON string, plain text, `{"message"}`, or
 * gRPC's `{"code","message","details"}`. Undefined when it says nothing. What a failure is, the status decides: gRPC's own
 * code is not asked.
 */
export const toFailureMessage = (body: Buffer): string | undefined => {
  const text = body.length > MAX_BODY_BYTES ? '' : body.toString().trim();
  // A page of what stands before Semaphore.
  return text.startsWith('<') ? undefined : toMessage(text) || undefined;
};

const toMessage = (text: string): string => {
  try {
    return messageIn(JSON.parse(text));
  } catch {
    return text;
  }
};

/** What a service behind Semaphore's API says may be a message within the message. */
const messageIn = (answer: unknown): string => {
  if (typeof answer === 'string') return answer.trim();
  return typeof answer === 'object' && answer !== null && 'message' in answer ? messageIn(answer.message) : '';
};
