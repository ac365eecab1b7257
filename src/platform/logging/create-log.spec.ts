import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { createLog } from './create-log.ts';

const TOKEN = 'q7VtX2mKr9zLw4';

/** As HTTP libraries throw them: with the request, its headers included. */
const requestError = (): Error =>
  Object.assign(new Error(`Request failed with Bearer ${TOKEN}`), {
    config: { headers: { authorization: `Bearer ${TOKEN}` } },
    toJSON: () => ({ headers: { authorization: `Bearer ${TOKEN}` } }),
  });

describe('the log', () => {
  it('lets through no credential of an error, wherever the error stands', () => {
    const { log, lines } = captureLog();
    log.error({ error: requestError() }, 'It failed');
    log.error({ err: requestError() }, 'It failed');
    log.error(requestError(), 'It failed');
    log.error(requestError());
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(TOKEN);
  });

  it('writes one line of JSON with level, time, fields and message', () => {
    const { log, lines } = captureLog();
    log.warn({ provider: 'fixture' }, 'It is slow');
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      provider: 'fixture',
      msg: 'It is slow',
    });
  });

  it('writes nothing below its level', () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => void lines.push(line) });
    log.info({}, 'It is well');
    expect([lines, log.isLevelEnabled('info'), log.isLevelEnabled('warn')]).toEqual([[], false, true]);
  });
});
