/** How one operation differs from its provider; declared in `defineProvider`, checked at start. */
export interface OperationOptions {
  /** Its HTTP method, when declared: calls with another are refused. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Repeating it has the effect of doing it once, although its method does not promise so. Default by method. */
  readonly idempotent?: boolean;
  /** The upstream honours idempotency keys: each call gets one, kept over its attempts. Default false. */
  readonly idempotencyKey?: boolean;
  /** Default: the provider's. */
  readonly callDeadlineMs?: number;
  /** Default: the provider's. */
  readonly attemptTimeoutMs?: number;
  /** Attempts in all. Default: the provider's. */
  readonly maxAttempts?: number;
  /** Default: the provider's. */
  readonly maxResponseBytes?: number;
}

/** Methods whose repetition has no further effect (RFC 9110 §9.2.2). */
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

export const isIdempotentMethod = (method: string): boolean => IDEMPOTENT_METHODS.has(method);

interface OperationParts {
  readonly method: string;
  /** Undefined: it is called by its method and template. */
  readonly name: string | undefined;
  readonly template: string;
  readonly declared: OperationOptions;
  readonly defaults: Required<
    Pick<OperationOptions, 'callDeadlineMs' | 'attemptTimeoutMs' | 'maxAttempts' | 'maxResponseBytes'>
  >;
}

/** An operation as the stages see it, every option resolved. */
export class Operation {
  readonly name: string;
  readonly template: string;
  readonly idempotent: boolean;
  readonly idempotencyKey: boolean;
  readonly callDeadlineMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly maxResponseBytes: number;

  /** @throws TypeError when it was declared for another method */
  constructor({ method, name, template, declared, defaults }: OperationParts) {
    if (declared.method !== undefined && declared.method !== method) {
      throw new TypeError(`Operation ${name} is declared as ${declared.method}, but called as ${method}`);
    }
    this.name = name ?? `${method} ${template}`;
    this.template = template;
    this.idempotent = declared.idempotent ?? isIdempotentMethod(method);
    this.idempotencyKey = declared.idempotencyKey ?? false;
    this.callDeadlineMs = declared.callDeadlineMs ?? defaults.callDeadlineMs;
    this.attemptTimeoutMs = declared.attemptTimeoutMs ?? defaults.attemptTimeoutMs;
    this.maxAttempts = declared.maxAttempts ?? defaults.maxAttempts;
    this.maxResponseBytes = declared.maxResponseBytes ?? defaults.maxResponseBytes;
  }
}
