import { once } from 'node:events';
import type { Redis } from 'ioredis';
import type { Clock } from '../platform/clock.ts';
import { withoutCredentials } from '../platform/logging/safe-text.ts';
import type { Log } from '../platform/logging/log.ts';
import type { Channel } from './channel.ts';
import { isThere, readLog } from './read-stream.ts';
import { readEntry, toStreamKey, type StreamEntry } from './stream-entries.ts';

/** Less than a silent connection is given, and the longest that a topic declared late waits. */
const BLOCK_MS = 2_000;
const BATCH = 200;
const PAUSE_MS = 1_000;

interface ReaderParts {
  /** A connection of its own: it is blocked most of the time. */
  readonly redis: Redis;
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: () => readonly Channel[];
  /** Something was read, if only where the streams stand. */
  readonly onRead: () => void;
}

/** Reads the streams of all topics, from where they stood when it began, and goes on after an outage where it was. */
export class StreamReader {
  /** The last entry read, by topic. */
  readonly #cursors = new Map<Channel, string>();
  /** Whether the streams go on where they were left. */
  #isSure = false;
  #isLost = false;
  #isClosed = false;

  constructor(private readonly parts: ReaderParts) {}

  /** Whether it knows where the stream of that topic stands. */
  follows(channel: Channel): boolean {
    return this.#cursors.has(channel);
  }

  /** Reads until it is closed. Never rejects. */
  async run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.connected();
        await this.findPlaces();
        await this.read();
      } catch (error) {
        if (this.#isClosed) return;
        this.#isSure = false;
        this.lose(error as Error | undefined);
        if (this.parts.redis.status === 'ready') await this.pause();
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    this.parts.redis.disconnect();
  }

  /** What refuses without being away would be asked as fast as it can refuse. */
  private pause(): Promise<void> {
    return new Promise((resolve) => void this.parts.clock.schedule(resolve, PAUSE_MS));
  }

  private async connected(): Promise<void> {
    const { redis } = this.parts;
    if (redis.status !== 'ready') await once(redis, 'ready');
  }

  private async findPlaces(): Promise<void> {
    for (const channel of this.parts.channels()) {
      const cursor = this.#cursors.get(channel);
      const goesOn = cursor !== undefined && (this.#isSure || (await isThere(this.parts.redis, channel.topic, cursor)));
      if (!goesOn) await this.begin(channel);
    }
    this.#isSure = true;
    this.recover();
    this.parts.onRead();
  }

  /** Whoever listens hears that something may be missing. */
  private async begin(channel: Channel): Promise<void> {
    const { events, cursor } = await readLog(this.parts.redis, channel.topic);
    this.#cursors.set(channel, cursor);
    channel.restart(events);
  }

  private async read(): Promise<void> {
    const followed = [...this.#cursors];
    const keys = followed.map(([{ topic }]) => toStreamKey(topic.name));
    const ids = followed.map(([, cursor]) => cursor);
    const { redis } = this.parts;
    const read = await redis.xread('COUNT', BATCH, 'BLOCK', BLOCK_MS, 'STREAMS', ...keys, ...ids);
    for (const [key, entries] of read ?? []) {
      const [channel] = followed[keys.indexOf(key)]!;
      await this.take(channel, entries);
    }
    if (read) this.parts.onRead();
  }

  private async take(channel: Channel, entries: readonly StreamEntry[]): Promise<void> {
    const { topic } = channel;
    // A stream is trimmed when it is long: then some between the cursor and these may have gone unread.
    const isLong = entries.length === BATCH;
    if (isLong && !(await isThere(this.parts.redis, topic, this.#cursors.get(channel)!))) return this.begin(channel);
    this.#cursors.set(channel, entries.at(-1)![0]);
    for (const entry of entries) {
      const event = readEntry(topic, entry);
      if (event) channel.tell(event);
    }
  }

  private lose(error: Error | undefined): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const reason = withoutCredentials(error?.message || 'unknown');
    this.parts.log.warn({ reason }, 'Redis cannot be read: live updates wait until it is back');
  }

  private recover(): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.parts.log.info({}, 'Redis can be read again: live updates go on');
  }
}
