import type { ContractMode } from '../contract/contract-finding.ts';
import { Hedging, type HedgingOptions } from '../resilience/hedging.ts';
import { WaitingLine } from '../resilience/waiting-line.ts';
import { toCachePolicy, type CacheDefaults, type CacheOverrides, type CachePolicy } from '../cache/cache-policy.ts';

/** How one operation differs from its provider; declared in `defineProvider`, checked at start. */
export interface OperationOptions {
  /** Its HTTP method, when declared: calls with another are refused. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Repeating it has the effect of doing it once, although its method does not promise so. Default by method. */
  readonly idempotent?: boolean;
  /** The upstream honours idempotency keys: each call gets one, kept over its attempts. Default false. */
  readonly idempotencyKey?: boolean;
  /** How its answers are kept where that differs from the provider; `off`: they are not. */
  readonly cache?: CacheOverrides | 'off';
  /** Identical calls at the same time share one answer even when it may not be kept. Safe methods only. Default false. */
  readonly collapse?: boolean;
  /** A redirect is an answer: who asks for it `whole` finds its `location`. It is never followed. Default false: it is unusable. */
  readonly mayRedirect?: boolean;
  /** Default: the provider's. */
  readonly callDeadlineMs?: number;
  /** Default: the provider's. */
  readonly attemptTimeoutMs?: number;
  /** Attempts in all. Default: the provider's. */
  readonly maxAttempts?: number;
  /** An answer such as 503 is repeated as well as a failure without any answer. Default true. */
  readonly repeatsAnswers?: boolean;
  /** Default: the provider's. */
  readonly maxResponseBytes?: number;
  /**
   * Whether a second attempt is sent beside one that is late, or how. Of safe methods, and of others that are declared
   * `idempotent`. Default: the provider's, for safe methods.
   */
  readonly hedge?: 'on' | 'off' | Partial<HedgingOptions>;
  /** Attempts under way at most, so that others find room; as many as the provider's `maxQueued` wait. Default: no limit of its own. */
  readonly maxConcurrent?: number;
  /** `own`: its failures stop only itself, and those of others do not stop it. Default: one circuit for all of an origin. */
  readonly circuit?: 'own';
  /** What is done about answers that break their schema. Default: the provider's. */
  readonly contract?: ContractMode;
  /** Query parameters whose values may stand in receipts and in the log, cut to 100 characters. Default: none. */
  readonly loggedQuery?: readonly string[];
}

/** Methods whose repetition has no further effect (RFC 9110 §9.2.2). */
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export const isSafeMethod = (method: string): boolean => SAFE_METHODS.has(method);

export const isIdempotentMethod = (method: string): boolean => IDEMPOTENT_METHODS.has(method);

interface OperationParts {
  readonly method: string;
  /** Undefined: it is called by its method and template. */
  readonly name: string | undefined;
  readonly template: string;
  readonly declared: OperationOptions;
  readonly defaults: OperationDefaults;
}

/** What an operation has from its provider. */
export interface OperationDefaults
  extends
    Required<Pick<OperationOptions, 'callDeadlineMs' | 'attemptTimeoutMs' | 'maxAttempts' | 'maxResponseBytes'>>,
    CacheDefaults {
  readonly hedge: 'on' | 'off';
  readonly hedgeAfterMs: number;
  readonly hedgeMaxShare: number;
  readonly maxQueued: number;
  readonly backgroundShare: number;
  readonly contract: ContractMode;
}

/** An operation as the stages see it, every option resolved. */
export class Operation {
  readonly name: string;
  readonly template: string;
  readonly idempotent: boolean;
  readonly idempotencyKey: boolean;
  readonly cache: CachePolicy | 'off';
  readonly collapse: boolean;
  readonly mayRedirect: boolean;
  readonly callDeadlineMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxAttempts: number;
  readonly repeatsAnswers: boolean;
  readonly maxResponseBytes: number;
  /** Undefined: it is not hedged. */
  readonly hedging: Hedging | undefined;
  /** For its own share of the provider's places. */
  readonly line: WaitingLine | undefined;
  readonly hasOwnCircuit: boolean;
  readonly contract: ContractMode;
  readonly loggedQuery: readonly string[] | undefined;

  /** @throws TypeError when it was declared for another method */
  constructor({ method, name, template, declared, defaults }: OperationParts) {
    if (declared.method !== undefined && declared.method !== method) {
      throw new TypeError(`Operation ${name} is declared as ${declared.method}, but called as ${method}`);
    }
    this.name = name ?? `${method} ${template}`;
    this.template = template;
    this.idempotent = declared.idempotent ?? isIdempotentMethod(method);
    this.idempotencyKey = declared.idempotencyKey ?? false;
    this.cache = toCachePolicy(declared.cache, defaults);
    this.collapse = (declared.collapse ?? false) && isSafeMethod(method);
    this.mayRedirect = declared.mayRedirect ?? false;
    this.callDeadlineMs = declared.callDeadlineMs ?? defaults.callDeadlineMs;
    this.attemptTimeoutMs = declared.attemptTimeoutMs ?? defaults.attemptTimeoutMs;
    this.maxAttempts = declared.maxAttempts ?? defaults.maxAttempts;
    this.repeatsAnswers = declared.repeatsAnswers ?? true;
    this.maxResponseBytes = declared.maxResponseBytes ?? defaults.maxResponseBytes;
    this.hedging = toHedging(method, declared, defaults);
    this.line = toOwnLine(declared, defaults);
    this.hasOwnCircuit = declared.circuit === 'own';
    this.contract = declared.contract ?? defaults.contract;
    this.loggedQuery = declared.loggedQuery;
  }

  /** The same within other limits. */
  within(limits: Partial<Pick<Operation, 'attemptTimeoutMs' | 'maxResponseBytes'>>): Operation {
    return Object.assign(Object.create(Operation.prototype) as Operation, this, limits);
  }
}

/** What changes something may be done twice at the same time only where the operation itself says so. */
const toHedging = (
  method: string,
  { hedge, idempotent }: OperationOptions,
  defaults: OperationDefaults,
): Hedging | undefined => {
  const isOn = (hedge ?? defaults.hedge) !== 'off';
  if (!isOn || !(isSafeMethod(method) || (hedge !== undefined && idempotent))) return undefined;
  const { hedgeAfterMs: afterMs, hedgeMaxShare: maxShare } = defaults;
  return new Hedging({ afterMs, maxShare, ...(typeof hedge === 'object' && hedge) });
};

const toOwnLine = (
  { maxConcurrent }: OperationOptions,
  { maxQueued, backgroundShare }: OperationDefaults,
): WaitingLine | undefined =>
  maxConcurrent === undefined ? undefined : new WaitingLine({ maxConcurrent, maxQueued, backgroundShare });
