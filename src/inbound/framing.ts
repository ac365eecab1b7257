import { BadRequestException, HttpException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** More are nobody's. */
const MAX_HEADERS = 200;

/** A name or an IPv4 address, or an IPv6 address in brackets, and a port (RFC 3986 §3.2, without what DNS never has). */
const HOST = /^(?:[\w.~-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{0,5})?$/i;

const ABSOLUTE = /^https?:\/\/([^/?#]+)([^#]*)$/i;

/**
 * Finds what the parser of the HTTP server lets through, and others would read in another way, or not as HTTP at all:
 * where a request ends and whom it is for must be the same for everybody who passes it on (RFC 9112 §11.2).
 * Passes over the headers once.
 */
export const findFault = (request: IncomingMessage): HttpException | undefined => {
  const { httpVersion, headers, rawHeaders } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return refuse('Neither HTTP/1.0 nor HTTP/1.1');
  if (rawHeaders.length > 2 * MAX_HEADERS) return new HttpException(`More than ${MAX_HEADERS} headers`, 431);
  return findWrongNames(rawHeaders, httpVersion) ?? findWrongHost(request) ?? findWrongLength(headers, httpVersion);
};

/**
 * An absolute target (RFC 9112 §3.2.2) as a path, if it is of the very host that the request is for.
 * All other targets are left as they are.
 */
export const toOriginForm = ({ url = '', headers }: IncomingMessage): string => {
  if (url.charCodeAt(0) === SLASH) return url;
  const [, authority, rest] = ABSOLUTE.exec(url) ?? [];
  if (authority === undefined || authority.toLowerCase() !== headers.host?.toLowerCase()) return url;
  return rest!.charCodeAt(0) === SLASH ? rest! : `/${rest}`;
};

const SLASH = 47;

const refuse = (detail: string): HttpException => new BadRequestException(detail);

/** To many servers behind us `X_Name` is the same as `X-Name`: what we go by, or say ourselves, must not be said twice. */
const GUARDED =
  /^(?:host|connection|content-length|transfer-encoding|authorization|cookie|forwarded|x-forwarded-.*|via)$/i;

const isDisguised = (name: string): boolean => GUARDED.test(name.replaceAll('_', '-'));

/** RFC 9112 §3.2. */
const findWrongNames = (rawHeaders: readonly string[], httpVersion: string): HttpException | undefined => {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
    else if (name.includes('_') && isDisguised(name))
      return refuse('A header has "_" in its name where others have "-"');
  }
  if (hosts > 1) return refuse('There is more than one Host header');
  return hosts === 0 && httpVersion === '1.1' ? refuse('HTTP/1.1 requires a Host header') : undefined;
};

const findWrongHost = ({ url = '', method, headers: { host } }: IncomingMessage): HttpException | undefined => {
  if (host !== undefined && !HOST.test(host)) return refuse('The Host header names no host');
  if (url.charCodeAt(0) === SLASH || (url === '*' && method === 'OPTIONS')) return undefined;
  return refuse('The target of the request is neither a path nor a URL of the host that it is for');
};

/** Any other coding, or chunks in HTTP/1.0, leave it open where the body ends (RFC 9112 §6.1). */
const findWrongLength = (headers: IncomingMessage['headers'], httpVersion: string): HttpException | undefined => {
  const coding = headers['transfer-encoding'];
  if (coding === undefined || (coding.toLowerCase() === 'chunked' && httpVersion === '1.1')) return undefined;
  return refuse('Transfer-Encoding may only be chunked, and in HTTP/1.1 only');
};
