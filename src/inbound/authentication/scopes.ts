import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AccessFor } from './access.ts';

const SCOPES = 'scopes';

/** For users whose credential has all of these scopes, and those of the controller; others get 403 `forbidden`. */
export const Scopes = (...scopes: [string, ...string[]]): ClassDecorator & MethodDecorator =>
  applyDecorators(AccessFor('token'), SetMetadata(SCOPES, scopes));

export const scopesOf = (handler: object, controller: object): readonly string[] => [
  ...new Set([...ownScopesOf(controller), ...ownScopesOf(handler)]),
];

/** Those that a handler, or a controller, names itself. */
export const ownScopesOf = (target: object): readonly string[] =>
  (Reflect.getMetadata(SCOPES, target) as readonly string[] | undefined) ?? [];
