import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../test/support/captured-log.ts';
import { tellAll } from './tell-all.ts';

const fail = (): never => {
  throw new Error('no');
};

describe('tellAll', () => {
  it('tells the others too when one of them throws, and says so in the log', () => {
    const heard: number[] = [];
    const { log, lines } = captureLog();
    tellAll([(told: number) => void heard.push(told), fail, (told: number) => void heard.push(-told)], 1, log);
    expect(heard).toEqual([1, -1]);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'error', error: { message: 'no' } },
    ]);
  });

  it('does so without a log, too', () => {
    expect(() => tellAll([fail], 1, undefined)).not.toThrow();
  });
});
