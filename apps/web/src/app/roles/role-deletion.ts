import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { RoleView } from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';
import { Dialogs } from '../frame/dialog/dialogs';
import { Toasts } from '../frame/toast/toasts';
import { Undo } from '../frame/toast/undo';
import { Words } from '../language/words';
import { ROLES_URL, rolesApi } from './roles-api';

/**
 * Asks and deletes: from the list and from the form alike. What nobody had is offered back; members
 * who got another role are not moved a second time.
 */
@Injectable({ providedIn: 'root' })
export class RoleDeletion {
  private readonly http = inject(HttpClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly undo = inject(Undo);
  private readonly api = rolesApi();
  private readonly words = inject(Words);

  /** `replacement`: the role that its members get instead. True when it is gone. */
  async delete(role: RoleView, replacement?: RoleView): Promise<boolean> {
    const moved = replacement && this.words.say('roles.delete_moves', { name: replacement.name });
    const params: Record<string, number> = replacement ? { replacementId: replacement.id } : {};
    const isDone = await this.dialogs.danger({
      title: this.words.say('roles.delete_title', { name: role.name }),
      text: moved
        ? `${this.words.say('roles.delete_text')} ${moved}`
        : this.words.say('roles.delete_empty'),
      losses: [{ label: this.words.say('roles.members'), count: role.members }],
      action: this.words.say('dialog.delete'),
      run: async () => {
        await firstValueFrom(this.http.delete(`${ROLES_URL}/${role.id}`, { params }));
      },
      obstacle: ({ code }) =>
        code === 'role.in_use'
          ? { label: this.words.say('roles.choose_other'), link: ['/roles', role.id] }
          : null,
    });
    if (!isDone) return false;
    const { name, authorizeAll, maintenance, portalAccess } = role;
    const text = this.words.say('toast.deleted', { name });
    if (replacement) this.toasts.show(text);
    else {
      this.undo.offer(text, () =>
        this.api.create({ name, authorizeAll, maintenance, portalAccess }),
      );
    }
    return true;
  }
}
