import { describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { ConfigError } from './config-error.ts';
import { defineConfig } from './define-config.ts';
import { WholeNumber } from './variables.ts';

class DepthOptions {
  @WholeNumber(1, 9)
  depth = 1;
}

const harbour = defineConfig('harbour', { type: DepthOptions, prefix: 'HARBOUR_' });
const lagoon = defineConfig('lagoon', { type: DepthOptions, prefix: 'LAGOON_' });

const errorOf = (section: () => unknown): unknown => {
  try {
    return section();
  } catch (error) {
    return error;
  }
};

describe('defineConfig', () => {
  it('refuses to be read with the problems of all sections in one message', () =>
    withEnvironment({ HARBOUR_DEPTH: 'deep', LAGOON_DEPTH: '10' }, async () => {
      const error = errorOf(harbour);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).message).toBe(
        [
          'The configuration has 2 problem(s):',
          '  HARBOUR_DEPTH="deep": give a whole number from 1 to 9',
          '  LAGOON_DEPTH=10: give a whole number from 1 to 9',
        ].join('\n'),
      );
    }));

  it('reads the environment of the moment', async () => {
    await withEnvironment({ HARBOUR_DEPTH: '4' }, async () => expect(harbour().depth).toBe(4));
    expect([harbour().depth, lagoon().depth]).toEqual([1, 1]);
  });
});
