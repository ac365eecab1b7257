import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GatewayOptions } from '../../src/gateway/gateway.config.ts';
import { WebhookOptions } from '../../src/features/subscriptions/webhooks.config.ts';
import { JobsOptions } from '../../src/jobs/jobs.config.ts';
import { CacheOptions } from '../../src/outbound/cache/cache.config.ts';
import { ProviderOptions } from '../../src/outbound/provider-options.ts';
import { EmbeddedOptions } from '../../src/platform/embedded/embedded.config.ts';
import { variablesOf, type Variable } from '../../src/platform/config/variables.ts';
import { RedisOptions } from '../../src/platform/redis/redis.config.ts';
import { ServerOptions } from '../../src/platform/server.config.ts';
import { TelemetryOptions } from '../../src/platform/telemetry/telemetry.config.ts';
import { SessionOptions } from '../../src/features/login/session.config.ts';
import { CmsOptions } from '../../src/providers/cms/cms-options.ts';
import { AuthorizationOptions } from '../../src/providers/authorization/authorization-options.ts';
import { SemaphoreOptions } from '../../src/providers/semaphore/semaphore-options.ts';
import { pokeApi } from '../../src/providers/pokeapi/pokeapi.provider.ts';
import { withEnvironment } from '../support/with-environment.ts';

interface Line {
  readonly name: string;
  readonly value: string;
  /** The line above it. */
  readonly above: string;
}

/** Those of a provider that it has for itself: what all providers have is said once, of PokeAPI. */
const ownVariablesOf = (type: abstract new () => object): Variable[] => {
  const ofAll = type === ProviderOptions ? [] : variablesOf(ProviderOptions);
  return variablesOf(type).filter((variable) => !ofAll.includes(variable));
};

/** What the application as a whole is told, each class with its prefix. */
const SECTIONS = [
  { type: ServerOptions, prefix: '' },
  { type: RedisOptions, prefix: 'REDIS_' },
  { type: EmbeddedOptions, prefix: '' },
  { type: JobsOptions, prefix: 'JOBS_' },
  { type: WebhookOptions, prefix: 'WEBHOOKS_' },
  { type: CacheOptions, prefix: 'CACHE_' },
  { type: SessionOptions, prefix: 'SESSION_' },
  { type: AuthorizationOptions, prefix: 'AUTH_' },
  { type: CmsOptions, prefix: 'CMS_' },
  { type: SemaphoreOptions, prefix: 'SEMAPHORE_' },
  { type: GatewayOptions, prefix: 'GATEWAY_' },
  { type: TelemetryOptions, prefix: 'OTEL_' },
];

const readLines = (): Line[] => {
  const text = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8').split('\n');
  return text.flatMap((line, index) => {
    const [, name, value] = /^([A-Z][A-Z\d_]*)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, above: text[index - 1] ?? '' }];
  });
};

const lines = readLines();
const isPokeApi = ({ name }: Line): boolean => name.startsWith('POKEAPI_');
const nameOf = ({ name, field }: Variable): string => name ?? field.replace(/[A-Z]/g, '_$&').toUpperCase();

/** What each line says and what the application does without it, by name. */
const compare = (of: readonly Line[], variables: readonly Variable[], defaults: object, prefix = '') =>
  variables.map((variable) => {
    const name = prefix + nameOf(variable);
    const value = of.find((line) => line.name === name)?.value;
    const real: unknown = Reflect.get(defaults, variable.field);
    const stated = value ? variable.parse(value) : Array.isArray(real) ? [] : undefined;
    return { name, stated, real };
  });

const nothingSet = Object.fromEntries(lines.map(({ name }) => [name, '']));

describe('.env.example', () => {
  it('names exactly the variables of the application', () => {
    const named = lines.filter((line) => !isPokeApi(line)).map(({ name }) => name);
    const existing = SECTIONS.flatMap(({ type, prefix }) =>
      ownVariablesOf(type).map((variable) => prefix + nameOf(variable)),
    );
    expect(named.toSorted()).toEqual(existing.toSorted());
  });

  it('names exactly the variables of a provider', () => {
    const named = lines.filter(isPokeApi).map(({ name }) => name);
    const existing = variablesOf(ProviderOptions).map((variable) => `POKEAPI_${nameOf(variable)}`);
    expect(named.toSorted()).toEqual(existing.toSorted());
  });

  it.each(SECTIONS)('states the defaults of the section $prefix', ({ type, prefix }) => {
    for (const { name, stated, real } of compare(lines, ownVariablesOf(type), new type(), prefix)) {
      expect({ name, default: stated }).toEqual({ name, default: real });
    }
  });

  it('states the defaults of PokeAPI', async () => {
    const defaults = await withEnvironment(nothingSet, () => Promise.resolve(pokeApi.config()));
    for (const { name, stated, real } of compare(lines, variablesOf(ProviderOptions), defaults, 'POKEAPI_')) {
      expect({ name, default: stated }).toEqual({ name, default: real });
    }
  });

  it('says a sentence about each variable', () => {
    for (const { name, above } of lines)
      expect({ name, above }).toEqual({ name, above: expect.stringMatching(/^# .+/) });
  });
});
