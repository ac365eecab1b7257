import { describe, expect, it } from '@jest/globals';
import { toFailedFinding } from '../../../bench/findings/results.ts';
import { toTargetsReport } from '../../../bench/findings/targets-report.ts';
import { throughput, weights } from '../fake-results.ts';

describe('the table of targets', () => {
  it('says of each what was measured, what is wanted, and whether it is so', () => {
    const report = toTargetsReport([throughput, weights]);
    expect(report).toMatch(/^uncached .*, against stock-nest +× 4\.94 +≥ 4\.5 +reached$/m);
    expect(report).toMatch(/^uncached .*more'<\/b> +– +≥ 0\.8 +refused$/m);
    expect(report).toMatch(/^memory, per connection +30 KB +≤ 15 KB +missed$/m);
  });

  it('names what could not be measured', () => {
    expect(toTargetsReport([toFailedFinding('herd', 'it ended')])).toMatch(/^herd +– +not measured$/m);
  });

  it('is empty when nothing is wanted', () => {
    expect(toTargetsReport([{ ...weights, targets: [] }])).toBe('');
  });
});
