import { noteHeard, noteStream } from './connection.ts';

interface Reactions {
  /** By the type of event, with its data. */
  readonly on: Readonly<Record<string, (data: never) => void>>;
  /** What was shown may be out of date: at the first connection, and whenever something may have been missed. */
  readonly startAnew: () => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listens to a topic, and goes on listening: where the browser gives up (any answer but 200), it is tried again, ever more
 * patiently. Returns what ends it.
 */
export const listen = (topic: string, { on, startAnew }: Reactions): (() => void) => {
  let source: EventSource;
  let lastEventId: string | undefined;
  let waitMs = FIRST_WAIT_MS;
  let timer: number | undefined;

  const connect = (): void => {
    clearTimeout(timer);
    const query = lastEventId === undefined ? '' : `?lastEventId=${encodeURIComponent(lastEventId)}`;
    source = new EventSource(`/api/v1/events/${topic}${query}`);
    source.onopen = () => {
      waitMs = FIRST_WAIT_MS;
      noteStream(topic, true);
      if (lastEventId === undefined) startAnew();
    };
    source.onerror = () => {
      noteStream(topic, false);
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused: whoever reads it anew will see why.
      startAnew();
      again();
    };
    source.addEventListener('reset', startAnew);
    for (const [type, react] of Object.entries(on)) source.addEventListener(type, hear(react));
  };
  const hear =
    (react: (data: never) => void) =>
    (event: MessageEvent<string>): void => {
      lastEventId = event.lastEventId;
      noteHeard();
      react(JSON.parse(event.data) as never);
    };
  const again = (): void => {
    source.close();
    timer = setTimeout(connect, waitMs * (0.5 + Math.random()));
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  };
  const reconnect = (): void => {
    source.close();
    connect();
  };

  noteStream(topic, false);
  connect();
  addEventListener('online', reconnect);
  return () => {
    removeEventListener('online', reconnect);
    clearTimeout(timer);
    source.close();
    noteStream(topic, undefined);
  };
};
