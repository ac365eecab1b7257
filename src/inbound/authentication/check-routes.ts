import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { isSameForEverybody } from '../caching/same-for-everybody.ts';
import { OperatorsGuard } from '../operators/operators.guard.ts';
import type { Route } from './routes.ts';
import { ownScopesOf } from './scopes.ts';

/**
 * Refuses marks that contradict each other.
 * @throws Error naming each route, what is wrong with it and what to do
 */
export const checkRoutes = (routes: readonly Route[]): void => {
  const wrong = routes.flatMap((route) => findContradictions(route).map((text) => `${route.name} ${text}`));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
};

const findContradictions = ({ controller, handler, access }: Route): string[] => {
  const wrong: string[] = [];
  if (access !== 'public' && isSameForEverybody(handler))
    wrong.push('bears @SameForEverybody but is not @Public: its answers would be repeated to anybody; drop one');
  if (access !== 'token' && ownScopesOf(handler).length > 0)
    wrong.push('bears @Scopes but is not for users: nobody would be asked for them; drop the other mark');
  if (access === 'operators' && ![controller, handler].some(hasOperatorsGuard))
    wrong.push('is marked as for operators, but nothing asks whether it is one who comes: use @OperatorsOnly');
  return wrong;
};

const hasOperatorsGuard = (target: object): boolean =>
  ((Reflect.getMetadata(GUARDS_METADATA, target) as unknown[] | undefined) ?? []).includes(OperatorsGuard);
