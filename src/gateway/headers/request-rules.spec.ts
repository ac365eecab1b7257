import { describe, expect, it } from '@jest/globals';
import { buildIncoming, buildRequestOptions } from '../../../test/support/build-incoming.ts';
import type { HeaderRules } from '../routes/route-options.ts';
import { compileRequestHeaders } from './request-headers.ts';

type Fields = Parameters<typeof buildIncoming>[0];

const pass = (rules: Partial<HeaderRules>, fields: Fields = []) => {
  const headers = { set: {}, add: {}, remove: [], ...rules };
  const options = buildRequestOptions({ headers, forward: ['cookie'] });
  return compileRequestHeaders(options, { routeName: 'poke' })(buildIncoming(fields, { hasBody: true }));
};

describe('the rules of a route', () => {
  it.each(['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade'])(
    'do not frame: %s',
    (name) => {
      const rules = { set: { [name]: '666' }, add: { [name]: '667' } };
      expect(JSON.stringify(pass(rules, [['Content-Length', '5']]))).not.toMatch(/66[67]/);
      expect(pass({ remove: [name] }, [['Content-Length', '5']])).toHaveProperty('content-length', '5');
    },
  );

  it('take away what came, and what would be ours', () => {
    const passed = pass({ remove: ['x-debug', 'via', 'x-request-id'] }, [
      ['X-Debug', '1'],
      ['x-debug', '2'],
    ]);
    expect(passed['x-debug']).toBeUndefined();
    // Without a value, and yet there: nobody after us fills it in.
    expect(Object.entries(passed)).toEqual(
      expect.arrayContaining([
        ['via', undefined],
        ['x-request-id', undefined],
      ]),
    );
  });

  it('say something in place of all that came, a second one as well', () => {
    expect(
      pass({ set: { 'x-from': 'us' } }, [
        ['X-From', 'a'],
        ['x-from', 'b'],
      ])['x-from'],
    ).toBe('us');
    expect(pass({ set: { host: 'other.example' } }, [['Host', 'us.example']])['host']).toBe('other.example');
    expect(pass({ set: { authorization: 'Basic ours' } }, [['Authorization', 'theirs']])['authorization']).toBe(
      'Basic ours',
    );
  });

  it('say something beside what came', () => {
    const add = { 'x-a': '9' };
    expect(pass({ add })['x-a']).toBe('9');
    expect(pass({ add }, [['X-A', '1']])['x-a']).toEqual(['1', '9']);
    expect(
      pass({ add }, [
        ['X-A', '1'],
        ['X-A', '2'],
      ])['x-a'],
    ).toEqual(['1', '2', '9']);
  });

  it('add to a Cookie within it', () => {
    expect(pass({ add: { cookie: 'b=2' } }, [['Cookie', 'a=1']])['cookie']).toBe('a=1; b=2');
  });

  it('take away before they add', () => {
    expect(pass({ remove: ['x-a'], add: { 'x-a': '9' } }, [['X-A', '1']])['x-a']).toBe('9');
  });
});
