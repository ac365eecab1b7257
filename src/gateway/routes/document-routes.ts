import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS_EXTENSION } from '../../inbound/authentication/access.ts';
import { problemResponses } from '../../inbound/problems/api-problems.ts';
import type { RouteOptions } from './route-options.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

/** Those that OpenAPI knows. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

/** The document with a path for each route of now, beside those of the code. */
export const documentRoutes = (document: OpenAPIObject, routes: readonly RouteOptions[]): OpenAPIObject => ({
  ...document,
  paths: { ...document.paths, ...Object.fromEntries(routes.map((route) => [toPath(route), toPathItem(route)])) },
});

/** Where the route takes one path, that; else everything below it. */
const toPath = ({ name, match }: RouteOptions): string => {
  if (match.path !== undefined) return `/gateway/${name}${match.path}`;
  return `/gateway/${name}${match.prefix === undefined || match.prefix === '/' ? '' : match.prefix}/{rest}`;
};

const toPathItem = (route: RouteOptions): PathItem => {
  const taken = METHODS.filter((method) => takes(route, method.toUpperCase()));
  const parameters = [...toPath(route).matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const },
    ...(name === 'rest' ? { description: 'Passed on as it is, slashes included.' } : {}),
  }));
  return { parameters, ...Object.fromEntries(taken.map((method) => [method, toOperation(route, method)])) };
};

const takes = ({ match, aggregate }: RouteOptions, method: string): boolean =>
  aggregate ? method === 'GET' : (match.methods?.includes(method) ?? true);

const toOperation = (route: RouteOptions, method: string): Operation & Record<typeof ACCESS_EXTENSION, string> => ({
  operationId: `gateway-${route.name}-${method}`,
  tags: ['gateway'],
  summary: route.description ?? `Passed on by the route ${route.name}`,
  ...(route.public ? {} : { security: [{ user: [...route.scopes] }] }),
  [ACCESS_EXTENSION]: route.public ? 'public' : 'token',
  responses: {
    default: { description: 'The answer of the upstream, as it is.' },
    ...problemResponses([
      ...(route.public ? [] : (['unauthorized', 'forbidden'] as const)),
      'not_found',
      'upstream_unreachable',
      'overloaded',
      'upstream_timeout',
    ]),
  },
});
