import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createLog } from '../platform/logging/create-log.ts';
import { toNestLogger } from '../platform/logging/nest-log.ts';
import { ServerOptions, type LogLevel } from '../platform/server.config.ts';
import { LogLevels } from './log-levels.ts';

const open = (logLevel: LogLevel = 'info') => {
  const lines: string[] = [];
  const log = createLog(logLevel, { write: (line) => void lines.push(line) });
  const clock = new FakeClock();
  const levels = new LogLevels(Object.assign(new ServerOptions(), { logLevel }), log, clock);
  return { log, clock, levels, told: () => lines.splice(0).map((line) => JSON.parse(line) as object) };
};

const change = { level: 'warn', msg: 'The log level was changed' };

describe('LogLevels', () => {
  it('says what is logged as configured', () => {
    expect(open('error').levels.current).toEqual({ level: 'error' });
  });

  it('changes what is logged at once, what Nest says included, and tells who did it', () => {
    const { log, levels, told } = open();
    expect(levels.change('debug')).toEqual({ level: 'debug' });
    expect(told()).toEqual([
      { ...change, time: expect.any(String), logLevel: 'debug', before: 'info', by: 'an operator' },
    ]);
    log.debug({}, 'more');
    toNestLogger(log).log('Nest');
    expect(told()).toMatchObject([{ msg: 'more' }, { msg: 'Nest' }]);
    levels.change('error');
    told();
    log.warn({}, 'less');
    toNestLogger(log).warn('Nest');
    expect(told()).toEqual([]);
  });

  it.each(['error', 'fatal', 'silent'] as const)(
    'tells of it however little is logged before and after: %s',
    (level) => {
      const { levels, log, told } = open(level);
      levels.change('silent');
      expect(told()).toMatchObject([{ ...change, logLevel: 'silent', before: level }]);
      expect(log.isLevelEnabled('fatal')).toBe(false);
    },
  );

  it('goes back after the time that was set, and tells that', async () => {
    const { clock, levels, told } = open();
    const until = { at: clock.wallTime() + 60_000, level: 'info' };
    expect(levels.change('trace', 60)).toEqual({ level: 'trace', until });
    told();
    await clock.advance(59_999);
    expect(levels.current).toEqual({ level: 'trace', until });
    await clock.advance(1);
    expect(levels.current).toEqual({ level: 'info' });
    expect(told()).toMatchObject([{ ...change, logLevel: 'info', before: 'trace', by: 'the time set for it' }]);
  });

  it('goes back to what is to last, however often it is changed for a while', async () => {
    const { clock, levels } = open();
    levels.change('warn');
    levels.change('debug', 10);
    levels.change('trace', 20);
    expect(clock.pending).toBe(1);
    await clock.advance(10_000);
    expect(levels.current).toMatchObject({ level: 'trace', until: { level: 'warn' } });
    await clock.advance(10_000);
    expect(levels.current).toEqual({ level: 'warn' });
  });

  it('stays when it is changed for good meanwhile', async () => {
    const { clock, levels } = open();
    levels.change('trace', 10);
    levels.change('error');
    expect(clock.pending).toBe(0);
    await clock.advance(20_000);
    expect(levels.current).toEqual({ level: 'error' });
  });

  it('keeps no process from ending', () => {
    const { clock, levels } = open();
    levels.change('trace', 86_400);
    levels.onApplicationShutdown();
    expect(clock.pending).toBe(0);
  });
});
