import { EventsModule } from '../../../src/features/events/events.module.ts';
import { EventHub } from '../../../src/realtime/event-hub.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { TestEventSource } from '../../support/event-source.ts';
import type { TestAppOptions } from '../../support/create-app.ts';
import { createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { ProbeTopicsModule } from './probe-topics.module.ts';

/** An application with topics to listen to, and those who do. */
export interface ListeningApp extends GuardedApp {
  readonly hub: EventHub;
  /** Whether or not it is connected, it is dropped at the end, if not by `dropAll`. */
  source(topic: string, options?: { readonly token?: string; readonly lastEventId?: string }): TestEventSource;
  publish(topic: string, data: unknown, owner?: string): Promise<void>;
  /** Breaks off all connections of sources. */
  dropAll(): Promise<void>;
}

export const createListeningApp = async ({
  override = (builder) => builder,
  ...rest
}: TestAppOptions = {}): Promise<ListeningApp> => {
  const app = await createGuardedApp({
    ...rest,
    imports: [EventsModule, ProbeTopicsModule],
    override: (builder) => override(withMemoryBackground(builder)),
  });
  const hub = app.app.get(EventHub);
  const sources: TestEventSource[] = [];
  const dropAll = async (): Promise<void> => void (await Promise.all(sources.splice(0).map((source) => source.drop())));
  return {
    ...app,
    hub,
    source: (topic, { token, ...options } = {}) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const source = new TestEventSource(`${app.url}/api/v1/events/${topic}`, { headers, ...options });
      sources.push(source);
      return source;
    },
    publish: (topic, data, owner) =>
      hub.publish(topic, { type: 'probe.changed', data, ...(owner === undefined ? {} : { owner }) }),
    dropAll,
    close: async () => {
      await dropAll();
      await app.close();
    },
  };
};
