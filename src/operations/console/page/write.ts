/** What came of a write: what was answered, or why it was not done, in a sentence. */
export type Written =
  { readonly isDone: true; readonly body: unknown } | { readonly isDone: false; readonly why: string };

const TIMEOUT_MS = 30_000;

/** Asks for something to be done. Never fails. */
export const write = async (method: 'POST' | 'DELETE', path: string): Promise<Written> => {
  // Pages of others cannot send this header.
  const headers = { accept: 'application/json', 'x-requested-with': 'console' };
  const options = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
  const response = await fetch(path, options).catch(() => undefined);
  if (response === undefined) return { isDone: false, why: 'There is no connection, or no answer.' };
  const body = (await response.json().catch(() => ({}))) as unknown;
  return response.ok ? { isDone: true, body } : { isDone: false, why: toSentence(response.status, body) };
};

const toSentence = (status: number, body: unknown): string => {
  const { detail, title } = (body ?? {}) as { readonly detail?: unknown; readonly title?: unknown };
  const known = [detail, title].find((text) => typeof text === 'string' && text !== '');
  return typeof known === 'string' ? known : `The answer was ${status}.`;
};
