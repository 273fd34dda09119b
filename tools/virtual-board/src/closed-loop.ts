import type { MqttClient } from 'mqtt';
import { checkUserText, CHECK_MACHINE, inUseText, startUseText, stopUseText } from './wire-texts';

export type ClosedLoopCycle = 'checkuser' | 'checkmachine' | 'use';
export type ClosedLoopAction = 'checkuser' | 'startuse' | 'checkmachine' | 'inuse' | 'stopuse';

export interface ClosedLoopOptions {
  /** Connected, of no other use: see `connectAsBoard`. */
  readonly client: MqttClient;
  readonly machineId: number;
  /** `use` = checkuser, startuse, checkmachine, inuse, stopuse. */
  readonly cycle: ClosedLoopCycle;
  /** The card: 8 lower-case hex digits. */
  readonly uid: string;
  /** Told in `inuse` and `stopuse`. Default 1. */
  readonly useDurationS?: number;
  /** Default `machine`. */
  readonly topicPrefix?: string;
}

export interface ClosedLoopResult {
  /** Action -> answer times in ms, from publish to arrival, in the order of asking. */
  readonly answerMs: Readonly<Partial<Record<ClosedLoopAction, readonly number[]>>>;
  readonly answers: number;
  /** Queries without an answer within 2 s. */
  readonly timeouts: number;
  /** Messages on the reply topic that nothing had asked for (any more). */
  readonly strays: number;
  /** Answers that were not `request_ok:true`. */
  readonly refusals: number;
  readonly elapsedMs: number;
}

/** A board's patience (F12). */
export const ANSWER_TIMEOUT_MS = 2000;
const WATCH_MS = 100;
/** After a timeout the next query waits this long, so that a late answer is not taken for its own. */
const SETTLE_MS = 250;
const OK_MARK = '"request_ok":true';

interface Step {
  readonly text: string;
  readonly answerMs: number[];
}

/**
 * The simplest client of a backend: the next query goes out when the last answer has come. It costs
 * as little as mqtt.js allows, so that a benchmark measures the backend.
 */
export class ClosedLoop {
  private readonly steps: readonly Step[];
  private readonly times: Partial<Record<ClosedLoopAction, number[]>> = {};
  private readonly topic: string;
  private readonly replyTopic: string;
  private stepIndex = 0;
  private sentMs = 0;
  private isAwaiting = false;
  private isStopping = false;
  private resumeAtMs = 0;
  private startMs = 0;
  private answers = 0;
  private timeouts = 0;
  private strays = 0;
  private refusals = 0;
  private watch: NodeJS.Timeout | null = null;
  private finished: (() => void) | null = null;

  constructor(private readonly options: ClosedLoopOptions) {
    const { machineId, cycle, uid, useDurationS = 1, topicPrefix = 'machine' } = options;
    this.topic = `${topicPrefix}/${machineId}`;
    this.replyTopic = `${this.topic}/reply`;
    this.steps = cycleSteps(cycle, uid, useDurationS).map(([action, text]) => ({
      text,
      answerMs: (this.times[action] ??= []),
    }));
  }

  /** Subscribes and sends the first query. */
  async start(): Promise<void> {
    const { client } = this.options;
    client.on('message', this.onMessage);
    await client.subscribeAsync(this.replyTopic, { qos: 0 });
    this.startMs = performance.now();
    this.watch = setInterval(() => this.lookForTimeout(), WATCH_MS);
    this.send();
  }

  /** Waits for the last answer (2 s at most) and says how it went. The client stays connected. */
  async stop(): Promise<ClosedLoopResult> {
    this.isStopping = true;
    if (this.isAwaiting) {
      await new Promise<void>((resolve) => {
        this.finished = resolve;
      });
    }
    if (this.watch) clearInterval(this.watch);
    this.options.client.off('message', this.onMessage);
    const { times: answerMs, answers, timeouts, strays, refusals } = this;
    const elapsedMs = performance.now() - this.startMs;
    return { answerMs, answers, timeouts, strays, refusals, elapsedMs };
  }

  private send(): void {
    const step = this.steps[this.stepIndex];
    if (!step) return;
    this.isAwaiting = true;
    this.sentMs = performance.now();
    this.options.client.publish(this.topic, step.text);
  }

  private readonly onMessage = (topic: string, payload: Buffer): void => {
    if (topic !== this.replyTopic) return;
    if (!this.isAwaiting) {
      this.strays++;
      return;
    }
    this.steps[this.stepIndex]?.answerMs.push(performance.now() - this.sentMs);
    this.answers++;
    if (!payload.includes(OK_MARK)) this.refusals++;
    this.advance();
    if (!this.isStopping) this.send();
  };

  private advance(): void {
    this.isAwaiting = false;
    this.stepIndex = (this.stepIndex + 1) % this.steps.length;
    if (this.isStopping) this.finished?.();
  }

  private lookForTimeout(): void {
    const nowMs = performance.now();
    if (this.isAwaiting && nowMs - this.sentMs > ANSWER_TIMEOUT_MS) {
      this.timeouts++;
      this.resumeAtMs = nowMs + SETTLE_MS;
      this.advance();
    } else if (!this.isAwaiting && !this.isStopping && nowMs >= this.resumeAtMs) this.send();
  }
}

/** Runs a closed loop for `durationMs`. */
export async function runClosedLoop(
  options: ClosedLoopOptions,
  durationMs: number,
): Promise<ClosedLoopResult> {
  const loop = new ClosedLoop(options);
  await loop.start();
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  return loop.stop();
}

function cycleSteps(
  cycle: ClosedLoopCycle,
  uid: string,
  useDurationS: number,
): readonly (readonly [ClosedLoopAction, string])[] {
  if (cycle === 'checkuser') return [['checkuser', checkUserText(uid)]];
  if (cycle === 'checkmachine') return [['checkmachine', CHECK_MACHINE]];
  return [
    ['checkuser', checkUserText(uid)],
    ['startuse', startUseText(uid)],
    ['checkmachine', CHECK_MACHINE],
    ['inuse', inUseText(uid, useDurationS)],
    ['stopuse', stopUseText(uid, useDurationS)],
  ];
}
