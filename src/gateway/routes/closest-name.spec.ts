import { describe, expect, it } from '@jest/globals';
import { closestName } from './closest-name.ts';

const NAMES = ['name', 'match', 'maxBytes', 'allowEncodedSlashes', 'set'];

describe('closestName', () => {
  it.each(['x', 'na', 'foo', 'upstream', '', 'nothing', 'maxBytesOfAll'])('knows nothing near %j', (written) =>
    expect(closestName(written, NAMES)).toBeUndefined(),
  );

  it.each([
    ['nmae', 'name'],
    ['Name', 'name'],
    ['names', 'name'],
    ['mach', 'match'],
    ['maxbytes', 'maxBytes'],
    ['maxByte', 'maxBytes'],
    ['allowEncodedSlash', 'allowEncodedSlashes'],
    ['sets', 'set'],
  ])('takes %j for %s', (written, meant) => expect(closestName(written, NAMES)).toBe(meant));

  it('takes the nearest', () => expect(closestName('mane', ['lane', 'mate', 'mane2', 'name'])).toBe('lane'));

  it('is quick with long text', () => expect(closestName('a'.repeat(1_000_000), NAMES)).toBeUndefined());
});
