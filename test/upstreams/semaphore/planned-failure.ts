import { STATUS_CODES } from 'node:http';
import { bareJson, bareText, gatewayError, type Answer } from './answer.ts';
import type { SemaphoreErrorForm } from './semaphore-handles.ts';

/** Of gRPC, by the status that its gateway makes of them; others are 2, unknown. */
const GRPC_CODES: Readonly<Record<number, number>> = {
  ...{ 400: 3, 401: 16, 403: 7, 404: 5, 409: 10, 429: 8, 500: 13, 501: 12, 503: 14, 504: 4 },
};

/** An error of that status in one of the four forms. */
export const plannedFailure = (status: number, form: SemaphoreErrorForm): Answer => {
  const message = STATUS_CODES[status] ?? 'Unknown';
  switch (form) {
    case 'json-string':
      return bareJson(status, message);
    case 'text':
      return bareText(status, message);
    case 'message':
      return bareJson(status, { message });
    case 'grpc':
      return gatewayError(status, GRPC_CODES[status] ?? 2, message);
  }
};
