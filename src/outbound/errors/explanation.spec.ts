import { describe, expect, it } from '@jest/globals';
import { toExplanation } from './explanation.ts';

describe('toExplanation', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    [' \r\n\t ', undefined],
    ['Job not found.', 'Job not found.'],
    ['  two\nlines\u2028and\u0000more  ', 'two lines and more'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['token 0a1b2c3d4e5f6a7b refused', 'token … refused'],
    ['workflow 6f0f9b7e-3c43-4c9e-8a3e-0d6d8f9c1b2a: gone', 'workflow … gone'],
    ['Bearer abcdefghijklmnopqrstuvwxyzabcdefgh', 'Bearer …'],
    ['ada@example.com may not', '… may not'],
    ['see https://ci.example/a', 'see …'],
    ['pipeline_definition_file is missing', 'pipeline_definition_file is missing'],
  ])('makes of %j: %j', (text, line) => expect(toExplanation(text)).toBe(line));

  it('is short, however much there was', () => {
    expect(toExplanation('no '.repeat(1_000_000))).toHaveLength(200);
  });
});
