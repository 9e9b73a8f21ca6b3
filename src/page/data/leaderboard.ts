export interface LeaderboardData {
  readonly subjects: readonly {
    readonly name: string;
    /** Figures of each set, in words. */
    readonly rows: readonly { readonly cells: readonly string[]; readonly params: string }[];
    readonly more: number;
  }[];
  readonly columns: readonly string[];
  readonly more: number;
}
