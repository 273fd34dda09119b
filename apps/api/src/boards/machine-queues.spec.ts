import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { MachineQueues } from './machine-queues.service';

beforeAll(() => Logger.overrideLogger(false));

it('does what concerns one machine in order, and lets no machine wait for another', async () => {
  const queues = new MachineQueues();
  const done: string[] = [];
  const job = (name: string, ms: number) => async () => {
    await sleep(ms);
    done.push(name);
  };
  queues.add(1, job('1 first', 30));
  queues.add(1, job('1 second', 0));
  queues.add(2, job('2', 0));
  await queues.settled();
  expect(done).toEqual(['2', '1 first', '1 second']);
});

it('goes on after a job that failed', async () => {
  const queues = new MachineQueues();
  queues.add(1, () => Promise.reject(new Error('later')));
  queues.add(1, () => {
    throw new Error('at once');
  });
  expect(await queues.run(1, () => 'still there')).toBe('still there');
  await expect(queues.run(1, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  await queues.settled();
});

it('keeps all machines waiting for a job that must be alone', async () => {
  const queues = new MachineQueues();
  const done: string[] = [];
  queues.add(1, async () => {
    await sleep(20);
    done.push('before');
  });
  const alone = queues.alone(async () => {
    queues.add(2, () => void done.push('after'));
    await sleep(20);
    done.push('alone');
  });
  await alone;
  await queues.settled();
  expect(done).toEqual(['before', 'alone', 'after']);
});
