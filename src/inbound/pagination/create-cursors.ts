import type { Log } from '../../platform/logging/log.ts';
import type { RedisConnections } from '../../platform/redis/redis-connections.ts';
import type { ServerOptions } from '../../platform/server.config.ts';
import { Cursors } from './cursors.ts';

/** With a Redis there are most likely several instances, and a walk goes through all of them: warns when that fails. */
export const createCursors = (
  { cursorSecret }: Pick<ServerOptions, 'cursorSecret'>,
  log: Log,
  { isConfigured }: Pick<RedisConnections, 'isConfigured'>,
): Cursors => {
  if (isConfigured && cursorSecret === undefined)
    log.warn(
      {},
      'Cursors of lists are good at the instance that gave them out only, and until it stops: set CURSOR_SECRET, the same for all',
    );
  return new Cursors(cursorSecret);
};
