/**
 * Training without end goes as fast as it can for so many steps, then at a pace: whoever follows it has
 * to make them all once more, and a story of minutes on a busy machine is to come to no other runs than
 * one of seconds on an idle one.
 */
const FREE_YIELDS = 400;
const YIELDS_PER_SECOND = 60;

let yieldsLeft = FREE_YIELDS;
let refilledAt = performance.now();

/** How long whoever lets messages in waits for his turn. */
function delayOfYield(): number {
  const now = performance.now();
  const refill = ((now - refilledAt) * YIELDS_PER_SECOND) / 1000;
  yieldsLeft = Math.min(FREE_YIELDS, yieldsLeft + refill) - 1;
  refilledAt = now;
  return yieldsLeft >= 0 ? 0 : 1000 / YIELDS_PER_SECOND;
}

// Between two steps the loop sends itself an empty message.
const post = MessagePort.prototype.postMessage as (message: unknown, more?: unknown) => void;
MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, more?: unknown) {
  const send = () => post.call(this, message, more);
  const delay = message === undefined ? delayOfYield() : 0;
  if (delay > 0) setTimeout(send, delay);
  else send();
};

export {};
