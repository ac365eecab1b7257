import { Readable } from 'node:stream';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Clock } from '../../platform/clock.ts';
import { isThenable } from '../../platform/is-thenable.ts';
import type { CacheEntry } from '../cache/cache-entry.ts';
import type { CacheOutcome } from '../cache/cache-outcome.ts';
import { deepFreeze } from '../cache/deep-freeze.ts';
import type { ContractWatch } from '../contract/contract-watch.ts';
import { toStatusError, unusableAnswer } from '../errors/answer-errors.ts';
import { isRedirect, toFailureCode } from '../errors/status-failure.ts';
import type { ExplainFailure } from '../define-provider.ts';
import type { Provider } from '../provider.ts';
import type { Call, Reply } from './call.ts';
import type { CallPlan } from './call-plan.ts';
import { checkAnswer, type Answer } from './check-answer.ts';
import { NotJson, parseJson } from './json.ts';
import { readTogether } from './read-together.ts';
import { toCall } from './to-call.ts';
import type { WholeAnswer } from './whole-answer.ts';

/** Stands behind an axios instance: all that goes through that instance goes through the provider's pipeline. */
export const pipelineAdapter =
  (provider: Provider, clock: Clock): AxiosAdapter =>
  async (config) => {
    const call = toCall(provider, config, clock);
    const parts = { clock, explain: provider.explainFailure, watch: provider.contract };
    const reply = await provider.send({ ...call, read: (answer) => read(call, config, { answer, ...parts }) });
    return toResponse(config, reply);
  };

/** By its operation, unless the request says otherwise: `null` accepts any status. */
const isUsable = ({ operation }: Call, { validateStatus }: InternalAxiosRequestConfig, status: number): boolean =>
  validateStatus === undefined
    ? toFailureCode(status, operation) === undefined
    : validateStatus === null || validateStatus(status);

interface Reading {
  readonly answer: Reply;
  readonly clock: Clock;
  readonly explain: ExplainFailure;
  readonly watch: ContractWatch;
}

const read = (call: Call, config: InternalAxiosRequestConfig, reading: Reading): unknown => {
  const { answer } = reading;
  const { plan } = config;
  const schema = plan?.options.schema;
  // A part is no more than itself.
  const stored = answer.status === answer.stored?.status ? answer.stored : undefined;
  const known = stored?.parsed;
  if (schema && known?.schema === schema) return known.value;
  if (!isUsable(call, config, answer.status)) throw toStatusError(call, answer, reading);
  const toValue = (): unknown => (plan?.options.whole ? toWhole(call, config, answer) : toData(call, config, answer));
  if (!schema) return toValue();
  const check = (): unknown =>
    checkOnce(schema, { call, data: toValue(), status: answer.status, ...toWatching(reading, plan) }, stored);
  return call.operation.collapse && stored === undefined ? readTogether(answer, schema, check) : check();
};

/** What comes from the store was looked at when it came, and what is broken when it was to be kept. */
const toWatching = ({ answer, watch }: Reading, plan: CallPlan | undefined): Pick<Answer, 'watch' | 'isWhole'> => {
  const isKnown = answer.broken !== undefined || (answer.cache !== undefined && toSource(answer.cache) === 'store');
  return { watch: isKnown ? undefined : watch, isWhole: plan?.options.whole };
};

/** Only an answer that the upstream was asked for has been forwarded, or confirmed. */
const toSource = ({ fwd, fwdStatus }: CacheOutcome): 'store' | 'upstream' =>
  fwd === undefined && fwdStatus === undefined ? 'store' : 'upstream';

const toWhole = (call: Call, config: InternalAxiosRequestConfig, reply: Reply): WholeAnswer => {
  const { status, headers } = reply;
  return { status, headers, body: isRedirect(status) ? undefined : toData(call, config, reply) };
};

/** Checks an answer; what is stored remembers what became of it, frozen, for everybody who asks with the same schema. */
const checkOnce = (schema: StandardSchemaV1, answer: Answer, stored: CacheEntry | undefined): unknown => {
  const checked = checkAnswer(schema, answer);
  if (stored === undefined) return checked;
  const remember = (value: unknown): unknown => {
    stored.parsed = { schema, value: deepFreeze(value) };
    return value;
  };
  return isThenable(checked) ? Promise.resolve(checked).then(remember) : remember(checked);
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
  // A copy of what is stored: bytes cannot be frozen.
  const toBytes = (): Buffer => (reply.stored ? Buffer.from(reply.body) : reply.body);
  if (responseType === 'arraybuffer') return toBytes();
  if (responseType === 'stream') return Readable.from([toBytes()]);
  if (responseType === 'text') return reply.body.toString('utf8');
  try {
    return parseJson(reply);
  } catch (error) {
    // As axios does: whoever uses HttpService raw gets the text. ApiClient promises JSON.
    if (plan === undefined) return reply.body.toString('utf8');
    throw error instanceof NotJson ? unusableAnswer(call, reply, error.message) : error;
  }
};
