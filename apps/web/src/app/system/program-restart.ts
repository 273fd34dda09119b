import { HttpClient } from '@angular/common/http';
import { inject, Injectable, signal } from '@angular/core';
import { monotonicMs } from '@fabomatic/kernel';
import { SystemView } from '@fabomatic/system';
import { firstValueFrom } from 'rxjs';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { apiError } from '../auth/api-error';

const SYSTEM_URL = '/api/v1/system';
/** How often it is asked whether it is back. */
const ASK_EVERY_MS = 1000;
/** A start takes seconds; a large restore on a small computer takes longer. */
const LATE_AFTER_MS = 90_000;

/** No more than this: what comes back may be another version. */
const Uptime = SystemView.pick({ uptimeS: true });

/** `late`: it has not come back in the time that a start takes. */
export type RestartState = 'none' | 'under way' | 'late';

/** Ends the program, which its process manager starts again, and waits until it answers. */
@Injectable({ providedIn: 'root' })
export class ProgramRestart {
  private readonly http = inject(HttpClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  private readonly current = signal<RestartState>('none');
  readonly state = this.current.asReadonly();

  /** Asks first. True once it is back. */
  async ask(): Promise<boolean> {
    const isWanted = await this.dialogs.confirm({
      title: this.words.say('health.restart_title'),
      text: this.words.say('health.restart_text'),
      action: this.words.say('health.restart'),
    });
    return isWanted && this.run();
  }

  /** True once it is back. */
  async run(): Promise<boolean> {
    if (this.current() !== 'none') return false;
    this.current.set('under way');
    const askedMs = monotonicMs();
    try {
      await firstValueFrom(this.http.post(`${SYSTEM_URL}/restart`, {}));
    } catch (error) {
      const { code, params } = apiError(error);
      this.toasts.show(this.words.error(code, params));
      this.current.set('none');
      return false;
    }
    await this.untilBack(askedMs);
    this.current.set('none');
    this.toasts.show(this.words.say('health.restarted'));
    return true;
  }

  /** Back: it answers, and has run for less time than has gone by. */
  private async untilBack(askedMs: number): Promise<void> {
    for (;;) {
      await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
      const goneByMs = monotonicMs() - askedMs;
      if (goneByMs > LATE_AFTER_MS) this.current.set('late');
      const uptimeS = await this.uptimeS();
      if (uptimeS !== null && uptimeS * 1000 < goneByMs) return;
    }
  }

  /** null while it does not answer. */
  private async uptimeS(): Promise<number | null> {
    try {
      return Uptime.parse(await firstValueFrom(this.http.get(SYSTEM_URL))).uptimeS;
    } catch (error) {
      // Nobody answers yet. A session that has ended has: its reader is at the login by now.
      return apiError(error).code === 'auth.required' ? 0 : null;
    }
  }
}
