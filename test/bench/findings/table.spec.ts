import { describe, expect, it } from '@jest/globals';
import { toTable } from '../../../bench/findings/table.ts';

describe('a table', () => {
  it('has names to the left and figures to the right', () => {
    expect(
      toTable([
        ['', 'req/s'],
        ['app', '1'],
      ]),
    ).toBe('      req/s\napp       1');
  });

  it('leaves out a column of which there is but the header', () => {
    const rows = [
      ['', 'wanted', 'req/s'],
      ['app', '', '1'],
      ['nginx', '', '2'],
    ];
    expect(toTable(rows)).not.toContain('wanted');
    expect(toTable([...rows, ['haproxy', '≥ 1', '3']])).toContain('wanted');
  });
});
