import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { BoardView } from '@fabomatic/boards';
import { pageOf } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { detail } from '../../frame/detail-page/detail';
import { DetailSection } from '../../frame/detail-page/detail-section';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';

/** The boards that speak for a machine: one, as a rule. */
@Component({
  selector: 'fab-machine-boards',
  imports: [DetailSection, TimeText, TranslatePipe],
  template: `
    <fab-section heading="machine_page.board">
      <dl>
        <div>
          <dt>{{ 'machine_page.number' | translate }}</dt>
          <dd class="id">{{ machineId() }}</dd>
        </div>
      </dl>
      @for (board of boards.record()?.items; track board.id) {
        <dl>
          <div>
            <dt>{{ 'boards.serial' | translate }}</dt>
            <dd class="id">{{ board.serial ?? '–' }}</dd>
          </div>
          <div>
            <dt>{{ 'boards.address' | translate }}</dt>
            <dd class="id">{{ board.ip }}</dd>
          </div>
          <div>
            <dt>{{ 'boards.firmware' | translate }}</dt>
            <dd>{{ board.firmware }}</dd>
          </div>
          @if (board.heapBytes !== null) {
            <div>
              <dt>{{ 'boards.memory' | translate }}</dt>
              <dd>{{ formats.number(board.heapBytes / 1024) }}&nbsp;kB</dd>
            </div>
          }
          <div>
            <dt>{{ 'machines.seen' | translate }}</dt>
            <dd><fab-time [at]="board.lastSeenAt" as="ago" /></dd>
          </div>
        </dl>
      } @empty {
        @if (boards.record()) {
          <p class="ink-2">{{ 'machine_page.no_board' | translate }}</p>
        }
      }
    </fab-section>
  `,
  styles: `
    dl + dl + dl {
      margin-top: var(--s4);
    }
    dl div {
      display: flex;
      justify-content: space-between;
      gap: var(--s4);
      padding: var(--s2) 0;
      border-bottom: 1px solid var(--line);
    }
    dt {
      color: var(--ink-2);
    }
    dd {
      min-width: 0;
      text-align: end;
      overflow-wrap: anywhere;
    }
    p {
      padding: var(--s3) 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MachineBoards {
  protected readonly formats = inject(Formats);
  readonly machineId = input.required<number>();
  protected readonly boards = detail({
    url: () => `/api/v1/boards?machineId=${this.machineId()}&sort=-lastSeen`,
    schema: pageOf(BoardView),
  });
}
