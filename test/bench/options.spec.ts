import { describe, expect, it } from '@jest/globals';
import { readOptions, type BenchOptions } from '../../bench/options.ts';
import { absent, fakeWorkloads } from './fake-workloads.ts';

const read = (line: string): BenchOptions => readOptions(line.split(' ').filter(Boolean), fakeWorkloads);

const chosen = (line: string): string[] =>
  read(line).choices.map(({ workload, subjects }) =>
    [workload.name, ...subjects.map((subject) => subject.name)].join(' '),
  );

describe('the options of the benchmark', () => {
  it('have defaults: short rounds, and 64 connections', () => {
    expect(read('')).toMatchObject({ isFull: false, rounds: 5, secondsPerRound: 1, connections: 64 });
    expect(read('').jsonFile).toBeUndefined();
  });

  it('make a full run longer, unless its rounds are named', () => {
    expect(read('--full')).toMatchObject({ isFull: true, secondsPerRound: 2 });
    expect(read('--full --seconds 7').secondsPerRound).toBe(7);
  });

  it.each([
    ['', ['first quick']],
    ['--full', ['first quick slow', 'second slow']],
    ['--workload second', ['second slow']],
    ['--workload first,second --only slow', ['first slow', 'second slow']],
    ['--only slow', ['first slow']],
    ['--full --only slow', ['first slow', 'second slow']],
  ])('choose by %p what is measured', (line, expected) => {
    expect(chosen(line)).toEqual(expected);
  });

  it('know what this machine lacks', () => {
    expect(read('').choices[0]?.lacking).toEqual([absent]);
  });

  it.each([
    ['--workload fourth', "--workload names 'fourth': choose from first, second, third"],
    ['--only nobody', "--only names 'nobody': choose from quick, slow, absent"],
    ['--only quick --workload second', 'name other workloads'],
    ['--only absent', 'absent: it is not installed here'],
    ['--rounds 1', "--rounds is '1': give a whole number from 2 to 100"],
    ['--rounds many', 'a whole number'],
    ['--seconds 0', 'from 1 to 60'],
    ['--seconds 1.5', 'from 1 to 60'],
    ['--connections 2000', 'from 1 to 1024'],
    ['--quick', '--quick'],
    ['uncached', 'uncached'],
  ])('refuse %s with the remedy', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });
});
