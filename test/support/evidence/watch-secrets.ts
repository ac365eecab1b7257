import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll } from '@jest/globals';
import { noteSecret } from './evidence.ts';

/** Stand-ins say on this channel what they have issued. */
const ISSUED = 'breakwater:test:issued';
const ANSWERED = 'http.server.response.finish';

const seen = new Set<string>();

const note = (secret: string): void => {
  if (seen.has(secret)) return;
  seen.add(secret);
  noteSecret(secret);
};

/** Whatever any server of this process is presented, or gives to a browser. */
const noteExchange = (message: unknown): void => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const [, credential = ''] = /^\S+ +(\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  note(credential);
  const cookies = [request.headers.cookie ?? '', ...[response.getHeader('set-cookie') ?? []].flat().map(String)];
  for (const text of cookies) for (const [, value = ''] of text.matchAll(/(?:^|; ?)[\w-]+=([^;]*)/g)) note(value);
};

const noteIssued = (message: unknown): void => note(String(message));

subscribe(ANSWERED, noteExchange);
subscribe(ISSUED, noteIssued);
afterAll(() => {
  unsubscribe(ANSWERED, noteExchange);
  unsubscribe(ISSUED, noteIssued);
});
