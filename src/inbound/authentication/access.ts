import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** Who may enter a route: anybody, users with a token or a session, or the people on call. */
export type Access = 'public' | 'token' | 'operators';

const ACCESS = 'access';

/** Under what name the documentation of a route says it. */
export const ACCESS_EXTENSION = 'x-access';

/** Says who may enter a controller or handler. Use `@Public`, `@Scopes` or `@OperatorsOnly`, which also see to the rest. */
export const AccessFor = (access: Access): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, access), ApiExtension(ACCESS_EXTENSION, access));

/** Lets anybody in. Nobody is asked who they are: such a route has no caller, even when a token comes along. */
export const Public = (): ClassDecorator & MethodDecorator => AccessFor('public');

/** What the handler says outweighs what its controller says; who says nothing is for users only. */
export const accessOf = (handler: object, controller: object): Access =>
  ownAccessOf(handler) ?? ownAccessOf(controller) ?? 'token';

const ownAccessOf = (target: object): Access | undefined => Reflect.getMetadata(ACCESS, target) as Access | undefined;
