import { type Clock, startOfDayS, toIso } from '@fabomatic/kernel';
import {
  type BrokerView,
  DASHBOARD_EVENTS,
  type DashboardView,
  type LabEvent,
  type LabEventKind,
  type LiveMessage,
  type MachineCommandView,
  type RefusalReason,
} from '@fabomatic/machines';
import { cardEnding } from '@fabomatic/members';
import { type KnownUse, useDurationS, useInterval } from '@fabomatic/uses';
import { Inject, Injectable } from '@nestjs/common';
import { ReadDb } from '../database/db';
import {
  CLOCK,
  LabService,
  type MachineRecord,
  type MemberRecord,
  type PlanRecord,
} from '../lab/lab.service';
import { dueNextViews, machineView, memberName } from '../machines/machine-view';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { recentEvents } from './recent-events.queries';

type Subscriber = (message: LiveMessage) => void;

/** A machine that only says "I am here" is told to pages this often: well within 90 s. */
const HEARD_EVERY_S = 20;

/** What the open pages are told, as it is committed. */
@Injectable()
export class LiveService {
  private readonly subscribers = new Set<Subscriber>();
  /** Oldest first. */
  private events: LabEvent[] = [];
  private eventId = 0;
  /** Key: machine id; value: when its last sign of life was told. */
  private readonly heard = new Map<number, number>();
  private today = { startS: 0, uses: 0, durationS: 0 };
  private broker: BrokerView;

  constructor(
    private readonly lab: LabService,
    private readonly readDb: ReadDb,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.broker = { connected: false, since: toIso(clock.nowS()) };
    lab.onReload(() => this.tellAll());
  }

  /** Reads the day so far and the latest events, so that a restart shows no empty page. */
  async load(): Promise<void> {
    this.events = await recentEvents(this.readDb, this.lab, DASHBOARD_EVENTS);
    this.eventId = this.events.length;
    await this.loadToday();
  }

