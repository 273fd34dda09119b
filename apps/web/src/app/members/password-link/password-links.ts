import { Dialog } from '@angular/cdk/dialog';
import { DOCUMENT, inject, Injectable } from '@angular/core';
import { type MemberView, PASSWORD_LINK_S } from '@fabomatic/members';
import { CurrentMember } from '../../auth/current-member';
import { Dialogs } from '../../frame/dialog/dialogs';
import type { PageAction } from '../../frame/page-action';
import { Toasts } from '../../frame/toast/toasts';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { MemberActions } from '../member-actions';
import { membersApi, nameOf } from '../members-api';
import { PasswordLinkDialog, type ShownPasswordLink } from './password-link-dialog';

/** How a member gets a password: by a link that is mailed, or that an administrator hands over. */
@Injectable({ providedIn: 'root' })
export class PasswordLinks {
  private readonly document = inject(DOCUMENT);
  private readonly dialog = inject(Dialog);
  private readonly api = membersApi();
  private readonly actions = inject(MemberActions);
  private readonly current = inject(CurrentMember);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);

  /** What the reader may do for the member; nothing for those who cannot log in, or for oneself. */
  actionsFor(member: MemberView): PageAction[] {
    const isOver = member.disabled || member.deletedAt !== null;
    if (isOver || !this.actions.mayChange(member) || this.actions.isSelf(member)) return [];
    const { email } = member;
    return [
      ...(email === null ? [] : [this.mailing(member, email)]),
      ...(this.current.may('admin') ? [this.showing(member)] : []),
    ];
  }

  private mailing(member: MemberView, email: string): PageAction {
    const run = () => void this.mail(member, email);
    return { label: 'members.mail_link', icon: 'password', run };
  }

  private showing(member: MemberView): PageAction {
    return { label: 'members.show_link', icon: 'password', run: () => void this.show(member) };
  }

  private async mail(member: MemberView, email: string): Promise<void> {
    const isMeant = await this.dialogs.confirm({
      title: this.words.say('members.mail_link_title', { name: nameOf(member) }),
      text: this.words.say('members.mail_link_text', { email, minutes: PASSWORD_LINK_S / 60 }),
      action: this.words.say('members.mail_link_do'),
    });
    if (!isMeant) return;
    const sent = await this.actions.orSayWhyNot(this.api.passwordLink(member.id, 'mail'));
    if (sent === null) return;
    this.toasts.show(this.words.say('members.link_mailed', { email: sent.email ?? email }));
  }

  private async show(member: MemberView): Promise<void> {
    const made = await this.actions.orSayWhyNot(this.api.passwordLink(member.id, 'show'));
    if (made === null || made.path === null) return;
    const { origin } = this.document.location;
    this.dialog.open<void, ShownPasswordLink>(PasswordLinkDialog, {
      data: {
        name: nameOf(member),
        url: `${origin}${made.path}`,
        until: this.formats.clock(made.expiresAt),
      },
      // Only its own button: what is shown does not come back.
      disableClose: true,
      backdropClass: 'dialog-scrim',
      panelClass: 'dialog-panel',
      ariaLabelledBy: 'dialog-title',
      ariaModal: true,
    });
  }
}
