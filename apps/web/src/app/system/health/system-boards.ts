import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SystemBoardView } from '@fabomatic/system';
import { TranslatePipe } from '@ngx-translate/core';
import { PhoneLine } from '../../frame/phone-line/phone-line';
import { ScreenWidth } from '../../frame/screen-width';
import { TimeText } from '../../frame/time-text';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { StatusGlyph } from '../../machines/status-glyph/status-glyph';
import { isOlder, newestOf } from './firmware-version';

/** Every board that was ever heard: a table at a desk, cards on a phone. */
@Component({
  selector: 'fab-system-boards',
  imports: [PhoneLine, RouterLink, StatusGlyph, TimeText, TranslatePipe],
  templateUrl: './system-boards.html',
  styleUrl: './system-boards.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SystemBoards {
  private readonly formats = inject(Formats);
  private readonly words = inject(Words);
  protected readonly isPhone = inject(ScreenWidth).isPhone;
  readonly boards = input.required<readonly SystemBoardView[]>();

  protected readonly note = computed(() => {
    const online = this.boards().filter(({ isOnline }) => isOnline).length;
    return this.words.say('health.answering', { online, total: this.boards().length });
  });
  private readonly newest = computed(() => newestOf(this.boards().map(({ firmware }) => firmware)));

  protected isOld({ firmware }: SystemBoardView): boolean {
    return isOlder(firmware, this.newest());
  }

  protected memory({ freeBytes }: SystemBoardView): string {
    return freeBytes === null ? this.words.say('health.unknown') : this.formats.size(freeBytes);
  }
}
