import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LiveService } from '../live/live.service';
import { MaintenanceModule } from '../maintenance/maintenance.module';
import { UseSweeper } from '../uses/use-sweeper.service';
import { BoardController } from './board.controller';
import { BoardCounters } from './board-counters.service';
import { BoardRegister } from './board-register.service';
import { BoardStats } from './board-stats.service';
import { BoardTransport } from './board-transport.service';
import { BoardRecords } from './board-records.service';
import { BoardRecordsController } from './board-records.controller';
import { BoardsService } from './boards.service';
import { CommandJournal } from './command-journal.service';
import { RemoteCommandsController } from './remote-commands.controller';
import { RemoteCommands } from './remote-commands.service';
import { UnrecognisedCardsController } from './unrecognised-cards.controller';
import { UnrecognisedCards } from './unrecognised-cards.service';

/** The board side: the broker, its messages, and what must happen while nobody speaks. */
@Module({
  imports: [MaintenanceModule],
  controllers: [
    BoardController,
    BoardRecordsController,
    RemoteCommandsController,
    UnrecognisedCardsController,
  ],
  providers: [
    BoardCounters,
    BoardRecords,
    BoardRegister,
    BoardStats,
    BoardTransport,
    BoardsService,
    CommandJournal,
    RemoteCommands,
    UnrecognisedCards,
  ],
  exports: [BoardTransport, BoardCounters, BoardRecords, BoardRegister, UnrecognisedCards],
})
export class BoardsModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly register: BoardRegister,
    private readonly stats: BoardStats,
    private readonly transport: BoardTransport,
    private readonly sweeper: UseSweeper,
    private readonly commands: CommandJournal,
    private readonly live: LiveService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.register.load();
    await this.live.load();
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
