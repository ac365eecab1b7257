import { Injectable } from '@nestjs/common';
import type { Finding } from './contract-finding.ts';

/** One more answer in which something was found. */
export interface ContractReport {
  readonly provider: string;
  readonly finding: Finding;
  /** It was not found before, in this process. */
  readonly isFirst: boolean;
}

type Listener = (report: ContractReport) => void;

/** Tells whoever listens what the contract watch finds: the log, metrics. Keeps none. */
@Injectable()
export class ContractReports {
  readonly #listeners = new Set<Listener>();

  /** Calls `listener` for each report until the returned function is called. It must not throw. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(report: ContractReport): void {
    for (const listener of this.#listeners) listener(report);
  }
}
