import { describe, expect, it } from '@jest/globals';
import { pairRounds } from '../../../bench/comparison/ratio.ts';

describe('a ratio', () => {
  it('is the median of what each round says by itself', () => {
    expect(pairRounds([400, 100, 300], [100, 50, 100])).toEqual({
      rounds: [4, 2, 3],
      median: 3,
      doubts: [expect.anything()],
    });
  });

  it('stands when a machine that slows down slows both', () => {
    const { median, doubts } = pairRounds([4_000, 1_000, 2_000], [1_000, 250, 500]);
    expect([median, doubts]).toEqual([4, []]);
  });

  it('stands when its rounds disagree by just 1.5', () => {
    expect(pairRounds([100, 150], [100, 100]).doubts).toEqual([]);
  });

  it('is refused when its rounds disagree by more, and says by how much', () => {
    expect(pairRounds([100, 151], [100, 100]).doubts).toEqual([expect.stringContaining('× 1.00 to × 1.51')]);
  });

  it('is refused when a round had no answer', () => {
    expect(pairRounds([100, 100], [100, 0]).doubts).toHaveLength(1);
  });
});
