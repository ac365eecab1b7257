import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Presented } from '../is-local.ts';
import type { Operators } from '../operators/operators.ts';
import { toRepeatedTiming } from '../telemetry/to-server-timing.ts';
import { MAX_MEMBERS } from './caching.hook.ts';
import type { RememberedAnswer, RememberedAnswers } from './remembered-answers.ts';

/** An answer that may be repeated to whom was looked for. */
export interface Repeatable {
  readonly answer: RememberedAnswer;
  readonly proof: 'local' | undefined;
}

type Asking = Presented & Pick<IncomingMessage, 'method' | 'url'>;

/** Not for an operator who presented a credential for it: that answer is for nobody else. */
export const findRepeatable = (
  request: Asking,
  answers: RememberedAnswers,
  operators: Operators,
): Repeatable | undefined => {
  const answer = isPlain(request) ? answers.find(request.url!) : undefined;
  if (answer === undefined) return undefined;
  const proof = operators.proofOf(request);
  return proof === undefined || proof === 'local' ? { answer, proof } : undefined;
};

/** Asks for nothing that takes the whole way: what other origins may read, validation, a deadline, a body. */
const isPlain = ({ method, headers }: Asking): boolean =>
  method === 'GET' &&
  headers.origin === undefined &&
  headers['if-none-match'] === undefined &&
  headers['x-request-timeout-ms'] === undefined &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

interface ThisTime {
  readonly requestId: string;
  readonly arrivedAt: number;
  readonly now: number;
  /** Headers beside those of all. */
  readonly more?: Readonly<Record<string, string>> | undefined;
}

export const repeat = (
  response: ServerResponse,
  { answer, proof }: Repeatable,
  { requestId, arrivedAt, now, more }: ThisTime,
): void => {
  const age = String(Math.ceil((now - answer.bornAt) / 1_000));
  const headers = ['x-request-id', requestId, 'age', age, 'cache-status', toCacheStatus(answer, now)];
  if (more !== undefined) headers.push(...Object.entries(more).flat());
  if (proof !== undefined) headers.push('server-timing', toRepeatedTiming(answer.sources, now - arrivedAt));
  response.writeHead(200, answer.headers.concat(headers)).end(answer.payload);
};

/** RFC 9211: all its sources are hits. */
const toCacheStatus = ({ sources }: RememberedAnswer, now: number): string => {
  let status = '';
  for (const { cache, freshUntil } of sources.slice(0, MAX_MEMBERS)) {
    status += `${status && ', '}${cache}; hit; ttl=${Math.floor((freshUntil - now) / 1_000)}`;
  }
  return status;
};
