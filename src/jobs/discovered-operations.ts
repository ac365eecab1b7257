import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DAY_MS } from '../platform/durations.ts';
import { BACKGROUND_OPERATION, type BackgroundAttempt, type BackgroundOperationOptions } from '../outbound/index.ts';
import { Operations, type DeclaredOperation } from './operations.ts';

type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];
type Method = (input: object, attempt: BackgroundAttempt) => Promise<unknown>;

const NAME = /^(?=.{1,64}$)[a-z][a-zA-Z\d]*(\.[a-z][a-zA-Z\d]*)+$/;

/** Longer than that nobody waits, and no timer can. */
const MAX_DELAY_MS = 7 * DAY_MS;
const MAX_DELAYS = 50;

/** A marked method of one instance. */
interface Found {
  readonly instance: Record<string, Method>;
  readonly method: string;
  readonly options: BackgroundOperationOptions;
}

/** The operations of everything that Nest made. A mistake in one stops the start. */
@Injectable()
export class DiscoveredOperations extends Operations implements OnModuleInit {
  #byName: ReadonlyMap<string, DeclaredOperation> | undefined;

  constructor(private readonly discovery: DiscoveryService) {
    super();
  }

  /** @throws TypeError */
  onModuleInit(): void {
    this.#byName ??= index(listMarked(this.discovery));
  }

  find(name: string): DeclaredOperation | undefined {
    return this.byName.get(name);
  }

  all(): readonly DeclaredOperation[] {
    return [...this.byName.values()];
  }

  /** Others may ask while they start, before it is this one's turn. */
  private get byName(): ReadonlyMap<string, DeclaredOperation> {
    return (this.#byName ??= index(listMarked(this.discovery)));
  }
}

const listMarked = (discovery: DiscoveryService): Found[] =>
  [...discovery.getProviders(), ...discovery.getControllers()].flatMap(markedOf);

const markedOf = (wrapper: Wrapper): Found[] => {
  const instance = wrapper.instance as Record<string, Method> | null | undefined;
  if (typeof instance !== 'object' || instance === null) return [];
  const prototype = Object.getPrototypeOf(instance) as Record<string, Method> | null;
  if (prototype === null || prototype === Object.prototype) return [];
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const options = Reflect.getMetadata(BACKGROUND_OPERATION, prototype[method]!) as
      BackgroundOperationOptions | undefined;
    if (options === undefined) return [];
    if (!wrapper.isDependencyTreeStatic())
      throw new TypeError(`Operation "${options.name}": its class is made for each request; make it a singleton`);
    return [{ instance, method, options }];
  });
};

/** One instance may be provided under several names; that is no second operation. */
const index = (all: readonly Found[]): ReadonlyMap<string, DeclaredOperation> => {
  const byName = new Map<string, Found>();
  for (const found of all) {
    const { name } = found.options;
    const other = byName.get(name);
    if (other && (other.instance !== found.instance || other.method !== found.method))
      throw new TypeError(
        `Operation "${name}" is declared twice, by ${placeOf(other)} and ${placeOf(found)}: rename one`,
      );
    check(found);
    byName.set(name, found);
  }
  return new Map([...byName].map(([name, found]) => [name, toOperation(found)]));
};

const placeOf = ({ instance, method }: Found): string => `${instance.constructor.name}.${method}`;

const check = (found: Found): void => {
  const { name, retryDelaysMs = [] } = found.options;
  if (!NAME.test(name))
    throw new TypeError(
      `Operation "${name}" of ${placeOf(found)}: name it like ci.runWorkflow, in 64 letters and digits`,
    );
  const isSound = retryDelaysMs.length <= MAX_DELAYS && retryDelaysMs.every((ms) => ms >= 0 && ms <= MAX_DELAY_MS);
  if (!isSound)
    throw new TypeError(`Operation "${name}": retryDelaysMs are up to ${MAX_DELAYS} delays of 0 to ${MAX_DELAY_MS} ms`);
};

const toOperation = ({ instance, method, options }: Found): DeclaredOperation => ({
  ...options,
  run: (input, attempt) => instance[method]!(input, attempt),
});
