const POLL_EVERY_MS = 5;

/**
 * Waits until `check` stops throwing: for what happens at the far end of a socket and announces itself to nobody.
 * Fails with what `check` threw last.
 */
export const eventually = async (check: () => unknown, withinMs = 10_000): Promise<void> => {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
};
