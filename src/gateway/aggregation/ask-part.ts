import type { IncomingHttpHeaders } from 'node:http';
import { NotFoundException } from '@nestjs/common';
import { askForJson, isAbsent, UpstreamError, type HeaderMap } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PathValues } from '../routes/match-path.ts';
import type { CompiledPart } from './compile-part.ts';

/** What all parts of an answer are asked with. */
export interface Question {
  readonly values: PathValues;
  /** As on the wire, without its `?`. */
  readonly query: string;
  /** For the upstreams. */
  readonly headers: HeaderMap;
  /** Of our caller. */
  readonly incoming: IncomingHttpHeaders;
  readonly deadlineAt: number;
  readonly signal: AbortSignal;
}

export interface PartAnswer {
  readonly part: CompiledPart;
  /** JSON; undefined: it is missing. */
  readonly body: Buffer | undefined;
  /** `Vary` of what came, used or not. */
  readonly vary: HeaderMap[string];
}

/** Optional parts get this share of the time left, so that a slow one goes missing instead of taking the answer with it. */
const OPTIONAL_SHARE = 0.7;

/** @throws what a required part failed with; NotFoundException when there is no such thing */
export const askPart = async (part: CompiledPart, question: Question, clock: Clock): Promise<PartAnswer> => {
  const { options, target } = part;
  let vary: HeaderMap[string];
  const noteReply = ({ headers }: { headers: HeaderMap }): void => void (vary = headers['vary']);
  target.enter();
  try {
    const request = { ...toRequest(part, question, clock), noteReply };
    return { part, body: await askForJson(target.provider, request, clock), vary };
  } catch (error) {
    if (options.required || !(error instanceof UpstreamError)) throw toFailure(part, error);
    return { part, body: undefined, vary };
  } finally {
    target.leave();
  }
};

const toRequest = (part: CompiledPart, question: Question, clock: Clock) => {
  const { operation, options } = part;
  const { values, query, headers, incoming, deadlineAt, signal } = question;
  const path = part.toPath('/', values, query);
  const affinity = part.toAffinity(path, incoming);
  const now = clock.now();
  return {
    operation,
    method: 'GET',
    path,
    headers,
    body: null,
    deadlineAt: options.required ? deadlineAt : now + (deadlineAt - now) * OPTIONAL_SHARE,
    signal,
    ...(affinity === undefined ? {} : { affinity }),
  };
};

/** Who issues our tokens may lack something, too: that is no answer to what our caller asked for. */
const toFailure = ({ options, target }: CompiledPart, error: unknown): unknown =>
  isAbsent(error) && (error as UpstreamError).provider === target.provider.name
    ? new NotFoundException(`There is no such resource: "${options.key}" is not there`)
    : error;
