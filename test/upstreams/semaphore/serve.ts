import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { remember } from '../recent-list.ts';
import { answerQuestion } from './answer-question.ts';
import { bareText, type Answer } from './answer.ts';
import type { Organisation } from './organisation.ts';
import { readBody } from './read-body.ts';
import type { SemaphoreRequest } from './semaphore-handles.ts';
import type { Troubles } from './troubles.ts';

export interface Service {
  readonly organisation: Organisation;
  readonly token: string;
  readonly troubles: Troubles;
  readonly requests: SemaphoreRequest[];
}

/** Reads, remembers, carries out and answers each request. */
export const serve =
  (service: Service): RequestListener =>
  (request, response) =>
    void handle(service, request, response);

const handle = async (service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await readBody(request);
  const { method = '', url = '', headers } = request;
  const asked: SemaphoreRequest = { method, path: url, headers, body: body ?? '' };
  remember(service.requests, asked);
  if (body === undefined) return write(response, bareText(413, 'Something went wrong'));
  const failure = service.troubles.takeFailure();
  if (failure !== undefined) return write(response, failure);
  const answer = answerQuestion(service.organisation, service.token, asked);
  if (method !== 'GET' && service.troubles.takeLoss()) return void request.socket.destroy();
  write(response, answer);
};

const write = (response: ServerResponse, { status, headers, body }: Answer): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};
