import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Clock } from '../../platform/clock.ts';
import type { ContractFinding, Finding } from './contract-finding.ts';
import type { ContractReports } from './contract-reports.ts';
import { Shape, type Difference } from './shape.ts';
import { toDifferences } from './to-differences.ts';

/** No operation's answers are looked at more often, in ms; broken ones always are. */
const LOOK_EVERY_MS = 1_000;

/** Of one provider. What is found beyond is not told. */
const MAX_FINDINGS = 200;

interface ContractWatchParts {
  readonly name: string;
  readonly clock: Clock;
  readonly contractReports?: ContractReports | undefined;
}

interface Watched {
  readonly shape: Shape;
  lookAt: number;
}

/** Notices how the answers of one provider differ from what they promise and from what they were: by paths, never by values. */
export class ContractWatch {
  readonly #parts: ContractWatchParts;
  /** As many as the code has operations. */
  readonly #operations = new Map<string, Watched>();
  readonly #findings = new Map<string, ContractFinding>();

  constructor(parts: ContractWatchParts) {
    this.#parts = parts;
  }

  /** Those of this process, the oldest first. */
  get findings(): ContractFinding[] {
    return [...this.#findings.values()];
  }

  /** Looks at an answer, unless it did so a moment ago: it learns from the first 20, and compares the others with those. */
  look(operation: string, answer: unknown): void {
    const watched = this.find(operation);
    if (this.isTime(watched)) watched.shape.walk(answer, (difference) => this.note(operation, difference));
  }

  /** Counts what a schema found wrong; nothing is learnt from such an answer, but it may differ in other ways, too. */
  noteBroken(operation: string, issues: readonly StandardSchemaV1.Issue[], answer: unknown): void {
    const watched = this.find(operation);
    const differences = new Map(
      toDifferences(issues, answer, watched.shape).map((one) => [toKey(operation, one), one]),
    );
    if (watched.shape.isLearnt && this.isTime(watched))
      watched.shape.walk(answer, (one) => void differences.set(toKey(operation, one), one));
    for (const difference of differences.values()) this.note(operation, difference);
  }

  private isTime(watched: Watched): boolean {
    const now = this.#parts.clock.now();
    if (now < watched.lookAt) return false;
    watched.lookAt = now + LOOK_EVERY_MS;
    return true;
  }

  private find(operation: string): Watched {
    const known = this.#operations.get(operation);
    if (known) return known;
    const watched = { shape: new Shape(), lookAt: -Infinity };
    this.#operations.set(operation, watched);
    return watched;
  }

  private note(operation: string, difference: Difference): void {
    const finding: Finding = { operation, ...difference };
    const key = toKey(operation, difference);
    const known = this.#findings.get(key);
    if (known === undefined && this.#findings.size >= MAX_FINDINGS) return;
    const lastSeenAt = new Date(this.#parts.clock.wallTime()).toISOString();
    const { count = 0, firstSeenAt = lastSeenAt } = known ?? {};
    this.#findings.set(key, { ...finding, ...known, count: count + 1, firstSeenAt, lastSeenAt });
    this.#parts.contractReports?.publish({ provider: this.#parts.name, finding, isFirst: known === undefined });
  }
}

/** What is the same finding, whoever makes it. */
const toKey = (operation: string, { path, kind, to = '' }: Difference): string =>
  `${operation}\n${path}\n${kind === 'retyped' ? to : kind}`;
