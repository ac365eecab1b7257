import { describe, expect, it } from '@jest/globals';
import { format, inspect } from 'node:util';
import { Secret } from './secret.ts';

const VALUE = 's3cret-value';
const secret = new Secret(VALUE);

describe('Secret', () => {
  it.each([
    ['a template', () => `${secret}`],
    ['a concatenation', () => 'token: ' + String(secret)],
    ['JSON', () => JSON.stringify({ secret })],
    ['util.inspect', () => inspect(secret)],
    ['util.inspect of what holds it', () => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ['util.format', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error message', () => new Error(`wrong: ${secret}`).stack ?? ''],
    ['its own properties', () => JSON.stringify(Object.entries({ ...secret })) + '[redacted]'],
  ])('shows [redacted] in %s', (_place, print) => {
    expect(print()).toContain('[redacted]');
    expect(print()).not.toContain(VALUE);
  });

  it.each(['', VALUE.slice(0, -1), `${VALUE} `, VALUE.toUpperCase(), '[redacted]'])('does not equal %j', (candidate) =>
    expect(secret.equals(candidate)).toBe(false),
  );

  it('equals its value, and reveals it to who asks', () => {
    expect(secret.equals(VALUE)).toBe(true);
    expect(secret.reveal()).toBe(VALUE);
  });
});
