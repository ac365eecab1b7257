import { SystemClock } from '../../src/platform/clock.ts';
import { RedisConnections } from '../../src/platform/redis/redis-connections.ts';
import { Secret } from '../../src/platform/secret.ts';
import { RedisHub } from '../../src/realtime/redis-hub.ts';
import { captureLog } from '../support/captured-log.ts';
import { OPEN, OWNED, type HubsUnderTest } from './event-hub-under-test.ts';

/** Two instances on one Redis. */
export const openEventHubs = (url: string): HubsUnderTest => {
  const { log, lines } = captureLog();
  const instances = [0, 1].map(() => {
    const connections = new RedisConnections({ url: new Secret(url) }, new SystemClock());
    const hub = new RedisHub(connections, new SystemClock(), log);
    for (const topic of [OPEN, OWNED]) hub.declare(topic);
    return { hub, connections };
  });
  const close = async (): Promise<void> => {
    for (const { hub } of instances) hub.beforeApplicationShutdown();
    await Promise.all(instances.map(({ connections }) => connections.onApplicationShutdown()));
  };
  return { one: instances[0]!.hub, other: instances[1]!.hub, logLines: lines, close };
};
