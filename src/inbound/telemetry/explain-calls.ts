import type { AttemptRecord, CallReceipt } from '../../outbound/index.ts';

const MAX_CALLS = 10;
const MAX_DECISIONS = 8;
const MAX_REASON = 200;

/** The first attempts tell how it began, the last how it ended. */
const FIRST_ATTEMPTS = 2;
const LAST_ATTEMPTS = 3;

/** What a line of at most 8 KB has room for beside the rest of it, in bytes. */
const MAX_BYTES = 6_500;

interface Explained {
  readonly calls?: readonly object[];
  readonly callsLeftOut?: number;
}

/** The calls that did not end well, attempt by attempt, for the line of a request that failed; as many as a line has room for. */
export const explainCalls = (calls: readonly CallReceipt[]): Explained => {
  const failed = calls.filter(({ outcome }) => outcome !== 'answered');
  const told: object[] = [];
  let bytes = 0;
  for (const receipt of failed.slice(0, MAX_CALLS)) {
    const call = toToldCall(receipt);
    bytes += Buffer.byteLength(JSON.stringify(call));
    if (bytes > MAX_BYTES) break;
    told.push(call);
  }
  const callsLeftOut = failed.length - told.length;
  return { ...(told.length > 0 && { calls: told }), ...(callsLeftOut > 0 && { callsLeftOut }) };
};

const toToldCall = ({ provider, operation, outcome, status, durationMs, ...receipt }: CallReceipt): object => {
  const { cache, circuit, attempts, decisions } = receipt;
  return {
    ...{ provider, operation, outcome, status, durationMs, cache, circuit },
    attempts: toTold(attempts).map(toToldAttempt),
    attemptsLeftOut: attempts.length > MAX_ATTEMPTS ? attempts.length - MAX_ATTEMPTS : undefined,
    decisions: decisions.slice(-MAX_DECISIONS).map(cut),
  };
};

const MAX_ATTEMPTS = FIRST_ATTEMPTS + LAST_ATTEMPTS;

const toTold = (attempts: readonly AttemptRecord[]): readonly AttemptRecord[] =>
  attempts.length > MAX_ATTEMPTS ? [...attempts.slice(0, FIRST_ATTEMPTS), ...attempts.slice(-LAST_ATTEMPTS)] : attempts;

const toToldAttempt = ({ error, spanId: _spanId, code: _code, ...attempt }: AttemptRecord): object =>
  error === undefined ? attempt : { ...attempt, error: cut(error) };

const cut = (text: string): string => (text.length > MAX_REASON ? `${text.slice(0, MAX_REASON)}…` : text);
