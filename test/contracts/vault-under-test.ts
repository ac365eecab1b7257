import type { Vault } from '../../src/platform/vault/vault.ts';

export interface VaultUnderTest {
  readonly vault: Vault;
  /** Lets time pass for the vault, wherever it gets its time from. */
  elapse(byMs: number): Promise<void>;
  close(): Promise<void>;
}
