/** Does something with what was just made; where that fails, what was made is freed again. */
export async function disposeOnThrow<Made extends { dispose(): void }, Result>(
  made: Made,
  work: (made: Made) => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work(made);
  } catch (error) {
    made.dispose();
    throw error;
  }
}
