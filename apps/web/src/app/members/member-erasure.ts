import { inject, Injectable } from '@angular/core';
import type { ErasureView, MemberView } from '@fabomatic/members';
import { apiError } from '../auth/api-error';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Formats } from '../language/formats';
import { Words } from '../language/words';
import { MemberActions } from './member-actions';
import { membersApi, nameOf } from './members-api';

/** How many names a question tells. */
const NAMED = 5;

/** Erasing people: nothing brings them back, so that the question says all that goes and stays. */
@Injectable({ providedIn: 'root' })
export class MemberErasure {
  private readonly api = membersApi();
  private readonly actions = inject(MemberActions);
  private readonly dialogs = inject(Dialogs);
  private readonly formats = inject(Formats);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** Asks for the name, and erases. */
  async erase(member: MemberView): Promise<boolean> {
    const reach = await this.actions.orSayWhyNot(this.api.erasure());
    if (reach === null) return false;
    const name = nameOf(member);
    const isDone = await this.dialogs.danger({
      title: this.words.say('members.erase_title', { name }),
      text: this.words.say('erasure.goes'),
      details: this.reachOf(reach),
      nameToType: name,
      action: this.words.say('members.erase'),
      run: () => this.api.erase(member.id),
    });
    if (isDone) this.toasts.show(this.words.say('members.is_erased'));
    return isDone;
  }

  /**
   * Several at once, one after the other. A refusal (somebody uses a machine, the last administrator)
   * stops nobody else from being erased; it is told at the end. True when somebody was erased.
   */
  async eraseAll(members: readonly MemberView[]): Promise<boolean> {
    const others = members.filter((member) => !this.actions.isSelf(member));
    const reach = await this.actions.orSayWhyNot(this.api.erasure());
    if (reach === null || others.length === 0) return false;
    const n = others.length;
    const names = others.slice(0, NAMED).map(nameOf);
    const refusals: string[] = [];
    const isDone = await this.dialogs.danger({
      title: this.words.count('erasure.title', n),
      text: names.concat(n > NAMED ? ['…'] : []).join(', '),
      details: [this.words.say('erasure.goes'), ...this.reachOf(reach)],
      nameToType: this.words.say('erasure.type_this', { n }),
      action: this.words.say('members.erase'),
      run: async () => {
        for (const member of others) {
          try {
            await this.api.erase(member.id);
          } catch (error) {
            const { code, params } = apiError(error); // a refusal, or no answer
            refusals.push(`${nameOf(member)}: ${this.words.error(code, params)}`);
          }
        }
      },
    });
    if (!isDone) return false;
    this.toasts.show(
      refusals.length === 0
        ? this.words.count('erasure.done', n)
        : this.words.say('erasure.partly', {
            n: this.formats.number(n - refusals.length),
            total: this.formats.number(n),
            why: refusals.join(' '),
          }),
    );
    return refusals.length < n;
  }

  /** What an erasure does not reach. */
  private reachOf({ backupDays, logMb }: ErasureView): string[] {
    const backups =
      backupDays === null
        ? this.words.say('erasure.no_backups')
        : this.words.say('erasure.backups', { days: this.formats.number(backupDays) });
    return [
      this.words.say('erasure.stays'),
      this.words.say('erasure.free_text'),
      `${backups} ${this.words.say('erasure.log', { mb: this.formats.number(logMb) })}`,
    ];
  }
}
