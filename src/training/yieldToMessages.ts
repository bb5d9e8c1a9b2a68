/**
 * Lets waiting messages in, then goes on. A MessageChannel is not slowed down in hidden tabs, as
 * timers and animation frames are.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
