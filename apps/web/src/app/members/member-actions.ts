import { inject, Injectable } from '@angular/core';
import { mayChangeMember, type MemberView, portalAccessOf } from '@fabomatic/members';
import { apiError } from '../auth/api-error';
import { CurrentMember } from '../auth/current-member';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Words } from '../language/words';
import { membersApi, nameOf } from './members-api';

/** What is done with a member from the list, their page and their form alike. */
@Injectable({ providedIn: 'root' })
export class MemberActions {
  private readonly api = membersApi();
  private readonly current = inject(CurrentMember);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  /** Whether buttons are shown at all; the API decides by the same rule. */
  mayChange({ portalAccess }: MemberView): boolean {
    const view = this.current.view();
    return view !== null && mayChangeMember(portalAccessOf(view.portalAccess), [portalAccess]);
  }

  isSelf({ id }: MemberView): boolean {
    return this.current.view()?.id === id;
  }

  /** Gives the member as changed; null when the API refused, which was said. */
  async setDisabled(member: MemberView, disabled: boolean): Promise<MemberView | null> {
    const changed = await this.orSayWhyNot(
      this.api.update(member.id, { version: member.version, disabled }),
    );
    if (changed === null) return null;
    const key = disabled ? 'members.is_disabled' : 'members.is_enabled';
    this.toasts.show(this.words.say(key, { name: nameOf(member) }));
    return changed;
  }

  /** Asks, deletes and offers to take it back. `then` is called after either. */
  async delete(member: MemberView, then: () => void): Promise<boolean> {
    const impact = await this.orSayWhyNot(this.api.impact(member.id));
    if (impact === null) return false;
    const name = nameOf(member);
    const { inUse } = impact;
    const text = this.words.say('members.delete_text');
    const isDone = await this.dialogs.danger({
      title: this.words.say('members.delete_title', { name }),
      text:
        inUse.length === 0
          ? text
          : `${text} ${this.words.say('members.delete_in_use', { machines: inUse.join(', ') })}`,
      losses: [
        { label: this.words.say('members.loses_cards'), count: impact.cards },
        { label: this.words.say('members.loses_access'), count: impact.authorizations },
        { label: this.words.say('members.keeps_uses'), count: impact.uses },
        { label: this.words.say('members.keeps_interventions'), count: impact.interventions },
      ],
      action: this.words.say('dialog.delete'),
      run: () => this.api.remove(member.id),
    });
    if (!isDone) return false;
    then();
    this.toasts.show(this.words.say('toast.deleted', { name }), () => {
      void this.restore(member).then(then);
    });
    return true;
  }

  /** Null when the API refused, which was said. */
  async restore(member: MemberView): Promise<MemberView | null> {
    const back = await this.orSayWhyNot(this.api.act(member.id, 'restore'));
    if (back !== null) {
      this.toasts.show(this.words.say('members.is_restored', { name: nameOf(back) }));
    }
    return back;
  }

  /** For whoever lost phone and codes. */
  async resetSecondFactor(member: MemberView): Promise<boolean> {
    const name = nameOf(member);
    const isDone = await this.dialogs.danger({
      title: this.words.say('erasure.reset_title', { name }),
      text: this.words.say('erasure.reset_text'),
      action: this.words.say('erasure.reset_factor'),
      run: () => this.api.resetSecondFactor(member.id),
    });
    if (isDone) this.toasts.show(this.words.say('erasure.is_reset', { name }));
    return isDone;
  }

  /** For what is done with one press: a refusal is said in a toast. */
  async orSayWhyNot<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      const { code, params } = apiError(error); // a refusal, or no answer
      this.toasts.show(this.words.error(code, params));
      return null;
    }
  }
}
