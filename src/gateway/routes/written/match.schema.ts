import { METHODS } from 'node:http';
import { list, text, value } from './fields.ts';
import { checkNames, nameMistake, VALUE } from './header-names.ts';
import { mapOf } from './map-of.ts';
import { prefix, template } from './paths.ts';
import { strict } from './strict.ts';

/** TRACE answers with the credentials of the request; CONNECT asks for a tunnel, not for a resource. */
const REFUSED = ['TRACE', 'CONNECT'];

const HOST = /^(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*|\[[\da-f:.]+\])$/;

const method = value<string>(
  (written) => METHODS.includes(written as string) && !REFUSED.includes(written as string),
  (written) => {
    if (REFUSED.includes(String(written))) return 'leave it out: it is never passed on';
    const upper = String(written).toUpperCase();
    return METHODS.includes(upper) && upper !== written ? `write ${upper}` : 'give a method of HTTP, such as GET';
  },
);

const headers = mapOf(
  text(VALUE, 'give the value as printable text in quotes'),
  'header names to values',
  checkNames(nameMistake),
);

/** Which requests a route takes. */
export const match = strict(
  {
    prefix: prefix.exactOptional(),
    path: template.exactOptional(),
    methods: list(method, 20, 'methods').min(1, 'give at least one method, or leave it out').exactOptional(),
    host: text(HOST, 'give a host name in lower case, without a port, such as api.example.com').exactOptional(),
    headers: headers.default({}),
  },
  ({ isWritten, report }) => {
    if (isWritten('prefix') && isWritten('path')) report(['path'], 'contradicts prefix: keep one of them');
  },
);
