import { describe, expect, it } from '@jest/globals';
import type { LogLevel } from '../server.config.ts';
import { audit } from './audit.ts';
import { createLog } from './create-log.ts';

const write = (level: LogLevel) => {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  audit(log, { operatorAction: 'DELETE /ops/cache' }, 'An operator acted');
  return { log, lines };
};

describe('what an operator does', () => {
  it.each<LogLevel>(['trace', 'info', 'warn', 'error', 'fatal', 'silent'])(
    'is logged at level %s, which stays',
    (level) => {
      const { log, lines } = write(level);
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { level: 'warn', operatorAction: 'DELETE /ops/cache', msg: 'An operator acted' },
      ]);
      expect(log.level).toBe(level);
    },
  );
});
