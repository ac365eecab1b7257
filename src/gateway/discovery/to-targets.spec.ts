import { describe, expect, it } from '@jest/globals';
import { MAX_SERVERS } from './found-servers.ts';
import { toTargets } from './to-targets.ts';

const record = (name: string, rest: object = {}) =>
  ({ name, port: 80, weight: 1, priority: 0, type: 'SRV', ...rest }) as const;

describe('the targets of SRV records', () => {
  it.each(['', '.', 'a b', 'a@b', 'a/b', 'a:1', '[::1]', 'a..b', 'ü.test', `${'a'.repeat(64)}.test`, 'a.'.repeat(130)])(
    'do not include %j, which is no host',
    (name) => expect(toTargets([record(name)])).toEqual([]),
  );

  it('do not include one without a port', () => expect(toTargets([record('a.test', { port: 0 })])).toEqual([]));

  it('have their names in lower case, and come by priority', () =>
    expect(toTargets([record('B_1.Test', { priority: 9 }), record('a.test')])).toEqual([
      { host: 'a.test', port: 80, weight: 1, priority: 0 },
      { host: 'b_1.test', port: 80, weight: 1, priority: 9 },
    ]));

  it('have equal weights where all of a priority have none', () => {
    const some = [record('a.test', { weight: 0 }), record('b.test', { weight: 5 })];
    const none = [record('c.test', { weight: 0, priority: 1 }), record('d.test', { weight: 0, priority: 1 })];
    expect(toTargets([...some, ...none]).map(({ weight }) => weight)).toEqual([0, 5, 1, 1]);
  });

  it('are as many as may be used, the best of them', () => {
    const many = Array.from({ length: MAX_SERVERS }, (_, index) => record(`s${index}.test`, { priority: 1 }));
    const targets = toTargets([...many, record('best.test')]);
    expect([targets.length, targets[0]?.host]).toEqual([MAX_SERVERS, 'best.test']);
  });
});
