import { describe, expect, it } from '@jest/globals';
import { toRequestToken } from './request-token.ts';

const REQUEST = {
  caller: { issuer: 'https://login.example.com', subject: 'ada', clientId: 'web' },
  operation: 'rerun workflow',
  id: '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f',
  key: 'key-1',
};
const { clientId: _web, ...nobodysClient } = REQUEST.caller;

describe('the token of a request', () => {
  it.each([
    ['issuer', { ...REQUEST, caller: { ...REQUEST.caller, issuer: 'https://login.example.org' } }],
    ['user', { ...REQUEST, caller: { ...REQUEST.caller, subject: 'grace' } }],
    ['client', { ...REQUEST, caller: { ...REQUEST.caller, clientId: 'app' } }],
    ['client, being none', { ...REQUEST, caller: nobodysClient }],
    ['operation', { ...REQUEST, operation: 'rebuild pipeline' }],
    ['target', { ...REQUEST, id: '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e30' }],
    ['key', { ...REQUEST, key: 'key-2' }],
    ['border between two of them', { ...REQUEST, operation: 'rerun workflo', id: `w${REQUEST.id}` }],
  ])('is another one for another %s', (_what, other) => {
    expect(toRequestToken(other)).not.toBe(toRequestToken(REQUEST));
  });

  it('is the same for the same request, and stays so', () => {
    expect(toRequestToken({ ...REQUEST })).toBe('33479cfb-c919-8af2-8d4f-1fc3432820d7');
  });

  it('is a UUID of version 8, whatever it is made of, and shows nothing of the key', () => {
    for (let index = 0; index < 200; index += 1) {
      const token = toRequestToken({ ...REQUEST, key: `key-${index}` });
      expect(token).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });
});
