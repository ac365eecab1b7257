/** One call that is shown. */
export interface Step {
  /** One line that says what is to be seen. */
  readonly title: string;
  readonly path: string;
  /** Default GET. */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Shows the status line and the headers as well (`-i`). */
  readonly withHeaders?: boolean;
  /** Only so many lines of the answer, by way of `head`. */
  readonly firstLines?: number;
}

/** What a caller presents who has that token. */
export const bearer = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` });
