/** Time during which at least one upstream call was under way: concurrent calls count once. */
export class UpstreamTime {
  calls = 0;
  #endedMs = 0;
  #active = 0;
  #busySince = 0;

  /** With that of calls that are still under way. */
  until(now: number): number {
    return this.#active === 0 ? this.#endedMs : this.#endedMs + now - this.#busySince;
  }

  begin(now: number): void {
    this.calls += 1;
    if (this.#active++ === 0) this.#busySince = now;
  }

  end(now: number): void {
    if (--this.#active === 0) this.#endedMs += now - this.#busySince;
  }
}
