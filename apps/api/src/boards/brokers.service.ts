import type { BoardTopicNames } from '@fabomatic/boards';
import type { Clock } from '@fabomatic/kernel';
import { Inject, Injectable } from '@nestjs/common';
import {
  type Certificate,
  certificateFromFiles,
  selfSignedCertificate,
} from '../data-folder/data-folder.module';
import { CLOCK, LabService } from '../lab/lab.service';
import { RateLimitedLog } from '../logging/rate-limited-log.service';
import { SETTINGS, type Settings } from '../settings/settings.module';
import { BoardLogins } from './board-logins.service';
import type { BrokerClient } from './broker-client';
import { BrokerCounters } from './broker-counters.service';
import { EmbeddedBroker } from './embedded-broker';
import { ExternalClient } from './external-client';

/** Opens the broker that the settings name, and keeps its accounts true. */
@Injectable()
export class Brokers {
  readonly names: BoardTopicNames;
  private broker: EmbeddedBroker | null = null;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly lab: LabService,
    private readonly counters: BrokerCounters,
    private readonly logins: BoardLogins,
    private readonly log: RateLimitedLog,
  ) {
    const { topic, replySubtopic, requestSubtopic, statsTopic } = settings.mqtt;
    this.names = { topic, replySubtopic, requestSubtopic, statsTopic };
    // An account that was removed, or has another password, is felt at once.
    lab.onReload(() => this.broker?.disconnectStrangers());
  }

  /** Throws a sentence for a person when the embedded broker's port cannot be had. */
  async open(): Promise<{ broker: EmbeddedBroker | null; client: BrokerClient }> {
    const { mqtt } = this.settings;
    if (!mqtt.isEmbedded) return { broker: null, client: new ExternalClient(mqtt) };
    const broker = await EmbeddedBroker.listen({
      mqtt,
      names: this.names,
      certificate: await this.certificate(),
      book: this.lab,
      counters: this.counters,
      log: this.log,
      clock: this.clock,
      loggedIn: (machineId) => this.logins.note(machineId),
    });
    this.broker = broker;
    return { broker, client: broker.client };
  }

  /** Its own, or the one of the web pages; null when nobody asks for TLS. */
  private async certificate(): Promise<Certificate | null> {
    const { mqtt, web, data } = this.settings;
    if (mqtt.listeners === 'plain') return null;
    if (mqtt.tlsCertFile !== null && mqtt.tlsKeyFile !== null) {
      return certificateFromFiles(mqtt.tlsCertFile, mqtt.tlsKeyFile, 'MQTT');
    }
    if (web.tls === 'files' && web.tlsCertFile !== null && web.tlsKeyFile !== null) {
      return certificateFromFiles(web.tlsCertFile, web.tlsKeyFile, 'web');
    }
    return selfSignedCertificate(data.folder, this.clock.nowS());
  }
}
