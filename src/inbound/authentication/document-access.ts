import type { OpenAPIObject } from '@nestjs/swagger';
import { problemResponses } from '../problems/api-problems.ts';
import { ACCESS_EXTENSION } from './access.ts';

/** Name of the security scheme. */
export const USER_SCHEME = 'user';

type Operation = OpenAPIObject['paths'][string]['get'] & { [ACCESS_EXTENSION]?: string };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Adds to each route that is for users what it takes to enter it, and how one is refused. */
export const documentAccess = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method] as Operation | undefined;
      if (operation && (operation[ACCESS_EXTENSION] ?? 'token') === 'token') protect(operation);
    }
  }
  return document;
};

const protect = (operation: NonNullable<Operation>): void => {
  operation[ACCESS_EXTENSION] = 'token';
  operation.security = [{ [USER_SCHEME]: [] }];
  operation.responses = { ...problemResponses(['unauthorized', 'forbidden']), ...operation.responses };
};
