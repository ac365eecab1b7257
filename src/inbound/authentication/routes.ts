import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import { accessOf, type Access } from './access.ts';

type Handler = (...parameters: never[]) => unknown;

/** A handler of a controller, and who may enter it. */
export interface Route {
  readonly controller: new (...parameters: never[]) => object;
  readonly handler: Handler;
  /** For messages, such as `MeController.getMe`. */
  readonly name: string;
  readonly access: Access;
}

/** All routes that Nest serves in this application. */
export const listRoutes = (discovery: DiscoveryService): Route[] =>
  discovery.getControllers().flatMap(({ metatype }) => routesOf(metatype as Route['controller']));

const routesOf = (controller: Route['controller']): Route[] => {
  const prototype = controller.prototype as Record<string, Handler>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter((method) => Reflect.hasMetadata(METHOD_METADATA, prototype[method]!))
    .map((method) => {
      const handler = prototype[method]!;
      return { controller, handler, name: `${controller.name}.${method}`, access: accessOf(handler, controller) };
    });
};
