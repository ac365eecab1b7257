export interface FaultRequest {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `byteLength` is what the request took of the given bytes; anything behind it belongs to the next one. */
export type Reading = { readonly request: FaultRequest; readonly byteLength: number } | 'incomplete' | 'malformed';

const END_OF_HEAD = '\r\n\r\n';

/** Reads one HTTP/1.1 request off the front of what has arrived on a connection so far. */
export function readRequest(bytes: Buffer): Reading {
  const headLength = bytes.indexOf(END_OF_HEAD);
  if (headLength < 0) return 'incomplete';
  const [requestLine = '', ...fields] = bytes.toString('latin1', 0, headLength).split('\r\n');
  const [method, target, version] = requestLine.split(' ');
  if (!method || !target || !version?.startsWith('HTTP/1.')) return 'malformed';
  const headers = readHeaders(fields);
  const rest = bytes.subarray(headLength + END_OF_HEAD.length);
  const body = readBody(headers, rest);
  if (typeof body === 'string') return body;
  const [path = '', query = ''] = target.split('?', 2);
  return {
    request: { method, path, query: new URLSearchParams(query), headers, body: body.content.toString() },
    byteLength: headLength + END_OF_HEAD.length + body.byteLength,
  };
}

function readHeaders(fields: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).trim().toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

type Body = { readonly content: Buffer; readonly byteLength: number } | 'incomplete' | 'malformed';

function readBody(headers: Readonly<Record<string, string>>, bytes: Buffer): Body {
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return readChunks(bytes);
  const byteLength = Number(headers['content-length'] ?? 0);
  if (!Number.isInteger(byteLength) || byteLength < 0) return 'malformed';
  return bytes.length < byteLength ? 'incomplete' : { content: bytes.subarray(0, byteLength), byteLength };
}

/** RFC 9112 §7.1; trailers are not expected. */
function readChunks(bytes: Buffer): Body {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return 'incomplete';
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    if (!(size >= 0)) return 'malformed';
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return 'incomplete';
    position = start + size + 2;
    if (size === 0) return { content: Buffer.concat(chunks), byteLength: position };
    chunks.push(bytes.subarray(start, start + size));
  }
}
