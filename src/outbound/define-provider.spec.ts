import { describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../test/support/with-environment.ts';
import { defineProvider } from './define-provider.ts';

describe('defineProvider', () => {
  it.each(['', 'PokeApi', 'poke_api', 'poke api', '1poke', '-poke', 'poke.api', 'poké', 'a'.repeat(64), 'a\n'])(
    'refuses the name %j',
    (name) =>
      expect(() => defineProvider(name, {})).toThrow(new TypeError(`Provider name "${name}": use a-z, 0-9 and dashes`)),
  );

  it('reads each option from the environment, then from the code, then from its default', () =>
    withEnvironment({ SEA_WALL_2_ATTEMPT_TIMEOUT_MS: '700', SEA_WALL_2_URL: 'https://sea.example/v2' }, async () => {
      const { config } = defineProvider('sea-wall-2', {
        baseUrl: 'https://code.example',
        attemptTimeoutMs: 800,
        maxAttempts: 2,
      });
      expect(config()).toMatchObject({
        baseUrl: 'https://sea.example/v2',
        attemptTimeoutMs: 700,
        maxAttempts: 2,
        backoffCapMs: 20_000,
      });
    }));

  it('is switched off by its URL', () =>
    withEnvironment({ QUAY_URL: 'off' }, async () => {
      const { config } = defineProvider('quay', { baseUrl: 'https://code.example' });
      expect(config().baseUrl).toBeUndefined();
    }));

  it('refuses to be read when a value cannot be right, whoever gave it', async () => {
    const { config } = defineProvider('pier', { maxAttempts: 0 });
    expect(() => config()).toThrow('PIER_MAX_ATTEMPTS=0: give a whole number from 1 to 10');
    await withEnvironment({ PIER_MAX_ATTEMPTS: '1', PIER_URL: 'https://ada:s3cret@pier.example' }, async () => {
      expect(() => config()).toThrow('PIER_URL=[redacted]: give an absolute');
    });
    // Read soundly once, so that it is no problem of later sections.
    await withEnvironment({ PIER_MAX_ATTEMPTS: '1' }, async () => expect(config().maxAttempts).toBe(1));
  });

  it('refuses to be read when values do not go together', () =>
    withEnvironment({ JETTY_ATTEMPT_TIMEOUT_MS: '5000', JETTY_CALL_DEADLINE_MS: '1000' }, async () => {
      const { config } = defineProvider('jetty', {});
      expect(() => config()).toThrow('JETTY_ATTEMPT_TIMEOUT_MS=5000: must not exceed JETTY_CALL_DEADLINE_MS=1000');
    }));

  it('leaves its operations as they were declared', () => {
    const operations = { createThing: { method: 'POST', idempotencyKey: true } } as const;
    expect(defineProvider('mole', { operations })).toMatchObject({ name: 'mole', operations });
  });
});
