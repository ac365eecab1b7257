import type { IncomingHttpHeaders } from 'node:http';
import { bareText, type Answer } from './answer.ts';
import { findRoute } from './find-route.ts';
import type { Organisation } from './organisation.ts';
import { MalformedBody, readParams } from './request-params.ts';
import type { SemaphoreRequest } from './semaphore-handles.ts';

/** Scheme and token are told apart at the first space; both count as they are written. */
const isAllowed = ({ authorization = '' }: IncomingHttpHeaders, token: string): boolean =>
  authorization === `Token ${token}` || authorization === `Bearer ${token}`;

/** What Semaphore says to one request. */
export const answerQuestion = (organisation: Organisation, token: string, request: SemaphoreRequest): Answer => {
  if (!isAllowed(request.headers, token)) return bareText(401, 'Unauthorized');
  const [path = '', search = ''] = request.path.split('?', 2);
  const route = findRoute(request.method, path);
  if (route === undefined) return bareText(404, 'oops');
  try {
    const query = new URLSearchParams(search);
    const params = readParams(request.headers, request.body, query);
    return route.answer({ organisation, id: route.id, params, query, target: request.path });
  } catch (error) {
    return error instanceof MalformedBody
      ? bareText(400, 'Malformed request: unexpected token')
      : bareText(500, 'Something went wrong');
  }
};
