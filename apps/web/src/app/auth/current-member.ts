import { httpResource } from '@angular/common/http';
import { computed, inject, Injectable } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import {
  CurrentMemberView,
  mayInPortal,
  portalAccessOf,
  type PortalPermission,
} from '@fabomatic/members';
import { filter, map, type Observable, take } from 'rxjs';
import { Session } from './session';

/** The member who is logged in; asked anew for each login. */
@Injectable({ providedIn: 'root' })
export class CurrentMember {
  private readonly session = inject(Session);
  private readonly answer = httpResource(
    () => (this.session.login() === null ? undefined : '/api/v1/auth/me'),
    { parse: (body) => CurrentMemberView.parse(body) },
  );

  /** Null until it is known. */
  readonly view = computed(() => (this.answer.hasValue() ? this.answer.value() : null));
  readonly name = computed(() => {
    const view = this.view();
    return view ? `${view.firstName} ${view.lastName}`.trim() : '';
  });
  readonly initials = computed(() => {
    const view = this.view();
    return view ? `${view.firstName.charAt(0)}${view.lastName.charAt(0)}`.toUpperCase() : '';
  });

  /** Known, and without access to the lab's pages: there are only the member's own. */
  readonly isPlain = computed(() => this.view() !== null && !this.may('read'));
  private readonly isAnswered = computed(
    () => this.answer.hasValue() || this.answer.error() !== undefined,
  );
  private readonly answers = toObservable(this.isAnswered);

  /** Once it is known who it is, or that it cannot be found out. */
  whenAnswered(): Observable<void> {
    // What was emitted may be about the login before: the signal is asked again.
    return this.answers.pipe(
      filter(() => this.isAnswered()),
      take(1),
      map(() => undefined),
    );
  }

  /** After something about the member changed. */
  reload(): void {
    this.answer.reload();
  }

  /**
   * Whether an entry or an action is shown at all. The API decides again; until the member is known
   * nothing that needs a permission is shown.
   */
  may(permission: PortalPermission | undefined): boolean {
    if (permission === undefined) return true;
    const view = this.view();
    return view !== null && mayInPortal(portalAccessOf(view.portalAccess), permission);
  }
}
