import { inject, Injectable } from '@angular/core';
import type { UseView } from '@fabomatic/uses';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { LabClock } from '../live/lab-clock';
import { usesApi } from './uses-api';

/** Asks, does it, and says so: from the list and from the form alike. All answer true when done. */
@Injectable({ providedIn: 'root' })
export class UseChanges {
  private readonly api = usesApi();
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);
  private readonly formats = inject(Formats);
  private readonly clock = inject(LabClock);

  async delete(use: UseView): Promise<boolean> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('uses.delete_title'),
      text: this.words.say('uses.delete_text', this.params(use)),
      ...(use.durationS === null
        ? {}
        : {
            choice: {
              label: this.words.say('uses.delete_hours', {
                duration: this.formats.duration(use.durationS),
                machine: use.machineName,
              }),
              isSet: true,
            },
          }),
      action: this.words.say('dialog.delete'),
      run: (withHours) => this.api.removeWithHours(use.id, withHours ? 'subtract' : 'keep'),
    });
    if (isDone) this.toasts.show(this.words.say('uses.deleted'));
    return isDone;
  }

  async close(use: UseView): Promise<boolean> {
    const isDone = await this.dialogs.danger({
      title: this.words.say('uses.close_title'),
      text: this.words.say('uses.close_text', {
        ...this.params(use),
        end: this.formats.when(use.lastSeenAt, this.clock.nowS()),
      }),
      action: this.words.say('uses.close'),
      run: async () => {
        await this.api.act(use.id, 'close');
      },
    });
    if (isDone) this.toasts.show(this.words.say('uses.closed'));
    return isDone;
  }

  private params(use: UseView) {
    return {
      machine: use.machineName,
      member: use.memberName ?? this.words.say('uses.deleted_member'),
      start: this.formats.when(use.startedAt, this.clock.nowS()),
    };
  }
}
