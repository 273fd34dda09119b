import { httpResource } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import { FIRST_RUN_STEPS, type FirstRunStep, FirstRunView } from '@fabomatic/machines';
import { CurrentMember } from '../auth/current-member';
import { readStored, writeStored } from '../frame/browser-storage';

const KEY = 'fabomatic.first-run';
const PUT_AWAY = 'put-away';

/** How far a new lab is, for administrators; the way can be put away and brought back. */
@Injectable({ providedIn: 'root' })
export class FirstRunState {
  private readonly member = inject(CurrentMember);
  private readonly putAway = signal(readStored(KEY) === PUT_AWAY);
  private readonly isAsked = signal(false);

  readonly isForMe = computed(() => this.member.view()?.portalAccess === 'admin');
  private readonly answer = httpResource(
    () => (this.isForMe() && (this.isAsked() || !this.putAway()) ? '/api/v1/first-run' : undefined),
    { parse: (body) => FirstRunView.parse(body) },
  );

  /** Null until it is known. */
  readonly view = computed(() => (this.answer.hasValue() ? this.answer.value() : null));
  readonly hasFailed = computed(() => this.answer.error() !== undefined);
  readonly steps = computed(() => {
    const view = this.view();
    const steps = FIRST_RUN_STEPS.map((key) => ({ key, isDone: view?.done[key] ?? false }));
    // The name of the lab may be given later, and a card be tapped early: nothing waits.
    const canBegin: Partial<Record<FirstRunStep, boolean>> = {
      lab: true,
      member: Boolean(view?.card),
      access: Boolean(view?.member),
    };
    const current = steps.find(({ key, isDone }) => !isDone && key !== 'lab')?.key ?? null;
    return steps.map((step, at) => ({
      ...step,
      number: at + 1,
      isCurrent: !step.isDone && (step.key === current || canBegin[step.key] === true),
    }));
  });
  readonly isComplete = computed(() => this.steps().every(({ isDone }) => isDone));
  /** Whether the dashboard makes room for it. */
  readonly isOnDashboard = computed(() => !this.putAway() && this.view()?.isNew === true);
  /** It is not known yet which of the two the dashboard is. */
  readonly isOpenQuestion = computed(
    () => !this.putAway() && this.view() === null && !this.hasFailed() && this.mayStillCome(),
  );
  private readonly mayStillCome = computed(() => this.member.view() === null || this.isForMe());

  /** The page of its own shows it even after it was put away. */
  ask(): void {
    this.isAsked.set(true);
  }

  lookAgain(): void {
    this.answer.reload();
  }

  putItAway(): void {
    this.putAway.set(true);
    writeStored(KEY, PUT_AWAY);
  }
}
