import { describe, expect, it } from '@jest/globals';
import { describeUnreachable, withinReach } from './within-reach.ts';

describe('reach', () => {
  it('sorts addresses', () =>
    expect(withinReach(['a', 'b', 'c'], (address) => address !== 'b')).toEqual({
      reachable: ['a', 'c'],
      unreachable: ['b'],
    }));

  it('says nothing of nothing', () => expect(describeUnreachable([])).toBeUndefined());

  it('names three addresses at most', () =>
    expect(describeUnreachable(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'])).toBe(
      'calls must not go to 10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more; if they are your own, say network: private',
    ));
});
