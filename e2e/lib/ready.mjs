// Waits until the desk at an address answers that it is ready; gives up when its process has gone.
import { setTimeout as pause } from "node:timers/promises";

const [base, pid] = [process.argv[2], Number(process.argv[3])];
const until = Date.now() + 60_000;

const isAlive = () => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const isReady = () =>
  fetch(`${base}/api/v1/readyz`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false);

while (!(await isReady())) {
  if (!isAlive() || Date.now() > until) process.exit(1);
  await pause(100);
}
