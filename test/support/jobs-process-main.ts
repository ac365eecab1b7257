import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ApiClient } from '../../src/outbound/index.ts';
import type { BackgroundCalls } from '../../src/jobs/background-calls.ts';
import type { CallRecord } from '../../src/jobs/call-record.ts';
import type { JobsRequest, KeptCall, Probe, ToldByJobs } from './jobs-process.ts';

// Run by `jobs-process.ts`, by plain Node, over what was built: decorators are called by hand.

const load = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as T;

const outbound = await load<typeof import('../../src/outbound/index.ts')>('outbound/index.js');
const { AppModule } = await load<typeof import('../../src/app.module.ts')>('app.module.js');
const jobs = await load<typeof import('../../src/jobs/background-calls.ts')>('jobs/background-calls.js');
const { CallWorker } = await load<typeof import('../../src/jobs/call-worker.ts')>('jobs/call-worker.js');

/** Long enough for a kill to come in between. */
const ANSWER_AFTER_MS = 100;
const PAGE = 100;

class ProbeInput {}

/** Writes at the fault server. */
class Probes {
  readonly #client: ApiClient;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  keyed(probe: Probe, { callId }: { readonly callId: string }): Promise<object> {
    return this.#send(probe, { 'idempotency-key': callId });
  }

  unkeyed(probe: Probe): Promise<object> {
    return this.#send(probe, {});
  }

  async #send({ fault, nth }: Probe, headers: Readonly<Record<string, string>>): Promise<object> {
    const path = outbound.path`/${fault}/${nth}`;
    await this.#client.post(path, { headers, query: { ms: ANSWER_AFTER_MS }, body: { nth } });
    return { nth };
  }
}

const declare = (method: 'keyed' | 'unkeyed', repeatable: 'always' | 'never'): void => {
  const descriptor = Object.getOwnPropertyDescriptor(Probes.prototype, method)!;
  const options = { name: `probe.${method}`, input: ProbeInput, access: 'internal', repeatable } as const;
  outbound.BackgroundOperation(options)(Probes.prototype, method, descriptor);
};

declare('keyed', 'always');
declare('unkeyed', 'never');
Inject(outbound.ApiClient)(Probes, undefined, 0);
Injectable()(Probes);

class ProbedModule {}
const provider = outbound.OutboundModule.forProvider(outbound.defineProvider('probe', {}));
Module({ imports: [AppModule, provider], providers: [Probes] })(ProbedModule);

const listAll = async (calls: BackgroundCalls): Promise<KeptCall[]> => {
  const kept: KeptCall[] = [];
  for (let position: Parameters<BackgroundCalls['list']>[0]['position']; ;) {
    const { items, next } = await calls.list({ limit: PAGE, position });
    kept.push(...items.map(({ value }) => toKept(value)));
    if (next === null) return kept;
    position = next;
  }
};

const toKept = ({ id, operation, state, input }: CallRecord): KeptCall => ({
  id,
  operation,
  state,
  probe: input as Probe,
});

const isIdle = async (calls: BackgroundCalls): Promise<boolean> => {
  const pages = await Promise.all((['queued', 'running'] as const).map((state) => calls.list({ state, limit: 1 })));
  return pages.every(({ items }) => items.length === 0);
};

const answerTo = async (calls: BackgroundCalls, request: JobsRequest): Promise<unknown> => {
  if (request.kind === 'list') return listAll(calls);
  if (request.kind === 'is-idle') return isIdle(calls);
  const { operation, probe: input } = request;
  return (await calls.submit({ operation, input, owner: null })).id;
};

const tell = (told: ToldByJobs): void => void process.send?.(told);

const app = await NestFactory.createApplicationContext(ProbedModule, { logger: false, abortOnError: false });
const calls = app.get(jobs.BackgroundCalls, { strict: false });
if (process.env['WORKS'] === 'yes') await app.get(CallWorker, { strict: false }).start();

process.on('message', (request: JobsRequest) => {
  answerTo(calls, request).then(
    (answer) => tell({ nth: request.nth, answer }),
    (error: unknown) => tell({ nth: request.nth, failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
tell({ ready: true });
