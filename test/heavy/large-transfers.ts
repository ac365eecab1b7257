import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { patternPieces } from '../upstreams/echo/pattern.ts';

/** A body that went over the wire. */
export interface Transferred {
  readonly bytes: number;
  readonly sha256: string;
}

/** The head of an answer, on a connection of its own; nothing of its body is read yet. */
export const openDownload = (url: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false }, resolve).once('error', reject);
  });

/** Reads a body to its end, keeping none of it. @throws Error when it breaks off */
export const readAll = async (response: IncomingMessage): Promise<Transferred> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
};

/** An upload under way. */
export interface Upload {
  /** Bytes that the system has taken so far. */
  readonly sent: number;
  /** What the upstream says of it. */
  readonly answer: Promise<IncomingMessage>;
  leave(): void;
}

/** Sends so many bytes of the pattern, no faster than they are taken, in chunks without a length. */
export const openUpload = (url: string, length: number): Upload => {
  const sent = request(url, { method: 'POST', agent: false });
  const answer = once(sent, 'response').then(([response]) => response as IncomingMessage);
  // Those who leave do not want to hear of it.
  answer.catch(() => undefined);
  sent.on('error', () => undefined);
  const upload = { sent: 0, answer, leave: () => void sent.destroy() };
  void write(sent, length, (bytes) => void (upload.sent += bytes));
  return upload;
};

/** Until it can take more, or is closed. */
const untilDrained = async (sent: ClientRequest): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  const events = ['drain', 'close'].map((event) => once(sent, event, { signal }).catch(() => undefined));
  await Promise.race(events).finally(() => over.abort());
};

const write = async (sent: ClientRequest, length: number, count: (bytes: number) => void): Promise<void> => {
  for (const piece of patternPieces(length)) {
    if (sent.destroyed) return;
    const isReady = sent.write(piece, (error) => (error ? undefined : count(piece.length)));
    if (!isReady) await untilDrained(sent);
  }
  sent.end();
};
