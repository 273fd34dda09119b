import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { FirmwareBoard, FirmwareRolloutView } from '@fabomatic/boards';
import { TranslatePipe } from '@ngx-translate/core';
import { Words } from '../language/words';

/** How far a run has come with each of its boards, and why one was not updated. */
@Component({
  selector: 'fab-firmware-progress',
  imports: [TranslatePipe],
  // i18n-keys: firmware.state.* firmware.problem.*
  template: `
    <ul>
      @for (board of rollout().boards; track board.boardId) {
        <li>
          <div class="line">
            <b class="mid cut">{{ board.machineName }}</b>
            <span class="no-wrap num" [class]="inkOf(board)">{{ stateOf(board) }}</span>
          </div>
          @if (board.state === 'sending') {
            <progress
              [max]="rollout().sizeBytes"
              [value]="board.sentBytes"
              [attr.aria-label]="board.machineName"
            ></progress>
          }
          @if (board.versionAfter; as after) {
            <div class="small ink-3 versions">
              <span>{{ board.versionBefore }}</span>&ngsp;<span>→ {{ after }}</span>
            </div>
          } @else {
            <div class="small ink-3 versions">{{ board.versionBefore }}</div>
          }
          @if (board.problem; as problem) {
            <p class="small" [class.ink-blocked]="board.state === 'failed'">
              {{ 'firmware.problem.' + problem | translate }}
              @if (board.detail; as text) {
                <span class="ink-2">{{ 'firmware.board_said' | translate: { text } }}</span>
              }
            </p>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      padding: var(--s2) 0;
      border-bottom: 1px solid var(--line);
    }
    .line {
      display: flex;
      justify-content: space-between;
      gap: var(--s3);
    }
    .versions {
      overflow-wrap: anywhere;
    }
    .versions > span {
      display: inline-block;
    }
    progress {
      display: block;
      width: 100%;
      height: var(--s1);
      margin: var(--s1) 0;
      accent-color: var(--accent);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FirmwareProgress {
  private readonly words = inject(Words);
  readonly rollout = input.required<FirmwareRolloutView>();

  protected stateOf({ state, sentBytes }: FirmwareBoard): string {
    const percent = Math.floor((sentBytes / this.rollout().sizeBytes) * 100);
    return this.words.say(`firmware.state.${state}`, { percent });
  }

  protected inkOf({ state }: FirmwareBoard): string {
    if (state === 'failed') return 'ink-blocked';
    return state === 'waiting' || state === 'skipped' ? 'ink-3' : 'mid';
  }
}
