/** A profile as a caller reads it. */
export interface Profile {
  readonly pokemon: { readonly id: number; readonly name: string };
  readonly species: {
    readonly id: number;
    readonly name: string;
    readonly isLegendary: boolean;
    readonly isMythical: boolean;
  } | null;
  readonly evolution: { readonly name: string; readonly evolvesTo: readonly object[] } | null;
  readonly missing: readonly string[];
}
