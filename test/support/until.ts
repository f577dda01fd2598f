/** Waits for a condition without an event. The limit is the test's own timeout: a busy machine can take long. */
export async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) await new Promise((resolve) => setTimeout(resolve, 5));
}
