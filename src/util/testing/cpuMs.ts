/** What this process has computed since `process.cpuUsage()` gave this: what others take of the machine is not counted. */
export function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
