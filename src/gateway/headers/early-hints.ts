import type { ServerResponse } from 'node:http';
import type { HeaderMap } from '../../outbound/index.ts';
import { HOP_BY_HOP, toConnectionNames } from './hop-by-hop.ts';
import { isOriginWide } from './origin-wide.ts';
import { remember } from './remember.ts';

/** Interim answers to one request, and how much one of them may say. */
const MAX_ANSWERS = 16;
const MAX_CHARACTERS = 8_192;

/** About the answer that is to come, which is told as ours, or not theirs to say. */
const KEPT_BACK: ReadonlySet<string> = new Set([
  ...['set-cookie', 'content-length', 'trailer', 'x-request-id', 'via', 'proxy-status', 'cache-status'],
  ...['location', 'content-location', 'refresh'],
]);

const isKeptBack = remember((name) => HOP_BY_HOP.has(name) || KEPT_BACK.has(name) || isOriginWide(name));

/** Of an interim answer what may be passed on, names and values in turn; undefined when that is too much. */
export const toInformational = (headers: HeaderMap): string[] | undefined => {
  const named = toConnectionNames(headers['connection']);
  const list: string[] = [];
  let characters = 0;
  for (const name in headers) {
    if (isKeptBack(name) || named?.has(name)) continue;
    for (const value of [headers[name] ?? []].flat()) {
      characters += name.length + value.length;
      list.push(name, value);
    }
  }
  return characters > MAX_CHARACTERS ? undefined : list;
};

const passed = new WeakMap<ServerResponse, number>();

/**
 * Passes an interim answer on as it comes (RFC 9110 §15.2, RFC 8297), before the head of the answer itself. Not 100, which
 * is told when the body is wanted, nor 101; none to who speaks HTTP/1.0. Those beyond 16, or larger than 8 KiB, are left out.
 */
export const passInterim = (response: ServerResponse, status: number, headers: HeaderMap): void => {
  const isInterim = status > 101 && status < 200 && response.req.httpVersion !== '1.0';
  const count = passed.get(response) ?? 0;
  if (!isInterim || count >= MAX_ANSWERS || response.headersSent || response.destroyed) return;
  const list = toInformational(headers);
  if (list === undefined) return;
  passed.set(response, count + 1);
  response.writeInformation(status, list);
};