  /** Gets every message from now on; the caller sends {@link dashboard} first. */
  subscribe(subscriber: Subscriber): () => void {
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  /** Whether boards are heard, and since when that is so. */
  brokerView(): BrokerView {
    return this.broker;
  }

  dashboard(): DashboardView {
    const { name, timezone } = this.settings.lab;
    return {
      serverTime: toIso(this.clock.nowS()),
      lab: { name, timezone },
      broker: this.broker,
      hasTv: this.settings.public.tv,
      today: this.todayView(),
      machines: [...this.lab.machines()].map((machine) => machineView(machine, this.lab)),
      events: [...this.events].reverse(),
      dueNext: dueNextViews(this.lab.machines()),
    };
  }

  /** Somebody wrote down, corrected or deleted a use: what today counts is read again. */
  async usesChanged(): Promise<void> {
    await this.loadToday();
    this.tellAll();
  }

  machineChanged(machine: MachineRecord): void {
    this.heard.set(machine.id, this.clock.nowS());
    if (this.subscribers.size === 0) return;
    this.send({
      type: 'machine',
      data: {
        machine: machineView(machine, this.lab),
        today: this.todayView(),
        dueNext: dueNextViews(this.lab.machines()),
        serverTime: toIso(this.clock.nowS()),
      },
    });
  }

  /** A machine was deleted with its uses: neither the day's counts nor the events tell of it. */
  async machineRemoved(id: number): Promise<void> {
    this.events = this.events.filter(({ machineId }) => machineId !== id);
    this.heard.delete(id);
    await this.loadToday();
    this.send({ type: 'machine-removed', data: { id } });
    this.tellAll();
  }

  /** A person was erased: no event of the day tells of them, by name or by card. */
  personForgotten(memberId: number, cardUids: readonly string[]): void {
    const isTheirs = ({ cardUid }: LabEvent) => cardUid !== null && cardUids.includes(cardUid);
    this.events = this.events
      .filter((event) => !isTheirs(event))
      .map((event) =>
        event.memberId === memberId ? { ...event, memberId: null, memberName: null } : event,
      );
    this.tellAll();
  }

  commandChanged(command: MachineCommandView): void {
    this.send({ type: 'command', data: command });
  }

  machineHeard(machine: MachineRecord, nowS: number): void {
    if (nowS - (this.heard.get(machine.id) ?? 0) >= HEARD_EVERY_S) this.machineChanged(machine);
  }

  brokerChanged(connected: boolean): void {
    if (connected === this.broker.connected) return;
    this.broker = { connected, since: toIso(this.clock.nowS()) };
    this.send({ type: 'broker', data: this.broker });
  }

  useStarted(machine: MachineRecord, use: KnownUse, nowS: number): void {
    this.countToday(use, 1, 0, nowS);
    this.tell('use-started', machine, nowS, this.person(use.memberId));
  }

  useStopped(machine: MachineRecord, use: KnownUse, nowS: number): void {
    const durationS = useDurationS(useInterval(use));
    this.countToday(use, 0, durationS, nowS);
    this.tell('use-stopped', machine, nowS, { ...this.person(use.memberId), durationS });
  }

  /** A use became known that was over already. */
  useRecorded(machine: MachineRecord, use: KnownUse, nowS: number): void {
    this.countToday(use, 1, 0, nowS);
    this.useStopped(machine, use, nowS);
  }

  cardRefused(
    machine: MachineRecord,
    member: MemberRecord,
    reason: RefusalReason,
    nowS: number,
  ): void {
    this.tell('card-refused', machine, nowS, { ...this.person(member.id), reason });
  }

  cardUnrecognised(machine: MachineRecord, cardUid: string, nowS: number): void {
    this.tell('card-unrecognised', machine, nowS, {
      cardUid,
      cardEnding: cardEnding(cardUid),
    });
  }

  maintenanceDone(
    machine: MachineRecord,
    member: MemberRecord,
    plan: PlanRecord,
    nowS: number,
  ): void {
    const planDescription = plan.description;
    this.tell('maintenance-done', machine, nowS, { ...this.person(member.id), planDescription });
  }

  maintenanceDue(machine: MachineRecord, plan: PlanRecord, nowS: number): void {
    this.tell('maintenance-due', machine, nowS, { planDescription: plan.description });
  }

  private tell(
    kind: LabEventKind,
    machine: MachineRecord,
    nowS: number,
    more: Partial<LabEvent> = {},
  ): void {
    const event: LabEvent = {
      id: ++this.eventId,
      at: toIso(nowS),
      kind,
      machineId: machine.id,
      machineName: machine.name,
      memberId: null,
      memberName: null,
      cardUid: null,
      cardEnding: null,
      reason: null,
      durationS: null,
      planDescription: null,
      ...more,
    };
    this.events.push(event);
    if (this.events.length > DASHBOARD_EVENTS) this.events.shift();
    this.send({ type: 'event', data: event });
  }

  /** Like the query of {@link loadToday}: the uses that began today. */
  private countToday(use: KnownUse, uses: number, durationS: number, nowS: number): void {
    this.rollDay(nowS);
    if (use.startedAtS < this.today.startS) return;
    this.today.uses += uses;
    this.today.durationS += durationS;
  }

  private person(memberId: number | null): Pick<LabEvent, 'memberId' | 'memberName'> {
    const member = memberId === null ? undefined : this.lab.member(memberId);
    return { memberId, memberName: memberName(member) };
  }

  private send(message: LiveMessage): void {
    for (const subscriber of this.subscribers) subscriber(message);
  }

  private tellAll(): void {
    if (this.subscribers.size > 0) this.send({ type: 'snapshot', data: this.dashboard() });
  }

  private todayView(): DashboardView['today'] {
    this.rollDay(this.clock.nowS());
    return { uses: this.today.uses, durationS: this.today.durationS };
  }

  /** At midnight of the lab the counts begin anew. */
  private rollDay(nowS: number): void {
    if (nowS < this.today.startS + 86_400 && this.today.startS !== 0) return;
    const startS = startOfDayS(nowS, this.settings.lab.timezone);
    if (startS !== this.today.startS) this.today = { startS, uses: 0, durationS: 0 };
  }

  private async loadToday(): Promise<void> {
    const startS = startOfDayS(this.clock.nowS(), this.settings.lab.timezone);
    const [row] = await this.readDb.query<{ uses: number; duration_s: number }>(
      `SELECT COUNT(*) AS uses, COALESCE(SUM(duration_s), 0) AS duration_s
       FROM uses WHERE started_at >= ?`,
      [startS],
    );
    this.today = { startS, uses: row?.uses ?? 0, durationS: row?.duration_s ?? 0 };
  }
}
