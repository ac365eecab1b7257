import { describe, expect, it } from '@jest/globals';
import type { Comparison } from '../../../bench/comparison/comparison.ts';
import { readProfileOptions, type ProfileOptions } from '../../../bench/profile/options.ts';
import { mappedCharizard } from '../../../bench/questions/questions.ts';
import { upstreamFor } from '../../../bench/upstreams/by-node.ts';
import { quick, slow } from '../fake-workloads.ts';

const upstream = upstreamFor({ cacheControl: 'no-store' });
const elsewhere = { ...slow, name: 'elsewhere', command: ['/usr/sbin/elsewhere'] as const };
const comparisons: readonly Comparison[] = [
  { name: 'uncached', upstream, question: mappedCharizard, contenders: [{ subject: quick }, { subject: slow }] },
  { name: 'other', upstream, question: mappedCharizard, contenders: [{ subject: elsewhere }, { subject: slow }] },
];

const read = (line: string): ProfileOptions => readProfileOptions(line.split(' ').filter(Boolean), comparisons);

describe('the options of a profile', () => {
  it('have defaults', () => {
    expect(read('')).toEqual({ comparison: comparisons[0], subject: quick, seconds: 8 });
  });

  it('choose what is looked at, and for how long', () => {
    expect(read('--workload uncached --subject slow --seconds 60')).toMatchObject({ subject: slow, seconds: 60 });
  });

  it('pass by what is no program of Node', () => {
    expect(read('--workload other').subject).toBe(slow);
    expect(() => read('--workload other --subject elsewhere')).toThrow('choose from slow');
  });

  it.each([
    ['--workload herd', "--workload names 'herd': choose from uncached, other"],
    ['--subject nobody', "--subject names 'nobody': choose from quick, slow"],
    ['--seconds 0', "--seconds is '0': give a whole number from 1 to 60"],
    ['--seconds 61', 'from 1 to 60'],
    ['--seconds soon', 'from 1 to 60'],
    ['--rounds 2', '--rounds'],
    ['uncached', 'uncached'],
  ])('refuse %s with the remedy', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });
});
