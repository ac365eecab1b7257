import { Readable } from 'node:stream';
import { AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import { toRetryAfterMs } from '../errors/retry-after.ts';
import { toFailureCode } from '../errors/status-failure.ts';
import type { UpstreamError } from '../errors/upstream-error.ts';
import type { Provider } from '../provider.ts';
import type { Call, Reply } from './call.ts';
import { checkAnswer } from './check-answer.ts';
import { NotJson, parseJson } from './json.ts';
import { toCall } from './to-call.ts';

/** Stands behind an axios instance: all that goes through that instance goes through the provider's pipeline. */
export const pipelineAdapter =
  (provider: Provider, clock: Clock): AxiosAdapter =>
  async (config) => {
    const call = toCall(provider, config, clock);
    const reply = await provider.send({ ...call, read: (answer) => read(call, config, { answer, clock }) });
    return toResponse(config, reply);
  };

/** Unless the request says otherwise; `null` accepts any status. */
const isUsable = (status: number): boolean => toFailureCode(status) === undefined;

const read = (
  call: Call,
  config: InternalAxiosRequestConfig,
  { answer, clock }: { answer: Reply; clock: Clock },
): unknown => {
  const { validateStatus = isUsable, plan } = config;
  if (validateStatus && !validateStatus(answer.status)) throw toStatusError(call, answer, clock);
  const data = toData(call, config, answer);
  const schema = plan?.options.schema;
  return schema ? checkAnswer(schema, { call, data, status: answer.status }) : data;
};

const toStatusError = (call: Call, { status, headers }: Reply, clock: Clock): UpstreamError => {
  const retryAfterMs = toRetryAfterMs(headers['retry-after'], clock.wallTime());
  return callError(call, {
    code: toFailureCode(status) ?? 'upstream_invalid_answer',
    reason: `status ${status}`,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};

/** Our header names are lower case and unique already; axios would compare each with each. */
class ReplyHeaders extends AxiosHeaders {
  override normalize(): this {
    return this;
  }
}

/** A new object each time: axios writes on it. */
const toResponse = (config: InternalAxiosRequestConfig, reply: Reply): AxiosResponse => ({
  data: reply.value,
  status: reply.status,
  statusText: '',
  headers: Object.assign(new ReplyHeaders(), reply.headers),
  config,
});

const toData = (call: Call, { responseType, plan }: InternalAxiosRequestConfig, reply: Reply): unknown => {
  if (responseType === 'arraybuffer') return reply.body;
  if (responseType === 'stream') return Readable.from([reply.body]);
  if (responseType === 'text') return reply.body.toString('utf8');
  try {
    return parseJson(reply);
  } catch (error) {
    // As axios does: whoever uses HttpService raw gets the text. ApiClient promises JSON.
    if (plan === undefined) return reply.body.toString('utf8');
    throw error instanceof NotJson ? unusable(call, reply, error.message) : error;
  }
};

const unusable = (call: Call, { status }: Reply, reason: string): UpstreamError =>
  callError(call, { code: 'upstream_invalid_answer', reason, status, transient: false });
