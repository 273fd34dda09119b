import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { LoginResponse } from '@fabomatic/members';
import { readStored, writeStored } from '../frame/browser-storage';
import { apiError } from './api-error';
import { AuthApi } from './auth-api';

/** That somebody is logged in in this browser. Tokens are never stored where scripts could look. */
const KEY = 'fabomatic.session';
const IS_OPEN = 'open';

/** What came of asking for a new token. `unknown`: nobody answered, which is no reason to leave. */
export type Renewal = 'renewed' | 'ended' | 'unknown';

interface Granted {
  /** null: not asked for yet, or nobody answered. */
  readonly token: string | null;
  readonly mustChangePassword: boolean;
  readonly mustSetUpSecondFactor: boolean;
  /** Counts the logins: a new one may be another member. */
  readonly login: number;
}

/** A page that was loaded anew: what is owed comes with the first token. */
const UNKNOWN: Granted = {
  token: null,
  mustChangePassword: false,
  mustSetUpSecondFactor: false,
  login: 0,
};

function grantedBy(answer: LoginResponse, login: number): Granted {
  const { accessToken, mustChangePassword, mustSetUpSecondFactor } = answer;
  return { token: accessToken, mustChangePassword, mustSetUpSecondFactor, login };
}

/**
 * Who is logged in, as far as the browser knows. The token lasts some minutes and is kept in memory;
 * a new one comes by a cookie that only the API reads.
 */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly router = inject(Router);
  private readonly api = inject(AuthApi);
  private readonly granted = signal<Granted | null>(readStored(KEY) === null ? null : UNKNOWN);
  private renewing: Promise<Renewal> | null = null;

  readonly token = computed(() => this.granted()?.token ?? null);
  readonly isLoggedIn = computed(() => this.granted() !== null);
  readonly mustChangePassword = computed(() => this.granted()?.mustChangePassword ?? false);
  /** The settings ask this member for an authenticator app: nothing else works before. */
  readonly mustSetUpSecondFactor = computed(() => this.granted()?.mustSetUpSecondFactor ?? false);
  /** null: nobody. Another number: another login. */
  readonly login = computed(() => this.granted()?.login ?? null);

  constructor() {
    const onStored = ({ key, newValue }: StorageEvent) => {
      if (key === KEY && newValue === null) this.expire(); // logged out in another tab
    };
    addEventListener('storage', onStored);
    inject(DestroyRef).onDestroy(() => removeEventListener('storage', onStored));
  }

  /** Before the first page: a session that was open before the reload goes on. */
  async start(): Promise<void> {
    if (this.isLoggedIn() && (await this.renew()) === 'ended') this.end();
  }

  begin(answer: LoginResponse): void {
    this.granted.set(grantedBy(answer, (this.granted()?.login ?? 0) + 1));
    writeStored(KEY, IS_OPEN);
  }

  /** Asks for a new token; whoever asks meanwhile waits for the same answer. */
  renew(): Promise<Renewal> {
    this.renewing ??= oneTabAtATime(() => this.askForToken()).finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  /** The member asked for it. */
  async logOut(): Promise<void> {
    try {
      await this.api.logOut();
    } catch {
      // Nobody answered: this browser forgets the session all the same, and it ends by itself.
    }
    this.end();
    await this.router.navigate(['/login']);
  }

  /** The API no longer knows the session: after the login the reader is back where they were. */
  expire(): void {
    if (!this.isLoggedIn()) return;
    this.end();
    void this.router.navigate(['/login'], { queryParams: { return: this.router.url } });
  }

  private async askForToken(): Promise<Renewal> {
    try {
      this.granted.set(grantedBy(await this.api.renew(), this.granted()?.login ?? 0));
      return 'renewed';
    } catch (error) {
      // 401: the session has ended. Anything else (no network, a restart) passes.
      return apiError(error).code === 'auth.required' ? 'ended' : 'unknown';
    }
  }

  private end(): void {
    this.granted.set(null);
    writeStored(KEY, null);
  }
}

/** Tabs share the cookie. Without locks (plain HTTP) the API bears with two that ask at once. */
async function oneTabAtATime(ask: () => Promise<Renewal>): Promise<Renewal> {
  return 'locks' in navigator ? await navigator.locks.request(KEY, ask) : ask();
}

/** A path inside the app to go to after the login; anything else leads to the dashboard. */
export function returnPath(asked: string | null | undefined): string {
  const isInside = asked?.startsWith('/') && !/^\/[/\\]/.test(asked);
  return isInside && asked && !asked.startsWith('/login') ? asked : '/';
}
