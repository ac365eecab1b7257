import { z } from 'zod';
import { list } from './fields.ts';
import { route, type Around } from './route.schema.ts';
import { isMap } from './is-map.ts';
import { strict } from './strict.ts';

const MAX_ROUTES = 1_000;

/** The routes file as a whole. */
export const routeFile = (around: Around) =>
  strict({
    routes: list(route(around), MAX_ROUTES, 'routes').check(
      z.superRefine(
        (routes, context) => {
          for (const issue of findTwins(routes)) context.addIssue({ code: 'custom', ...issue });
        },
        { when: ({ value }) => Array.isArray(value) },
      ),
    ),
  });

const findTwins = (routes: readonly unknown[]) => {
  const names = routes.map((entry) => (isMap(entry) ? entry['name'] : undefined));
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === index) return [];
    return { path: [index, 'name'], message: `is that of routes[${first}] already: give each route its own` };
  });
};
