import { join } from 'node:path';
import type { Comparison } from '../comparison/comparison.ts';
import { mappedCharizard } from '../questions/questions.ts';
import { startCollector } from '../servers/collector.ts';
import type { Subject } from '../servers/program.ts';
import { app } from '../subjects/app.ts';
import { upstreamFor } from '../upstreams/by-node.ts';

/** Its log goes to a file, as under a supervisor: a line for each request. */
const logging: Subject = {
  ...app,
  env: { ...app.env, LOG_LEVEL: 'info' },
  prepare: ({ folder }) => Promise.resolve({ stdoutFile: join(folder, 'app.log') }),
};

/** Also sends a span for each request and each attempt to a collector. */
const tracing: Subject = {
  ...logging,
  prepare: async ({ folder }) => {
    const collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin, OTEL_TRACES_SAMPLER: 'always_on' };
    return { stdoutFile: join(folder, 'app.log'), env, cleanUp: collector.stop };
  },
};

/** Neither logs nor measures. */
const blind: Subject = { ...app, name: 'blind', env: { ...app.env, LOG_LEVEL: 'silent', OTEL_SDK_DISABLED: 'true' } };

const wanted = 0.9;
const uncached = { upstream: upstreamFor({ cacheControl: 'no-store' }), question: mappedCharizard };
const freshHit = { upstream: upstreamFor({ cacheControl: 'public, max-age=86400' }), question: mappedCharizard };

/** What it costs to see what happens. */
export const observed: readonly Comparison[] = [
  { ...uncached, name: 'observed', fullOnly: true, contenders: [{ subject: logging }, { subject: blind, wanted }] },
  { ...uncached, name: 'traced', fullOnly: true, contenders: [{ subject: tracing }, { subject: blind, wanted }] },
  {
    ...freshHit,
    name: 'observed-hit',
    fullOnly: true,
    contenders: [
      { subject: logging, callsInAll: 1 },
      { subject: blind, wanted, callsInAll: 1 },
    ],
  },
];
