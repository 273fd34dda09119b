import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { loadWords } from '@fabomatic/i18n';
import { fromIso } from '@fabomatic/kernel';
import type { MachineStatus, MachineView } from '@fabomatic/machines';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { machineView } from '../machine-view.fixture';
import { MachineTile } from './machine-tile';

const NOW_S = fromIso('2026-11-24T14:00:00.000Z');
const plan = { planId: 1, description: 'Clean optics', elapsedS: 130_320, intervalS: 144_000 };
const use = {
  useId: 1,
  memberId: 1,
  memberName: 'Marta',
  startedAt: '2026-11-24T11:55:00.000Z',
  estimated: false,
};

async function tile(
  machine: MachineView,
  status: MachineStatus,
  inputs: Record<string, unknown> = {},
): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [provideRouter([]), provideTranslateService()] });
  const translate = TestBed.inject(TranslateService);
  translate.setTranslation('en', { ...(await loadWords('en')) });
  translate.use('en');
  const fixture = TestBed.createComponent(MachineTile);
  for (const [name, value] of Object.entries({ machine, status, nowS: NOW_S, ...inputs }))
    fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture.nativeElement;
}

const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

test('[12] in use: running time, member, nearest plan', async () => {
  const view = machineView({ currentUse: use, nearestPlan: { ...plan, isDue: false } });
  const element = await tile(view, 'in-use');
  expect(textOf(element.querySelector('.running'))).toBe('2 h05 min');
  expect(textOf(element)).toContain('Marta');
  expect(textOf(element.querySelector('.note'))).toBe('Clean optics, 3.8 h left');
  expect(element.querySelector('time')?.dateTime).toBe(use.startedAt);
  // [17] to the page with its board and its uses.
  expect(element.querySelector('a.cover')?.getAttribute('href')).toBe('/machines/1');
});

test('in use and due: the diamond does not hide', async () => {
  const due = { ...plan, elapsedS: 149_400, isDue: true };
  const view = machineView({ currentUse: use, nearestPlan: due, duePlans: 1 });
  const element = await tile(view, 'in-use');
  expect(textOf(element.querySelector('.note'))).toBe('Clean optics, 1.5 h over');
  expect(element.querySelector('.note fab-status-glyph.maintenance')).not.toBeNull();
});

test('blocked: the reason and by whom', async () => {
  const view = machineView({
    blocked: true,
    blockedReason: 'Riving knife bent',
    blockedByName: 'Paolo Rinaldi',
  });
  const text = textOf(await tile(view, 'blocked'));
  expect(text).toContain('Riving knife bent');
  expect(text).toContain('Paolo Rinaldi');
});

test('an unknown card is said, not left out', async () => {
  const view = machineView({ currentUse: { ...use, memberName: null } });
  expect(textOf(await tile(view, 'in-use'))).toContain('Unknown card');
});

test('stale: the word is of the past, the time does not run on, the colour goes', async () => {
  const element = await tile(machineView({ currentUse: use }), 'in-use', { staleSinceS: NOW_S });
  expect(textOf(element.querySelector('.word'))).toBe('was In use');
  expect(element.querySelector('.running')).toBeNull();
  expect(element.classList).toContain('stale');
});

test('what has changed is ringed', async () => {
  const element = await tile(machineView(), 'free', { changed: true });
  expect(element.classList).toContain('changed');
  expect(element.classList).toContain('free');
});
