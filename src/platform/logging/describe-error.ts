import { toSafeText } from './safe-text.ts';

/** An error may be its own cause. */
const MAX_CAUSES = 5;

const MAX_NAME = 100;
const MAX_MESSAGE = 2_000;
const MAX_STACK = 4_000;

/** What may be logged of anything thrown: never its other properties, which may hold requests and their headers. */
export const describeError = (thrown: unknown, depth: number = 0): object => {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { name, message, stack, cause } = thrown;
  return {
    type: toText(name, MAX_NAME) ?? 'Error',
    message: toText(message, MAX_MESSAGE),
    stack: toText(stack, MAX_STACK),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(cause, depth + 1) }),
  };
};

/** Any of them may have been replaced by something else. */
const toText = (part: unknown, maxLength: number): string | undefined =>
  typeof part === 'string' ? toSafeText(part, maxLength) : undefined;
