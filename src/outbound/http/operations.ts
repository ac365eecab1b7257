import { Operation, type OperationDefaults, type OperationOptions } from './operation.ts';

interface OperationsParts {
  /** Name of the provider. */
  readonly name: string;
  readonly operations: Readonly<Record<string, OperationOptions>>;
  readonly options: OperationDefaults;
}

/** The operations of one provider: those it declares, and those that are called by method and template. */
export class Operations {
  readonly #parts: OperationsParts;
  /** As many as the code has, for values are part of none. */
  readonly #known = new Map<string, Operation>();

  constructor(parts: OperationsParts) {
    this.#parts = parts;
  }

  /** @throws TypeError when the name is not declared in `defineProvider` */
  find(method: string, template: string, name?: string): Operation {
    const key = `${method} ${name ?? ''} ${template}`;
    const known = this.#known.get(key);
    if (known) return known;
    const declared = name === undefined ? {} : this.#parts.operations[name];
    if (declared === undefined) {
      throw new TypeError(`Provider ${this.#parts.name} declares no operation "${name}": add it to defineProvider`);
    }
    const operation = new Operation({ method, template, name, declared, defaults: this.#parts.options });
    this.#known.set(key, operation);
    return operation;
  }
}
