import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import type { Drain } from '../drain.ts';
import { isSound } from '../framing.hook.ts';
import type { Operators } from '../operators/operators.ts';
import type { RateLimit } from '../rate-limit/rate-limit.ts';
import type { OpenContext } from '../request-context.hook.ts';
import { toAskedScheme } from '../to-asked-scheme.ts';
import { CALLER_GONE_STATUS } from '../telemetry/request-record.ts';
import type { RequestRecords } from '../telemetry/request-records.ts';
import type { IsTrusted } from '../trusted-proxies.ts';
import type { RememberedAnswers } from './remembered-answers.ts';
import { findRepeatable, repeat, type Repeatable } from './repeat-answers.ts';

export interface RepeatParts {
  readonly clock: Clock;
  readonly drain: Drain;
  readonly isTrusted: IsTrusted;
  readonly limit: RateLimit;
  readonly openContext: OpenContext;
  readonly operators: Operators;
  readonly records: RequestRecords;
}

/**
 * Repeats answers ahead of the framework: its routing, its objects and its hooks would be a sixth of what a hit costs. Each has
 * a context and a record as any other; what hooks would refuse, or say in another way, is left to them. So are all where
 * requests are counted: for whom, only the framework knows.
 */
export const repeatAhead = (server: Server, answers: RememberedAnswers, parts: RepeatParts): void => {
  if (parts.limit.isOn) return;
  const { drain, operators } = parts;
  const [route] = server.listeners('request') as [RequestListener];
  server.off('request', route).on('request', (request, response) => {
    // While the server closes, connections have to be told.
    const found = drain.hasBegun() ? undefined : findRepeatable(toAsking(request), answers, operators);
    if (found !== undefined && isSound(request)) answerWith(found, request, response, parts);
    else route(request, response);
  });
};

const toAsking = (raw: IncomingMessage) => ({ raw, headers: raw.headers, method: raw.method, url: raw.url });

const answerWith = (
  found: Repeatable,
  request: IncomingMessage,
  response: ServerResponse,
  { clock, isTrusted, openContext, records }: RepeatParts,
): void => {
  const context = openContext(request.headers);
  const startedAt = clock.now();
  const { route, sources } = found.answer;
  context.repeated = sources;
  records.begin();
  response.once('close', () => {
    context.end();
    records.publish({
      ...{ context, route, startedAt, durationMs: clock.now() - startedAt },
      request: { ...toAsking(request), method: 'GET', protocol: toAskedScheme(request, isTrusted) },
      reply: response,
      status: response.writableFinished ? 200 : CALLER_GONE_STATUS,
      isBrokenOff: false,
      calls: [],
    });
  });
  repeat(response, found, { requestId: context.requestId, arrivedAt: startedAt, now: startedAt });
};
