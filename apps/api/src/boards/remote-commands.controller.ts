import { QueryId } from '@fabomatic/kernel';
import { MachineCommandCreate, MachineCommandList, MachineCommandView } from '@fabomatic/machines';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Actor } from '../audit/audit.service';
import { By, Needs } from '../auth/session.guard';
import { RemoteCommands } from './remote-commands.service';

@Needs('machines')
@Controller('machines/:id/commands')
export class RemoteCommandsController {
  constructor(private readonly commands: RemoteCommands) {}

  /** 202: it was sent. What became of it comes with the live stream, and with `list`. */
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: MachineCommandView })
  send(
    @By() by: Actor,
    @Param('id', { schema: QueryId }) id: number,
    @Body({ schema: MachineCommandCreate }) { command }: MachineCommandCreate,
  ): Promise<MachineCommandView> {
    return this.commands.send(by, id, command);
  }

  @Get()
  @Needs('read')
  @ApiOkResponse({ standardSchema: MachineCommandList })
  list(@Param('id', { schema: QueryId }) id: number): MachineCommandList {
    return { items: this.commands.list(id) };
  }
}
