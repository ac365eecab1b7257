import { describe, expect, it } from '@jest/globals';
import { isAbsent } from '../../outbound/index.ts';
import { toUuid } from './semaphore-id.ts';

const ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

describe('toUuid', () => {
  it('writes ids in lower case', () => {
    expect(toUuid(ID.toUpperCase())).toBe(ID);
  });

  it.each([
    '',
    '7',
    'latest',
    ID.slice(1),
    `${ID}0`,
    ` ${ID}`,
    `${ID}\n`,
    `{${ID}}`,
    ID.replaceAll('-', ''),
    `${ID}/${ID}`,
  ])('knows that nothing is named %j', (id) => {
    let thrown: unknown;
    try {
      toUuid(id);
    } catch (error) {
      thrown = error;
    }
    expect(isAbsent(thrown)).toBe(true);
    expect(thrown).toMatchObject({ provider: 'semaphore', sent: false });
  });
});
