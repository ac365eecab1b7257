import type { IncomingHttpHeaders } from 'node:http';

/** RFC 9110 §11.1: the name of the scheme is case-insensitive. Undefined when no token is presented that way. */
export const bearerToken = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
