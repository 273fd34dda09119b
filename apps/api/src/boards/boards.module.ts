import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LiveService } from '../live/live.service';
import { MaintenanceModule } from '../maintenance/maintenance.module';
import { UseSweeper } from '../uses/use-sweeper.service';
import { BoardController } from './board.controller';
import { BoardAccountsController } from './board-accounts.controller';
import { BoardAccounts } from './board-accounts.service';
import { BoardCounters } from './board-counters.service';
import { BoardLogins } from './board-logins.service';
import { BoardRegister } from './board-register.service';
import { BoardStats } from './board-stats.service';
import { BoardTransport } from './board-transport.service';
import { BoardRecords } from './board-records.service';
import { BoardRecordsController } from './board-records.controller';
import { BoardsService } from './boards.service';
import { BrokerCounters } from './broker-counters.service';
import { Brokers } from './brokers.service';
import { CommandJournal } from './command-journal.service';
import { MosquittoFiles } from './mosquitto-files.service';
import { RemoteCommandsController } from './remote-commands.controller';
import { RemoteCommands } from './remote-commands.service';
import { UnrecognisedCardsController } from './unrecognised-cards.controller';
import { UnrecognisedCards } from './unrecognised-cards.service';

/** The board side: the broker, its messages, and what must happen while nobody speaks. */
@Module({
  imports: [MaintenanceModule],
  controllers: [
    BoardAccountsController,
    BoardController,
    BoardRecordsController,
    RemoteCommandsController,
    UnrecognisedCardsController,
  ],
  providers: [
    BoardAccounts,
    BoardCounters,
    BoardLogins,
    BoardRecords,
    BoardRegister,
    BoardStats,
    BoardTransport,
    BoardsService,
    BrokerCounters,
    Brokers,
    CommandJournal,
    MosquittoFiles,
    RemoteCommands,
    UnrecognisedCards,
  ],
  exports: [
    BoardTransport,
    BoardCounters,
    BoardRecords,
    BoardRegister,
    BrokerCounters,
    UnrecognisedCards,
  ],
})
export class BoardsModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly register: BoardRegister,
    private readonly stats: BoardStats,
    private readonly transport: BoardTransport,
    private readonly sweeper: UseSweeper,
    private readonly commands: CommandJournal,
    private readonly live: LiveService,
    private readonly mosquitto: MosquittoFiles,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.register.load();
    await this.live.load();
    await this.mosquitto.begin();
    this.transport.onConnection((isConnected) => this.live.brokerChanged(isConnected));
    this.sweeper.begin();
    this.stats.begin();
  }

  /** What has arrived is answered and recorded before anything is closed. */
  async onModuleDestroy(): Promise<void> {
    this.stats.end();
    await this.transport.stopListening();
    await this.commands.end();
    await this.sweeper.end();
  }
}
