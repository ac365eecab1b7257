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
  // A wrong one is a guess, and may turn up anywhere.
  if (response.statusCode < 300) note(String(request.headers['x-webhook-secret'] ?? ''));
  noteAddress(locationOf(response));
};

/** Where an answer leads may carry a permission in its query: a signature, a code, a state. */
const noteAddress = (location: string): void => {
  const [, query = ''] = /\?([^#]*)/.exec(location) ?? [];
  if (query === '') return;
  note(query);
  for (const [, value = ''] of query.matchAll(/[^=&]+=([\w.~-]{32,})(?=&|$)/g)) note(value);
};

/** Of what was sent: headers given to `writeHead` are in no other place. */
const locationOf = (response: ServerResponse): string => {
  const { _header: head } = response as ServerResponse & { readonly _header?: string | null };
  return /^location: *(.*?)\r$/im.exec(head ?? '')?.[1] ?? '';
};

const noteIssued = (message: unknown): void => note(String(message));

subscribe(ANSWERED, noteExchange);
subscribe(ISSUED, noteIssued);
afterAll(() => {
  unsubscribe(ANSWERED, noteExchange);
  unsubscribe(ISSUED, noteIssued);
});
