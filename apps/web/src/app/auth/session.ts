import { computed, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import { LoginResponse } from '@fabomatic/members';
import { readStored, writeStored } from '../frame/browser-storage';

const KEY = 'fabomatic.session';

function storedSession(): LoginResponse | null {
  try {
    return LoginResponse.safeParse(JSON.parse(readStored(KEY) ?? 'null')).data ?? null;
  } catch {
    return null; // not JSON: written by something else
  }
}

/** Who is logged in, as far as the browser knows: the token, and whether a new password is owed. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly router = inject(Router);
  private readonly granted = signal<LoginResponse | null>(storedSession());

  readonly token = computed(() => this.granted()?.accessToken ?? null);
  readonly isLoggedIn = computed(() => this.token() !== null);
  readonly mustChangePassword = computed(() => this.granted()?.mustChangePassword ?? false);

  begin(response: LoginResponse): void {
    this.granted.set(response);
    writeStored(KEY, JSON.stringify(response));
  }

  /** The member asked for it. */
  logOut(): void {
    this.end();
    void this.router.navigate(['/login']);
  }

  /** The API no longer takes the token: after the login the reader is back where they were. */
  expire(): void {
    if (!this.isLoggedIn()) return;
    this.end();
    void this.router.navigate(['/login'], { queryParams: { return: this.router.url } });
  }

  private end(): void {
    this.granted.set(null);
    writeStored(KEY, null);
  }
}

/** A path inside the app to go to after the login; anything else leads to the dashboard. */
export function returnPath(asked: string | null | undefined): string {
  const isInside = asked?.startsWith('/') && !/^\/[/\\]/.test(asked);
  return isInside && asked && !asked.startsWith('/login') ? asked : '/';
}
