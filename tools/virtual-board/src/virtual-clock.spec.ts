import { VirtualClock } from './virtual-clock';

it('runs what is due in order of time, then of scheduling', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const delays = [50, 10, 30, 10, 0, 40, 20, 30, 60];
  delays.forEach((ms, n) => clock.after(ms, () => seen.push(`${clock.now()}/${n}`)));
  clock.after(15, () => seen.push('cancelled'))();
  await clock.runUntil(50);
  expect(seen).toEqual(['0/4', '10/1', '10/3', '20/6', '30/2', '30/7', '40/5', '50/0']);
  expect(clock.now()).toBe(50);
  await clock.runFor(10);
  expect(seen.at(-1)).toBe('60/8');
});

it('moves only when all promises have settled', async () => {
  const clock = new VirtualClock(1000);
  const seen: number[] = [];
  const worker = async () => {
    for (let n = 0; n < 3; n++) {
      await clock.sleep(10);
      for (let hop = 0; hop < 50; hop++) await null;
      seen.push(clock.now());
    }
  };
  void worker();
  clock.at(1005, () => seen.push(clock.now()));
  clock.at(0, () => seen.push(clock.now()));
  await clock.runUntil(2000);
  expect(seen).toEqual([1000, 1005, 1010, 1020, 1030]);
});

it('stands still while held work really waits', async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  clock.after(1, () => {
    const work = clock.hold(new Promise((resolve) => setTimeout(resolve, 20)));
    void work.then(() => seen.push(`done at ${clock.now()}`));
  });
  clock.after(2, () => seen.push('later'));
  await clock.runUntil(10);
  expect(seen).toEqual(['done at 1', 'later']);
});

it('goes on when held work fails', async () => {
  const clock = new VirtualClock();
  const work = clock.hold(Promise.reject(new Error('disk full')));
  await Promise.all([expect(work).rejects.toThrow('disk full'), clock.runUntil(10)]);
  expect(clock.now()).toBe(10);
});
