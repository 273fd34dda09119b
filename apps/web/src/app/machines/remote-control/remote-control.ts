import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import {
  isOnline,
  type MachineCommandKind,
  MachineCommandList,
  type MachineCommandView,
  type MachineView,
} from '@fabomatic/machines';
import { fromIso } from '@fabomatic/kernel';
import { TranslatePipe } from '@ngx-translate/core';
import { apiError } from '../../auth/api-error';
import { detail } from '../../frame/detail-page/detail';
import { Dialogs } from '../../frame/dialog/dialogs';
import { Icon } from '../../frame/icon';
import { Formats } from '../../language/formats';
import { Words } from '../../language/words';
import { LabClock } from '../../live/lab-clock';
import { LiveFeed } from '../../live/live-feed';
import { MACHINES_URL, machinesApi } from '../machines-api';

/** Starting and stopping from afar: sent, and then what the board made of it. */
@Component({
  selector: 'fab-remote-control',
  imports: [Icon, TranslatePipe],
  templateUrl: './remote-control.html',
  styleUrl: './remote-control.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RemoteControl {
  private readonly words = inject(Words);
  private readonly dialogs = inject(Dialogs);
  private readonly clock = inject(LabClock);
  private readonly feed = inject(LiveFeed);
  private readonly api = machinesApi();
  protected readonly formats = inject(Formats);

  /** As it is now. */
  readonly machine = input.required<MachineView>();

  private readonly known = detail({
    url: () => `${MACHINES_URL}/${this.id()}/commands`,
    schema: MachineCommandList,
  });
  private readonly sent = signal<MachineCommandView | null>(null);
  protected readonly problem = signal('');
  private readonly id = computed(() => this.machine().id);

  /** Whoever tells it last knows best: the stream, the answer to the command, the list. */
  protected readonly last = computed<MachineCommandView | null>(() => {
    const candidates = [
      this.feed.commands().get(this.id()),
      this.sent()?.machineId === this.id() ? this.sent() : null,
      this.known.record()?.items[0],
    ];
    return candidates.reduce<MachineCommandView | null>((best, each) => {
      if (!each) return best;
      const isNewer = best === null || each.id > best.id;
      return isNewer || (each.id === best.id && best.state === 'sent') ? each : best;
    }, null);
  });
  /** Why neither can be pressed now; empty: one of them can. */
  protected readonly obstacle = computed(() => {
    const { lastSeenAt } = this.machine();
    if (!isOnline(lastSeenAt === null ? null : fromIso(lastSeenAt), this.clock.nowS())) {
      return this.words.say('remote.offline');
    }
    return this.last()?.state === 'sent' ? this.words.say('remote.waiting') : '';
  });
  protected readonly mayStart = computed(() => {
    const { currentUse, blocked } = this.machine();
    return this.obstacle() === '' && currentUse === null && !blocked;
  });
  protected readonly mayStop = computed(
    () => this.obstacle() === '' && this.machine().currentUse !== null,
  );
  protected readonly hint = computed(() => {
    if (this.obstacle() !== '') return this.obstacle();
    if (this.machine().currentUse) return this.words.say('remote.needs_free');
    return this.machine().blocked ? this.words.say('remote.is_blocked') : '';
  });
  // i18n-keys: remote.did_start remote.did_stop refusal.*
  protected readonly what = computed(() => {
    const command = this.last();
    if (command === null) return '';
    return this.words.say(`remote.did_${command.command}`, {
      who: command.memberName,
      when: this.formats.when(command.sentAt, this.clock.nowS()),
    });
  });
  protected readonly outcome = computed(() => {
    const command = this.last();
    if (command === null || command.state === 'sent') return '';
    if (command.state === 'timed-out') return this.words.say('remote.no_answer');
    if (command.state === 'confirmed') return this.words.say('remote.confirmed');
    const reason = this.words.say(`refusal.${command.reason ?? 'not-authorised'}`);
    return this.words.say('remote.refused', { reason });
  });

  protected async start(): Promise<void> {
    const { name } = this.machine();
    const isSure = await this.dialogs.confirm({
      title: this.words.say('remote.start_title', { name }),
      text: this.words.say('remote.start_text'),
      action: this.words.say('remote.start'),
    });
    if (isSure) await this.send('start');
  }

  protected async stop(): Promise<void> {
    const { name, currentUse } = this.machine();
    const who = currentUse?.memberName ?? this.words.say('machine.unknown_card');
    const isSure = await this.dialogs.confirm({
      title: this.words.say('remote.stop_title', { name }),
      text: this.words.say('remote.stop_text', { who }),
      action: this.words.say('remote.stop'),
      isDanger: true,
    });
    if (isSure) await this.send('stop');
  }

  private async send(command: MachineCommandKind): Promise<void> {
    this.problem.set('');
    try {
      this.sent.set(await this.api.command(this.id(), command));
    } catch (error) {
      const { code, params } = apiError(error); // it is not to be started now, or nothing answers
      this.problem.set(this.words.error(code, params));
    }
  }
}
