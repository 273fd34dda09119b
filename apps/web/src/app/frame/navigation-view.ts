import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';
import { CurrentMember } from '../auth/current-member';
import { isAt, NAVIGATION, type NavigationEntry } from './navigation';

export interface ShownEntry extends NavigationEntry {
  startsGroup: boolean;
  isHere: boolean;
}

/** The navigation as this reader sees it on this page. */
@Injectable({ providedIn: 'root' })
export class NavigationView {
  private readonly member = inject(CurrentMember);
  private readonly router = inject(Router);
  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );

  readonly entries = computed<ShownEntry[]>(() =>
    NAVIGATION.filter((entry) => this.isShown(entry)).map((entry, place, shown) => ({
      ...entry,
      startsGroup: place > 0 && shown[place - 1]?.group !== entry.group,
      isHere: isAt(entry, this.url()),
    })),
  );
  /** What does not fit on the bar of a phone. */
  readonly beyondBar = computed(() => this.entries().filter(({ isOnBar }) => !isOnBar));

  private isShown({ isOwn, permission }: NavigationEntry): boolean {
    return this.member.isPlain() ? isOwn === true : !isOwn && this.member.may(permission);
  }
}
