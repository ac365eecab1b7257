import type { Duplex } from 'node:stream';
import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import { IdleWatch } from './idle-watch.ts';

export interface TunnelParts {
  readonly caller: Duplex;
  /** What the caller has sent already. */
  readonly callerHead: Buffer;
  readonly upstream: Duplex;
  /** Longest that nothing is said either way, in ms. */
  readonly idleMs: number;
  readonly clock: Clock;
  /** Ends it at once. */
  readonly signal?: CancelSignal;
}

/** `ended`: both sides said so. `failed`: one broke off. `aborted`: by `close` or the signal. */
export type TunnelEnd = 'ended' | 'idle' | 'failed' | 'aborted';

export interface TunnelReport {
  readonly reason: TunnelEnd;
  /** Bytes from the caller to the upstream. */
  readonly sent: number;
  /** Bytes from the upstream to the caller. */
  readonly received: number;
}

export interface Tunnel {
  /** Never rejects. When it resolves both sides are closed, and no listener and no timer is left. */
  readonly closed: Promise<TunnelReport>;
  close(): void;
}

/** Joins two connections: what one side says the other hears, as fast as it listens, and so for the end of what it says. */
export const openTunnel = (parts: TunnelParts): Tunnel => {
  const { caller, callerHead, upstream, idleMs, clock, signal } = parts;
  const closed = Promise.withResolvers<TunnelReport>();
  let reason: TunnelEnd = 'ended';
  let open = 2;
  const end = (why: TunnelEnd): void => {
    if (reason === 'ended') reason = why;
    caller.destroy();
    upstream.destroy();
  };
  const abort = (): void => end('aborted');
  const watch = new IdleWatch(clock, idleMs, () => end('idle'));
  const onClosed = (isWhole: boolean): void => {
    if (!isWhole) end('failed');
    open -= 1;
    if (open > 0) return;
    watch.stop();
    signal?.removeEventListener('abort', abort);
    closed.resolve({ reason, sent: sent(), received: received() });
  };
  watch.expect();
  const sent = pour(caller, upstream, { head: callerHead, watch, onClosed });
  const received = pour(upstream, caller, { watch, onClosed });
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  return { closed: closed.promise, close: abort };
};

interface PourParts {
  /** Comes first. */
  readonly head?: Buffer;
  readonly watch: IdleWatch;
  /** @param isWhole it said all that it had to say, and so did we */
  readonly onClosed: (isWhole: boolean) => void;
}

/** One way, until `from` is closed. @returns how many bytes there were */
const pour = (from: Duplex, to: Duplex, { head, watch, onClosed }: PourParts): (() => number) => {
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    watch.expect();
    if (!to.write(chunk)) from.pause();
  };
  const onDrain = (): void => {
    watch.expect();
    from.resume();
  };
  const onEnd = (): void => {
    watch.expect();
    to.end();
  };
  const onClose = (): void => {
    from.off('data', onData).off('end', onEnd).off('close', onClose).off('error', ignore);
    to.off('drain', onDrain);
    onClosed(from.readableEnded && from.writableFinished);
  };
  // Else Node ends what is said to it when it has ended what it says.
  from.allowHalfOpen = true;
  from.on('data', onData).on('end', onEnd).on('close', onClose).on('error', ignore).resume();
  to.on('drain', onDrain);
  if (head && head.length > 0) onData(head);
  if (from.closed) queueMicrotask(onClose);
  return () => bytes;
};

/** Whoever fails is closed next. */
const ignore = (): void => undefined;
