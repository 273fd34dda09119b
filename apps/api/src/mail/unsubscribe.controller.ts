import { UnsubscribeQuery, UnsubscribeView } from '@fabomatic/members';
import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { From, type Origin, Public } from '../auth/session.guard';
import { UnsubscribeService } from './unsubscribe.service';

/** Without a login: the signed token of the link says who and what, and can do nothing else. */
@Controller()
export class UnsubscribeController {
  constructor(private readonly unsubscribe: UnsubscribeService) {}

  @Public()
  @Get('unsubscribe-link')
  @ApiOkResponse({ standardSchema: UnsubscribeView })
  view(@Query({ schema: UnsubscribeQuery }) { token }: UnsubscribeQuery): Promise<UnsubscribeView> {
    return this.unsubscribe.view(token);
  }

  /**
   * The button of the page, and that of mail programs (RFC 8058): they post to the address in the
   * mail, where a GET shows the page.
   */
  @Public()
  @Post('unsubscribe')
  @HttpCode(204)
  end(
    @Query({ schema: UnsubscribeQuery }) { token }: UnsubscribeQuery,
    @From() from: Origin,
  ): Promise<void> {
    return this.unsubscribe.end(token, from);
  }
}
