/** Time during which at least one upstream call was under way: concurrent calls count once. */
export class UpstreamTime {
  totalMs = 0;
  calls = 0;
  #active = 0;
  #busySince = 0;

  begin(now: number): void {
    this.calls += 1;
    if (this.#active++ === 0) this.#busySince = now;
  }

  end(now: number): void {
    if (--this.#active === 0) this.totalMs += now - this.#busySince;
  }
}
