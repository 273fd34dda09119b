import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import type { MemberView } from '@fabomatic/members';
import { TranslatePipe } from '@ngx-translate/core';
import { CurrentMember } from '../../auth/current-member';
import { DetailSection } from '../../frame/detail-page/detail-section';
import { Downloads } from '../../frame/export-button/downloads';
import { Icon } from '../../frame/icon';
import { Toasts } from '../../frame/toast/toasts';
import { Words } from '../../language/words';
import { MemberActions } from '../member-actions';
import { MemberErasure } from '../member-erasure';
import { MEMBERS_URL } from '../members-api';

/** What a member may ask of the lab: a copy of all that is known about them, and to be forgotten. */
@Component({
  selector: 'fab-member-data',
  imports: [DetailSection, Icon, TranslatePipe],
  template: `
    <fab-section heading="members.data">
      <p class="line">{{ 'members.data_text' | translate }}</p>
      <div class="buttons">
        <button type="button" class="btn outlined" (click)="save('data.xlsx')">
          <fab-icon name="download" />{{ 'members.data_excel' | translate }}
        </button>
        <button type="button" class="btn outlined" (click)="save('data')">
          <fab-icon name="download" />{{ 'members.data_json' | translate }}
        </button>
        @if (mayErase()) {
          <button type="button" class="btn outlined danger" (click)="erase()">
            <fab-icon name="delete" />{{ 'members.erase' | translate }}
          </button>
        }
      </div>
    </fab-section>
  `,
  styles: `
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      padding: 8px 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MemberDataSection {
  private readonly actions = inject(MemberActions);
  private readonly erasure = inject(MemberErasure);
  private readonly current = inject(CurrentMember);
  private readonly downloads = inject(Downloads);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly words = inject(Words);

  readonly member = input.required<MemberView>();
  protected readonly mayErase = computed(
    () => this.current.view()?.portalAccess === 'admin' && !this.actions.isSelf(this.member()),
  );

  protected async save(file: 'data' | 'data.xlsx'): Promise<void> {
    const { id } = this.member();
    const error = await this.downloads.save(`${MEMBERS_URL}/${id}/${file}`, {
      name: file === 'data' ? `member-${id}-data.json` : undefined,
    });
    if (error === null) return;
    const why = this.words.error(error.code, error.params);
    this.toasts.show(this.words.say('list.export_failed', { why }));
  }

  protected async erase(): Promise<void> {
    if (await this.erasure.erase(this.member())) await this.router.navigate(['/members']);
  }
}
