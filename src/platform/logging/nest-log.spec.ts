import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { toNestLogger } from './nest-log.ts';

const TOKEN = 'q7VtX2mKr9zLw4';

/** As HTTP libraries throw them: with the request, its headers included. */
const requestError = (): Error =>
  Object.assign(new Error(`Request failed with Bearer ${TOKEN}`), {
    toJSON: () => ({ headers: { authorization: `Bearer ${TOKEN}` } }),
  });

describe('the log, as Nest and its libraries use it', () => {
  it('lets through no credential of an error, wherever the error stands', () => {
    const { log, lines } = captureLog();
    const logger = toNestLogger(log);
    logger.error(requestError(), 'Fixture');
    logger.error('It failed', requestError());
    logger.error('It failed', requestError().stack, 'Fixture');
    logger.warn(requestError());
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(TOKEN);
  });

  it('keeps context and message', () => {
    const { log, lines } = captureLog();
    toNestLogger(log).warn('It is slow', 'Fixture');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', context: 'Fixture', msg: 'It is slow' });
  });
});
