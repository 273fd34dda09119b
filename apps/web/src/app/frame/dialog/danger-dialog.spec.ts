import { HttpErrorResponse } from '@angular/common/http';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideEnglish } from '../../language/english.fixture';
import { type DangerQuestion, Dialogs } from './dialogs';

const settle = () => new Promise((done) => setTimeout(done));
const panel = () => document.querySelector('fab-danger-dialog');
const lastStep = () => panel()?.querySelector<HTMLButtonElement>('button[type=submit]');

async function ask(question: Partial<DangerQuestion>): Promise<{ answer: Promise<boolean> }> {
  const answer = TestBed.inject(Dialogs).danger({
    title: 'Delete Laser 2?',
    text: 'This goes with it and cannot come back:',
    action: 'Delete',
    run: () => Promise.resolve(),
    ...question,
  });
  await settle();
  return { answer };
}

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideEnglish(), provideRouter([])] });
  await TestBed.inject(ApplicationInitStatus).donePromise;
});

test('says in numbers what goes, and waits for the name', async () => {
  const run = jest.fn().mockResolvedValue(undefined);
  const { answer } = await ask({
    losses: [{ label: 'Uses', count: 1812 }],
    nameToType: 'Laser 2',
    run,
  });
  expect(panel()?.querySelector('dl')?.textContent).toMatch(/Uses\s*1,812/);
  expect(lastStep()?.disabled).toBe(true);
  const input = panel()?.querySelector('input');
  if (!input) throw new Error('no input');
  input.value = 'Laser 2';
  input.dispatchEvent(new Event('input'));
  await settle();
  lastStep()?.click();
  expect(await answer).toBe(true);
  expect(run).toHaveBeenCalledTimes(1);
});

test('stays open when it is refused, and leads to what stands in the way', async () => {
  const error = { code: 'machine_type.in_use', params: { machines: 3 } };
  const { answer } = await ask({
    run: () => Promise.reject(new HttpErrorResponse({ status: 409, error })),
    obstacle: () => ({ label: 'Show', link: '/machines', queryParams: { typeId: 7 } }),
  });
  lastStep()?.click();
  await settle();
  await settle();
  expect(panel()?.querySelector('[role=alert]')?.textContent).toContain('Machines of this type: 3');
  const link = panel()?.querySelector('a');
  expect(link?.getAttribute('href')).toBe('/machines?typeId=7');
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27 }));
  expect(await answer).toBe(false);
});

test('passes on what the reader chose besides', async () => {
  const run = jest.fn().mockResolvedValue(undefined);
  const choice = { label: 'Take its hours away too', isSet: true };
  const first = await ask({ choice, run });
  lastStep()?.click();
  await first.answer;
  const second = await ask({ choice, run });
  panel()?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  await settle();
  lastStep()?.click();
  await second.answer;
  expect(run.mock.calls).toEqual([[true], [false]]);
});
